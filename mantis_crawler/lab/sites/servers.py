"""What servers say by themselves: default pages, errors, nothing, later, and without end."""

from collections.abc import Iterator
from dataclasses import replace

from mantis_crawler.lab.draft import Draft, build, render, served
from mantis_crawler.lab.site import Answer, Family, Reply, Request, Site
from mantis_crawler.lab.stock import missing

HOPS = 10
"""How often the redirecting site's script moves the visitor before it gives up."""


def _draft(
    host: str, design: str, language: str = "en", *, status: int = 200, server: str = "nginx", path: str = "/"
) -> Draft:
    return Draft(
        host=host,
        design=f"servers-{design}",
        language=language,
        status=status,
        path=path,
        headers={"Server": server},
    )


_PLAIN = (
    _draft("vps-3141.quietrack.net", "nginx"),
    _draft("haldenmoor.de", "nginx"),
    _draft("fjordlinje-arkiv.com", "apache", server="Apache/2.4.57 (Debian)"),
    _draft("win-intra-07.com", "iis", server="Microsoft-IIS/10.0"),
    _draft("studioferrovia.it", "plesk"),
    _draft("copperkettletours.com", "cpanel", server="Apache"),
    _draft("riverside-assets.xyz", "forbidden", status=403, server="Apache/2.4.57 (Debian)"),
    _draft("colonie-des-pins.fr", "missing-fr", "fr", status=404),
    _draft("brightledger-app.top", "internal", status=500, server="Microsoft-IIS/10.0"),
    _draft("parcelboard.shop", "unavailable", status=503),
    _draft("mirror.ostrogauge.net", "listing", server="Apache/2.4.57 (Unix)", path="/pub/"),
)
_SECURED = (
    replace(_draft("tracking-larkfield.com", "challenge", status=403), scheme="https"),
    _draft("vitrina-sever.top", "ddos", "ru", server="ddos-gard"),
)
_SLOW = _draft("dekwakendeeend.com", "slow", "nl")
_ENDLESS = _draft("tidelog-brackwell.net", "endless")
_ENDLESS_IMAGE = _draft("oldmillobservatory.com", "endless-image")
_HOPS_END = _draft("go-lnk.top", "hops-end")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x90\x00\x00\x00\xb4\x08\x02\x00\x00\x00"
_BLANK_BODIES = {
    "nothing-here-4410.xyz": ("servers-empty", b""),
    "lumenta-static.com": (
        "servers-white",
        b"<!DOCTYPE html><html><head></head><body>\n \t\n&nbsp;\n</body></html>",
    ),
}


class Servers(Family):
    """Machines without a site worth the name."""

    name = "servers"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the servers."""
        for draft in _PLAIN:
            yield build(draft, self.name, seed, pool="shared")
        for draft in _SECURED:
            yield build(draft, self.name, seed, pool="cdn")
        for host, (design, body) in _BLANK_BODIES.items():
            blank = Draft(host=host, design=design, language="en")
            yield build(blank, self.name, seed, "shared", _says(Reply(body=body)))
        yield build(_SLOW, self.name, seed, "shared", self._shaped(_SLOW, seed, delay=2.0))
        yield build(_ENDLESS, self.name, seed, "shared", self._shaped(_ENDLESS, seed, endless=True))
        yield build(_ENDLESS_IMAGE, self.name, seed, "shared", self._with_endless_image(seed))
        yield build(_HOPS_END, self.name, seed, "shared", self._hopping(seed))

    def _shaped(self, draft: Draft, seed: int, *, delay: float = 0.0, endless: bool = False) -> Answer:
        pages = served(draft, self.name, seed)

        def answer(request: Request) -> Reply:
            reply = pages(request)
            return replace(reply, delay=delay, endless=endless) if reply.status == 200 else reply

        return answer

    def _with_endless_image(self, seed: int) -> Answer:
        pages = served(_ENDLESS_IMAGE, self.name, seed)
        sky = Reply(body=_PNG_HEAD, type="image/png", endless=True)
        return lambda request: sky if request.path == "/sky.png" else pages(request)

    def _hopping(self, seed: int) -> Answer:
        pages = served(_HOPS_END, self.name, seed)
        hops = {_step(number): _step(number + 1) for number in range(HOPS)}
        last = _step(HOPS)

        def answer(request: Request) -> Reply:
            if request.path == last:
                return pages(replace(request, path="/"))
            after = hops.get(request.path)
            if after is None:
                return missing()
            hop = replace(_HOPS_END, words={"next": after})
            return Reply(body=render("servers/hop", seed, hop))

        return answer


def _step(number: int) -> str:
    return f"/r/{number}" if number else "/"


def _says(reply: Reply) -> Answer:
    return lambda request: reply if request.path == "/" else missing()
