"""Why a name must never stand on a blocklist, whatever was seen on it."""

from mantis_crawler.enrichment.addresses import is_name, parse
from mantis_crawler.enrichment.lists import (
    BANKS,
    BIOS,
    HONEST,
    HOSTING,
    POPULAR,
    SHORTENERS,
    lists_of_name,
    registrable,
    suffix_of,
)

OWN_SHORTENERS = frozenset(
    {
        "00m.in",
        "bitly.kr",
        "buly.kr",
        "c11.kr",
        "kutt.it",
        "linkr.it",
        "naver.me",
        "onl.la",
        "p.tl",
        "shrtco.de",
        "vo.la",
        "x.gd",
        "zrr.kr",
    }
)
"""Shorteners of Korea and Japan above all, where such campaigns run, that the warning lists lack."""
_PUBLIC_BODIES = frozenset(["ac", "edu", "go", "gob", "gouv", "gov", "govt", "gub", "gv", "lg", "mil"])
_SUFFIX_KINDS = {
    "icann": "a public suffix",
    "private": "a suffix below which others have their names",
    "dynamic_dns": "a dynamic DNS suffix, below which others have their names",
    "hosting": "a host of many customers' sites",
}
# In this order: the first that holds is the reason.
_LISTS = (
    (SHORTENERS, "a link shortener"),
    (BIOS, "a page of links that its users make"),
    (HOSTING, "a trusted service whose users publish on it"),
    (BANKS, "a bank's own name"),
    (POPULAR, "a popular name"),
    (HONEST, "a name of an honest organisation"),
)


def veto(host: str) -> str | None:
    """Return why a host must not be blocked by its name, or ``None`` if nothing speaks against it.

    A name with an owner of its own below a shared suffix (``x.duckdns.org``) may be blocked,
    the suffix and its provider's ``www`` may not.

    Raises:
        LookupError: a warning list is not installed.
    """
    return _shape(host) or _suffix(host) or _listed(host)


def _shape(host: str) -> str | None:
    if parse(host) is not None:
        return "a bare address"
    if not is_name(host):
        return "not a DNS name"
    return None if "." in host else "a single label"


def _suffix(host: str) -> str | None:
    suffix, kind = suffix_of(host)
    if not suffix:
        return "ends in no public suffix"
    if host == suffix:
        return _SUFFIX_KINDS[kind]
    if kind != "icann" and host == f"www.{suffix}":
        return "the site of a provider of names"
    body = suffix if "." not in suffix else suffix.split(".")[-2]
    if kind == "icann" and body in _PUBLIC_BODIES - ({"ac", "go"} if body == suffix else set()):
        return f"a public body's or a school's name, below {suffix}"
    return None


def _listed(host: str) -> str | None:
    if registrable(host) in OWN_SHORTENERS:
        return "a link shortener"
    lists = lists_of_name(host)
    for names, reason in _LISTS:
        hit = next((name for name in names if name in lists), None)
        if hit:
            owner = registrable(host)
            below = f", as part of {owner}" if owner != host else ""
            return f"{reason}{below} (warning list {hit})"
    return None
