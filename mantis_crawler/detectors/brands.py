"""Whose name smishing pages borrow, and which domains those really own."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mantis_crawler.detectors.hosts import cheap_ending, free_host, registrable, tenant
from mantis_crawler.detectors.words import fold, word_set

_OLD = word_set("com net org app dev bank shop store global online cloud tech io eu asia")


SOFTWARE = word_set(
    "gitlab wordpress jira confluence bitbucket outlook sharepoint exchange roundcube webmail zimbra "
    "nextcloud"
)
"""Names of software that anybody may run under a name of their own, with the maker's title on its login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A company or authority that victims trust."""

    label: str
    names: tuple[str, ...]
    """Folded. A title or heading that is nothing but one of these claims to be the brand."""
    marks: tuple[str, ...]
    """Folded. Names that mean the brand wherever they stand, such as its account's name."""
    owns: tuple[str, ...]
    """Registrable domains, or labels before any public suffix (``google`` for ``google.co.jp``)."""


@cache
def brands() -> tuple[Brand, ...]:
    """Return the table of ``brands.csv``, read once."""
    table = resources.files(__package__ or "").joinpath("brands.csv").read_text(encoding="utf-8")
    return tuple(_brand(row) for row in csv.DictReader(table.splitlines()))


def _brand(row: dict[str, str]) -> Brand:
    lists = {
        column: [part.strip() for part in row[column].split("|") if part.strip()]
        for column in ("names", "marks", "owns")
    }
    return Brand(
        label=row["label"],
        names=tuple(fold(name) for name in lists["names"]),
        marks=tuple(fold(mark) for mark in lists["marks"]),
        owns=tuple(lists["owns"]),
    )


def owned(brand: Brand, host: str) -> bool:
    """Return whether a host lies under a domain of the brand, and is none that the brand gives to anybody."""
    if free_host(host):
        return False
    label = registrable(host).split(".", 1)[0] if _settled(host) else ""
    under = any("." in domain and (host == domain or host.endswith(f".{domain}")) for domain in brand.owns)
    state = any(host.endswith(f".{domain}") for domain in brand.owns if domain == "gov")
    return under or state or label in brand.owns


def _settled(host: str) -> bool:
    """Whether brands use such an ending for their countries: most are a country's, or the old ones."""
    ending = host.rsplit(".", 1)[-1]
    return (len(ending) == 2 or ending in _OLD) and not cheap_ending(host) and not free_host(host)


def strangers(host: str) -> Iterator[Brand]:
    """Yield the brands that do not own a host; none where companies run each other's logins."""
    if tenant(host):
        return iter(())
    return (brand for brand in brands() if not owned(brand, host))
