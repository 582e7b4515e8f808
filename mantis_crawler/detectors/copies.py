"""What gives a copy of somebody else's page away: the marks of where it was copied from."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from mantis_crawler.detectors.brands import Brand, owned
from mantis_crawler.detectors.hosts import carrier, registrable, same_site
from mantis_crawler.detectors.view import View, attribute, short_text
from mantis_crawler.detectors.words import quote
from mantis_crawler.items import Signal
from mantis_crawler.items.host import host_of

_SAVED = re.compile(
    r"saved from url=\(\d{1,6}\)\s{0,3}(https?://[^\s>]{3,200})"
    r"|mirrored from ([\w.-]{4,100}/?)[^>]{0,200}by httrack"
    r"|data-savepage-href=\"(https?://[^\s\"]{3,200})"
    r"|page saved with singlefile\s{1,5}url: (https?://[^\s>]{3,200})"
)
_CANONICAL = (
    ("link[rel=canonical]", "href"),
    ("meta[property='og:url']", "content"),
    ("meta[name='twitter:url']", "content"),
    ("base[href]", "href"),
)
_ICONS = "link[rel~=icon], link[rel='shortcut icon'], link[rel=apple-touch-icon]"
_NOWHERE = (
    "",
    "#",
    "#!",
    "#0",
    "javascript:void(0)",
    "javascript:void(0);",
    "javascript:;",
    "javascript:",
    "/#",
)


def copied(seen: View, foreign: tuple[Brand, ...]) -> Iterator[Signal]:
    """Yield the marks of a copy on a page that asks for something."""
    if origin := _origin(seen):
        yield seen.signal("copied", 0.6, f"it was saved from another site, {quote(origin)}")
    if canonical := _canonical(seen):
        yield seen.signal("canonical", 0.5, f"it says that its own address is at {quote(canonical)}")
    yield from _leans(seen, foreign)
    dead = [link for link in seen.links if not link.button and link.href.strip().lower() in _NOWHERE]
    anchors = sum(not link.button for link in seen.links)
    if len(dead) >= 3 and len(dead) * 2 >= anchors:
        yield seen.signal("dead_links", 0.3, f"{len(dead)} of its {anchors} links lead nowhere")


def _origin(seen: View) -> str:
    found = _SAVED.search(seen.source[:400_000])
    said = next((part for part in found.groups() if part), "") if found else ""
    host = host_of(said if "://" in said else f"http://{said}") if said else ""
    return host if host and _foreign(seen, host) else ""


def _canonical(seen: View) -> str:
    for selector, name in _CANONICAL:
        for node in seen.nodes(selector, 1):
            host = _host(seen, attribute(node, name))
            if host and _foreign(seen, host):
                return host
    return ""


def _foreign(seen: View, host: str) -> bool:
    """Whether a host is another party's, as far as names tell: ``shop.fr`` and ``shop.com`` are one."""
    mine, theirs = registrable(seen.page.host), registrable(host)
    return "." in host and mine.split(".")[0] != theirs.split(".")[0] and not carrier(host)


def _host(seen: View, href: str) -> str:
    try:
        return host_of(urljoin(seen.page.url, href)) if href else ""
    except ValueError:
        return ""


def _leans(seen: View, foreign: tuple[Brand, ...]) -> Iterator[Signal]:
    """Yield whose pictures it shows and where its links lead, if that is to a brand or to one other site."""
    icons = [_host(seen, attribute(node, "href")) for node in seen.nodes(_ICONS, 5)]
    away = [host for host in icons if host and _foreign(seen, host)]
    if away:
        brand = _owner(foreign, away[0])
        whose = f"{brand.label}'s" if brand else quote(registrable(away[0]))
        yield seen.signal(
            "icon_away", 0.5 if brand else 0.2, f"its icon is fetched from another site, {whose}"
        )
    images = [_host(seen, attribute(node, "src")) for node in seen.nodes("img[src], source[src]", 60)]
    linked = [
        _host(seen, link.href) for link in seen.links[:200] if link.href.lower().startswith(("http", "//"))
    ]
    for name, hosts, what in (("images_away", images, "its pictures"), ("links_away", linked, "its links")):
        strangers = Counter(registrable(host) for host in hosts if host and _away(seen, host))
        if not strangers:
            continue
        site, count = strangers.most_common(1)[0]
        brand = _owner(foreign, site)
        if brand and count >= 2:
            yield seen.signal(name, 0.35, f"{count} of {what} are {brand.label}'s own, at {quote(site)}")
        elif name == "links_away" and count >= 3 and count * 2 > len(seen.links):
            yield seen.signal("links_one", 0.25, f"{count} of {what} lead to one other site, {quote(site)}")


def _away(seen: View, host: str) -> bool:
    return not same_site(host, seen.page.host) and not carrier(host)


def _owner(foreign: tuple[Brand, ...], host: str) -> Brand | None:
    return next((brand for brand in foreign if owned(brand, host)), None)


def shown(seen: View) -> str:
    """Return what the first pictures are called, by file or title, that are no links: where a logo stands."""
    images = [node for node in seen.nodes("img[src]", 12) if not pressed(node)][:3]
    paths = (attribute(node, "src", 300) for node in images)
    files = [path.split("?", 1)[0].rsplit("/", 1)[-1] for path in paths if not path.startswith("data:")]
    titles = [short_text(node, 60) for node in seen.nodes("svg title", 8) if not pressed(node)][:2]
    return " . ".join((*files, *titles))


def pressed(node: LexborNode) -> bool:
    """Whether a picture is a link or button, as those of other ways to log in are."""
    here: LexborNode | None = node
    for _ in range(5):
        if here is None:
            return False
        if here.tag in {"a", "button"} or "onclick" in here.attributes:
            return True
        here = here.parent
    return False
