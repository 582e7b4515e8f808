"""MISP's warning lists and the public suffix list, read once and asked often.

The lists' own library matches whole values only and takes 360 MB; here a name is looked up
with its parents, an address in its ranges, and only the lists that we use are read.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from ipaddress import ip_network
from socket import AF_INET, inet_pton
from typing import Any

from publicsuffixlist import PublicSuffixList

from mantis_crawler.enrichment.addresses import parse

POPULAR = ("tranco10k", "majestic_million", "moz-top500", "cisco_top20k")
SHORTENERS = ("url-shortener",)
BIOS = ("link-in-bio",)
HOSTING = ("lots-project", "public-ipfs-gateways")
BANKS = ("bank-website",)
HONEST = ("google", "microsoft", "microsoft-office365", "university_domains", "security-provider-blogpost")
DYNAMIC_DNS = ("dynamic-dns",)
PARKING_NAMES = ("parking-domain-ns",)

CDN = ("cloudflare", "fastly", "akamai", "stackpath")
CLOUD = ("amazon-aws", "google-gcp", "microsoft-azure", "github", "ovh-cluster")
SINKHOLES = ("sinkholes",)
PARKING = ("parking-domain",)
PUBLIC_DNS = ("public-dns-v4", "public-dns-v6")

NAME_LISTS = (*POPULAR, *SHORTENERS, *BIOS, *HOSTING, *BANKS, *HONEST, *DYNAMIC_DNS, *PARKING_NAMES)
ADDRESS_LISTS = (*CDN, *CLOUD, *SINKHOLES, *PARKING, *PUBLIC_DNS)

# Suffixes that neither the public suffix list nor the dynamic DNS list knows, seen with hundreds of
# unrelated phishing names below each.
_SUFFIXES_TOO = {
    "ydns.eu": "dynamic_dns",
    "dynu.com": "dynamic_dns",
    "md.ci": "private",
    "museum.mw": "private",
    "ne.pw": "private",
    "presse.ci": "private",
}
# Each customer gets a name of their own below these, and the names are not in the public suffix list.
_CUSTOMER_SUFFIXES = frozenset(
    {
        "000webhostapp.com",
        "clickfunnels.com",
        "cloudwaysapps.com",
        "easywp.com",
        "glitch.me",
        "godaddysites.com",
        "hostingerapp.com",
        "mybluehost.me",
        "myportfolio.com",
        "mystrikingly.com",
        "rf.gd",
        "tumblr.com",
        "linodeusercontent.com",
        "ucraft.net",
        "webador.com",
        "weeblysite.com",
        "zapier.app",
        "weebly.com",
        "wordpress.com",
    }
)
# Listed for their name servers' parked names, but real sites have aliases to them too.
_NOT_ONLY_PARKING = frozenset(
    {
        "domaincntrol.com",
        "markmonitor.com",
        "mijndomein.nl",
        "name.com",
        "one.com",
        "rzone.de",
        "wordpress.com",
    }
)
# Anycast of one CDN whose ranges stand among its cloud's; the sinkhole list names single addresses of it.
_FRONT_DOOR = ("13.107.0.0/16",)


def _entries(name: str) -> list[str]:
    path = files("pymispwarninglists") / "data" / "misp-warninglists" / "lists" / name / "list.json"
    try:
        entries: list[str] = json.loads(path.read_bytes())["list"]
    except FileNotFoundError:
        message = f"the installed warning lists have no list {name!r}: install the pinned pymispwarninglists"
        raise LookupError(message) from None
    return entries


@cache
def _names() -> dict[str, int]:
    """Return every listed name with the lists it is on, as bits: one small number instead of a set."""
    found: dict[str, int] = {}
    for bit, name in enumerate(NAME_LISTS):
        for entry in _entries(name):
            listed = entry.strip().strip(".").lower()
            if "." in listed and "/" not in listed:
                found[listed] = found.get(listed, 0) | 1 << bit
    return found


class _Ranges:
    """Addresses in ranges, in the memory of two numbers a range (two more for IPv6)."""

    def __init__(self, entries: Iterable[str]) -> None:
        four: list[tuple[int, int]] = []
        six: list[tuple[int, int]] = []
        for entry in entries:
            version, span = _span(entry)
            (four if version == 4 else six).append(span)
        merged = list(_merge(four))
        self._starts, self._ends = array("Q", (a for a, _ in merged)), array("Q", (b for _, b in merged))
        self._six = list(_merge(six))

    def __contains__(self, address: str) -> bool:
        parsed = parse(address)
        if parsed is None:
            return False
        number = int(parsed)
        if parsed.version == 6:
            at = bisect_right(self._six, (number, 1 << 128)) - 1
            return at >= 0 and number <= self._six[at][1]
        at = bisect_right(self._starts, number) - 1
        return at >= 0 and number <= self._ends[at]


def _span(entry: str) -> tuple[int, tuple[int, int]]:
    if "/" not in entry and ":" not in entry:  # sixty thousand entries are plain IPv4
        number = int.from_bytes(inet_pton(AF_INET, entry))
        return 4, (number, number)
    network = ip_network(entry, strict=False)
    return network.version, (int(network.network_address), int(network.broadcast_address))


def _merge(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is None or start > last[1] + 1:
            if last is not None:
                yield last
            last = (start, end)
        else:
            last = (last[0], max(last[1], end))
    if last is not None:
        yield last


@cache
def _ranges(name: str) -> _Ranges:
    return _Ranges(_entries(name))


@cache
def _shared_front() -> _Ranges:
    return _Ranges((*(entry for name in CDN for entry in _entries(name)), *_FRONT_DOOR))


@cache
def _suffixes(*, icann: bool) -> Any:
    return PublicSuffixList(accept_unknown=False, only_icann=icann)


def lists_of_address(address: str) -> tuple[str, ...]:
    """Return the names of the lists that hold an address."""
    return tuple(name for name in ADDRESS_LISTS if address in _ranges(name))


def is_sinkhole(address: str) -> bool:
    """Return whether defenders hold an address.

    An address of a shared front (a CDN) is none, though the list names some: one defender's site
    behind it says nothing of the thousands of others.
    """
    return address in _ranges("sinkholes") and address not in _shared_front()


def is_parking(address: str) -> bool:
    """Return whether an address is one of a parking provider, and not of a front shared with others."""
    return address in _parking() and address not in _shared_front()


def is_parking_alias(name: str) -> bool:
    """Return whether an alias leads to a provider that does nothing but park names."""
    return "parking-domain-ns" in lists_of_name(name) and registrable(name) not in _NOT_ONLY_PARKING


@cache
def _parking() -> _Ranges:
    # A whole range inside a cloud is its CDN's; a single address there is the provider's own.
    return _Ranges(
        entry
        for entry in _entries("parking-domain")
        if entry.endswith("/32") or not any(entry.split("/")[0] in _ranges(cloud) for cloud in CLOUD)
    )


def is_shared(address: str) -> bool:
    """Return whether an address belongs to a CDN, a cloud or a public resolver, and so to many."""
    return any(address in _ranges(name) for name in (*CDN, *CLOUD, *PUBLIC_DNS))


def suffix_of(host: str) -> tuple[str, str]:
    """Return the suffix below which anybody can have a name, and its kind.

    The kind is ``icann``, ``private`` (of the public suffix list), ``dynamic_dns``, ``hosting``,
    or empty where the host ends in no public suffix.
    """
    public = _suffixes(icann=False).publicsuffix(host) or ""
    if not public:
        return "", ""
    shared = next((name for name in _parents(host) if _shared_kind(name)), "")
    if shared and (shared.count(".") >= public.count(".")):
        return shared, _shared_kind(shared)
    kind = "icann" if _suffixes(icann=True).publicsuffix(host) == public else "private"
    return public, kind


def _shared_kind(name: str) -> str:
    if _on(name, DYNAMIC_DNS):
        return "dynamic_dns"
    return "hosting" if name in _CUSTOMER_SUFFIXES else _SUFFIXES_TOO.get(name, "")


def registrable(host: str) -> str:
    """Return the part of a name that one owner got: a label and its suffix; empty if the host is a suffix."""
    suffix, _ = suffix_of(host)
    if not suffix or suffix == host:
        return ""
    labels = host.split(".")
    return ".".join(labels[-suffix.count(".") - 2 :])


def registered_above(host: str) -> str:
    """Return the domain that a registry has sold: ``duckdns.org`` of ``a.duckdns.org``; empty if none."""
    return _suffixes(icann=True).privatesuffix(host) or ""


def parent_of(host: str) -> str:
    """Return where a host's siblings are: the name above it, or itself if its owner got it from a registry.

    Empty if the host is a suffix.
    """
    if not registrable(host):
        return ""
    return host if registered_above(host) == host else host.partition(".")[2]


def lists_of_name(host: str) -> tuple[str, ...]:
    """Return the names of the lists that hold a host, or a parent of it that the same owner holds."""
    owner = registrable(host)
    bits = 0
    for name in _parents(host):
        bits |= _names().get(name, 0)
        if name == owner or not owner:  # above it are others' names
            break
    return tuple(name for bit, name in enumerate(NAME_LISTS) if bits >> bit & 1)


def _parents(host: str) -> Iterator[str]:
    labels = host.split(".")
    return (".".join(labels[at:]) for at in range(len(labels)))


@cache
def _mask(lists: tuple[str, ...]) -> int:
    return sum(1 << bit for bit, name in enumerate(NAME_LISTS) if name in lists)


def _on(name: str, lists: tuple[str, ...]) -> bool:
    return bool(_names().get(name, 0) & _mask(lists))
