"""Cloaks of every kind: a form for whoever shows itself to be a phone, a bakery for all others.

Each asks one thing, as kits and the scripts that they are sold with do; a crawl that is taken for what
it is sees the bakery. What a page's own script asks lies in ``pages/cloak``. They are no part of the
lab's own feed: they would make it longer, and say little more.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from importlib.resources import files

from mantis_crawler.lab.pages import page
from mantis_crawler.lab.sheet import Kit, Sheet, redirect, secret, text
from mantis_crawler.lab.site import Answer, Family, Reply, Request, Site
from mantis_crawler.lab.stock import missing

Decision = Callable[[Request], bool]
"""Whether a request is a phone's."""

LURE = "/connexion"
SLOW_SECONDS = 3.0
_BRANDS = ("Crédit des Marais", "Banque du Levant", "Colis Bertrand", "Énergie Armor", "Péage Lorrain")

_TOLD = "[navigator.platform, navigator.userAgent, navigator.language, navigator.hardwareConcurrency].join()"


def _agent_header(request: Request) -> bool:
    return request.device != "desktop" and "Headless" not in request.headers.get("user-agent", "")


def _hints_header(request: Request) -> bool:
    told = [request.headers.get(f"sec-ch-ua{end}", "") for end in ("", "-mobile", "-platform")]
    if request.device == "iphone":
        return not any(told)
    return "Google Chrome" in told[0] and told[1:] == ["?1", '"Android"']


def _language_header(request: Request) -> bool:
    return request.device != "desktop" and request.headers.get("accept-language", "").startswith("fr-FR")


def _hints_asked(request: Request) -> bool:
    wanted = ("sec-ch-ua-model", "sec-ch-ua-platform-version", "sec-ch-ua-full-version-list")
    told = [request.headers.get(name, "").strip('"') for name in wanted]
    return not any(told) if request.device == "iphone" else request.device == "android" and all(told)


def _network_asked(request: Request) -> bool:
    told = [request.headers.get(name, "") for name in ("rtt", "downlink", "ect")]
    if request.device == "iphone":
        return not any(told)
    return request.device == "android" and told[0] not in {"", "0"} and all(told)


HEADERS: Mapping[str, Decision] = {
    "agent-header": _agent_header,
    "hints-header": _hints_header,
    "language-header": _language_header,
}
"""What servers decide by at once."""
ASKED: Mapping[str, tuple[Decision, str]] = {
    "hints-asked": (_hints_asked, "Sec-CH-UA-Model, Sec-CH-UA-Platform-Version, Sec-CH-UA-Full-Version-List"),
    "network-asked": (_network_asked, "RTT, Downlink, ECT"),
}
"""What servers decide by after they asked for more, and what they ask for."""


class Cloaks(Family):
    """One site of each kind of cloak."""

    name = "cloaks"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield them; none is in the lab's own feed."""
        for number, (name, answer) in enumerate(_answers()):
            kit = Kit(
                design=f"cloak-{name}",
                shape="{7}-{4}.com",
                language="fr",
                country="fr",
                answer=_wrapped(answer, _BRANDS[number % len(_BRANDS)]),
                scheme="https",
            )
            yield replace(kit.site(seed), fed=False)


def _answers() -> Iterator[tuple[str, Answer]]:
    for name, is_phone in HEADERS.items():
        yield name, partial(_at_once, is_phone)
    for name, (is_phone, hints) in ASKED.items():
        yield name, partial(_after_asking, is_phone, hints)
    for name in scripts():
        yield name, partial(_by_script, name)


def scripts() -> list[str]:
    """Return the cloaks that a page's own script decides: each is a file of ``pages/cloak``."""
    folder = files("mantis_crawler.lab.sites") / "pages" / "cloak"
    return sorted(item.name.removesuffix(".js") for item in folder.iterdir() if item.name.endswith(".js"))


def _at_once(is_phone: Decision, request: Request) -> Reply:
    return redirect(LURE) if is_phone(request) else Reply(body=_decoy())


def _after_asking(is_phone: Decision, hints: str, request: Request) -> Reply:
    if request.query == "entre":
        return _at_once(is_phone, request)
    body = b'<!DOCTYPE html><html><script>location.replace("/?entre")</script></html>'
    return Reply(body=body, headers={"Accept-CH": hints})


def _by_script(check: str, _request: Request) -> Reply:
    return Reply(body=_decoy(check))


def _wrapped(front: Answer, brand: str) -> Answer:
    lure = Sheet(
        layout="card",
        language="fr",
        brand=brand,
        color="#1f4e79",
        title="Connexion à votre espace",
        lead="Votre dossier est suspendu. Identifiez-vous pour le réactiver.",
        fields=(text("Identifiant", "user", "username"), secret("Mot de passe")),
        button="Se connecter",
    ).reply()

    def answer(request: Request) -> Reply:
        match request.path:
            case "/":
                return front(request)
            case "/connexion":
                return lure
            case "/wait":
                return Reply(body=b"ok", type="text/plain", delay=SLOW_SECONDS)
            case "/w.js":
                source = f"onconnect = (event) => event.ports[0].postMessage({_TOLD});"
                return Reply(body=source.encode(), type="text/javascript")
        return missing()

    return answer


def _decoy(check: str = "") -> bytes:
    return page("cloak/decoy", "fr", {}, check=check)
