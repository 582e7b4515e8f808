"""What a host's name alone says."""

import re
from functools import cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

from mantis_crawler.detectors.words import word_set

# Dynamic DNS that the public suffix list does not have.
_DYNAMIC = word_set(
    "onedumb.com jungleheart.com changeip.com dns05.com ddns.info dynamic-dns.net mrbonus.com "
    "itsaol.com 2waky.com ocry.com lflinkup.com freeddns.com toh.info yourtrap.com wikaba.com"
)
_DYNAMIC_WORDS = re.compile(
    r"dns|dyn|no-?ip|hopto|zapto|serve|myftp|sytes|redirectme|bounceme|myvnc|homeip|dedyn"
)
_SOFT = re.compile(r"tsch|sch|tch|ght|chr|thr|str|ch|th|sh|ph|ck|ng|st|nt|ll|ss|tt")
_CROWDED = re.compile(r"[bcdfghjklmnpqrstvwxz]{4,}")
_LONE_Q = re.compile(r"q(?!u|$)")
_SWITCHES = re.compile(r"(?<=[a-z])\d+(?=[a-z])")


@cache
def _private() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def _icann() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def registrable(host: str) -> str:
    """Return the domain that one party holds, below a public or private suffix; else the host."""
    if is_address(host):
        return host
    return _private().privatesuffix(host) or host


def same_site(one: str, other: str) -> bool:
    """Return whether two hosts belong to one party, as far as names tell."""
    return registrable(one) == registrable(other)


def is_address(host: str) -> bool:
    """Return whether a host is an IP address."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def dynamic_suffix(host: str) -> str:
    """Return the dynamic-DNS suffix that a host lies under, or an empty string."""
    if is_address(host):
        return ""
    suffix = _private().publicsuffix(host) or ""
    apex = _icann().privatesuffix(host) or ""
    if suffix == apex and suffix and suffix != host and _DYNAMIC_WORDS.search(suffix):
        return str(suffix)
    return str(apex) if apex in _DYNAMIC and apex != host else ""


def random_label(host: str) -> str:
    """Return a label of a host that nobody could say aloud, or an empty string."""
    if is_address(host):
        return ""
    suffix = _private().publicsuffix(host) or ""
    labels = host.removesuffix(f".{suffix}").split(".")
    return next((label for label in labels if _unspeakable(label)), "")


def _unspeakable(label: str) -> bool:
    if not 5 <= len(label) <= 30 or label.startswith("xn--"):
        return False
    if len(_SWITCHES.findall(label)) >= 2:
        return True
    parts = label.split("-")
    return any(
        len(part) >= 5 and bool(_CROWDED.search(_SOFT.sub("s", part)) or _LONE_Q.search(part))
        for part in parts
    )
