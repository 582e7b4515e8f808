"""Reads files of known bad names and addresses, in any format that indicators come in."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from mantis_crawler import sources
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.lists import registrable
from mantis_crawler.items import Indicator, IndicatorType, Role, Threat
from mantis_crawler.providers.feeds import Feeds
from mantis_crawler.providers.reading import read_time
from mantis_crawler.sources.base import Source
from mantis_crawler.sources.feed import read_feed

_SINCE = (
    "first_seen",
    "firstseen",
    "first_seen_utc",
    "date_added",
    "dateadded",
    "submission_time",
    "valid_from",
    "created",
    "timestamp",
    "date",
)
_UNTIL = ("last_seen", "lastseen", "last_seen_utc", "last_online")
_KIND = (
    "threat",
    "threat_type",
    "malware_printable",
    "malware",
    "category",
    "tags",
    "comment",
    "description",
)
_LONGEST = 120


def read_reports(names: str) -> tuple[Feeds, ...]:
    """Return a provider for each file of a list with commas.

    Raises:
        FeedError: one cannot be read, or names nothing; the message says what to do.
    """
    shelf = discover(sources, Source)  # type: ignore[type-abstract]
    found: dict[str, Feeds] = {}
    for path in dict.fromkeys(word.strip() for word in names.split(",") if word.strip()):
        feed = read_feed(Path(path).expanduser(), sources=shelf)
        name = f"feed:{feed.name}"
        while name in found:  # another folder's file of the same name
            name += "+"
        found[name] = reports(name, (one for one in feed.indicators if isinstance(one, Indicator)))
    return tuple(found.values())


def reports(name: str, indicators: Iterable[Indicator]) -> Feeds:
    """Return what a file says of the hosts and URLs in it.

    A suffix that many share says nothing of who is below it, and a URL with a path nothing of its host.
    What lies on a legitimate host (a dead drop) is known by its URL alone.
    """
    exact: dict[str, Threat] = {}
    below: dict[str, Threat] = {}
    for one in indicators:
        host = _host(one)
        said = threat(one)
        exact.setdefault(one.value, said)
        if host and one.role is not Role.DEAD_DROP:
            exact.setdefault(host, said)
            if one.type is not IndicatorType.IP and registrable(host):
                below.setdefault(host, said)
    return Feeds(name, exact, below)


def _host(one: Indicator) -> str:
    if one.type is IndicatorType.HASH:
        return ""
    if one.type is not IndicatorType.URL:
        return one.value
    parts = urlsplit(one.value)
    return (parts.hostname or "") if parts.path in {"", "/"} and not parts.query else ""


def threat(one: Indicator) -> Threat:
    """Return what a line says: as what it names the value, and since when, where its columns tell."""
    columns = {
        name.lower().strip().replace(" ", "_").replace("-", "_"): text for name, text in one.context.items()
    }
    kind = _first(columns, _KIND) or str(one.role)
    first, last = read_time(_first(columns, _SINCE)), read_time(_first(columns, _UNTIL))
    return Threat(value=one.value, kind=" ".join(kind.split())[:_LONGEST], first=first, last=last)


def _first(columns: Mapping[str, str], names: Iterable[str]) -> str:
    return next((text for name in names if (text := columns.get(name, "").strip())), "")
