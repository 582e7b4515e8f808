"""The lab's own indicators, in the layout that campaign reports are published in."""

import csv
from collections.abc import Iterator
from hashlib import md5, sha1, sha256
from io import StringIO
from urllib.parse import urlsplit

from mantis_crawler.lab.addresses import carriers
from mantis_crawler.lab.apk import apk
from mantis_crawler.lab.dead import DeadName
from mantis_crawler.lab.hostile import hostile_pages
from mantis_crawler.lab.site import Site, dice
from mantis_crawler.lab.world import World, ipv4

Row = tuple[str, str, str, str]

_COMMENTS = {
    "landing": "Domain contained in SMS",
    "payload": "Android payload server",
    "phishing": "Apple phishing server",
}
_HEAD = ("# Indicators of the lab: made-up names and addresses; seed {seed}", "# Values are defanged")


def feed(world: World) -> str:
    """Return the feed of a world: CSV with a header, defanged, its rows shuffled by the seed."""
    rows = list(_rows(world))
    dice(world.seed, "feed").shuffle(rows)
    text = StringIO()
    text.writelines(line.format(seed=world.seed) + "\n" for line in _HEAD)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("type", "ioc", "comment", "country"))
    writer.writerows(rows)
    return text.getvalue()


def hostile_feed() -> str:
    """Return the URLs of the hostile pages as a feed of the same layout."""
    text = StringIO()
    text.write("# The hostile pages of the lab: each tries something against who visits it\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("type", "ioc", "comment", "country"))
    writer.writerows(
        ("url", _defang(page.url), "URL contained in SMS", "") for page in hostile_pages().values()
    )
    return text.getvalue()


def listed(world: World) -> list[Site]:
    """Return the live sites that the feed names: the campaigns' own, and one of each neighbours' design.

    The neighbours' other names are there for expansions to find.
    """
    fed = [site for site in world.sites.values() if site.fed]
    first = {site.design: site.host for site in reversed(fed)}
    return [site for site in fed if site.country or first[site.design] == site.host]


def url_of(site: Site) -> str:
    """Return where a victim of the site is sent to."""
    return f"{site.scheme}://{site.host}{site.path}"


def _rows(world: World) -> Iterator[Row]:
    yield from map(_live, listed(world))
    yield from map(_dead, world.dead.values())
    for address in carriers("c2"):
        yield "ip", _defang(address), "MoqHao C2 server", ""
    sample = apk(world.seed, "sample", 1)
    yield "md5", md5(sample, usedforsecurity=False).hexdigest(), "MoqHao sample analyzed", ""
    yield "sha1", sha1(sample, usedforsecurity=False).hexdigest(), "MoqHao sample analyzed", ""
    yield "sha256", sha256(sample).hexdigest(), "MoqHao sample analyzed", ""
    for number in range(1, 4):
        profile = f"https://imgur.com/user/labdrop{number:02}/about"
        yield "url", _defang(profile), "Imgur profile used as Dead Drop resolvers", ""


def _live(site: Site) -> Row:
    comment = _COMMENTS.get(site.role, _COMMENTS["landing"])
    country = site.country or ""
    if site.path != "/" or site.scheme != "http":
        return "url", _defang(url_of(site)), "URL contained in SMS", country
    return "ip" if ipv4(site.host) else "domain", _defang(site.host), comment, country


def _dead(dead: DeadName) -> Row:
    country = dead.country or ""
    if dead.scheme == "https":
        return "url", _defang(f"https://{dead.host}/"), "URL contained in SMS", country
    return "domain", _defang(dead.host), _COMMENTS["landing"], country


def _defang(value: str) -> str:
    """Return a host, address or URL as reports print it: the last dot of the host in brackets."""
    if "://" not in value:
        head, _, tail = value.rpartition(".")
        return f"{head}[.]{tail}"
    parts = urlsplit(value)
    rest = value.split(parts.netloc, 1)[1]
    return f"{parts.scheme.replace('http', 'hxxp')}://{_defang(parts.netloc)}{rest}"
