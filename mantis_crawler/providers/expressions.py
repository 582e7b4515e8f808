"""What Safe Browsing looks up of a URL: its canonical form, and the expressions that lists are made of.

As its documentation of version 5 says it ("URLs and Hashing"). Nothing here is a provider.
"""

import re
import socket
from functools import cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from urllib.parse import unquote_to_bytes

from publicsuffixlist import PublicSuffixList

_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}")
_NAT64 = IPv6Network("64:ff9b::/96")
_HOSTS, _PATHS = 4, 4
"""Host names beside the exact one, and folders beside the exact paths, that are looked up at the most."""


def canonical(url: str) -> tuple[str, str, str | None]:
    """Return host, path and query of a URL in canonical form; the query is `None` where there is none."""
    raw = re.sub(r"[\t\r\n]", "", url.strip(" ")).partition("#")[0]
    data = raw.encode("utf-8", "surrogateescape")
    while (once := unquote_to_bytes(data)) != data:
        data = once
    text = data.decode("latin-1")  # a character a byte from here on
    rest = re.sub(r"^[a-zA-Z][a-zA-Z0-9+.-]*://", "", text)
    authority, path, query = _parted(rest)
    return _escaped(_host(authority)), _escaped(_path(path)), None if query is None else _escaped(query)


def expressions(url: str) -> tuple[str, ...]:
    """Return the up to thirty expressions of a URL, the exact one first, each once."""
    host, path, query = canonical(url)
    paths = [path, *_folders(path)] if query is None else [f"{path}?{query}", path, *_folders(path)]
    return tuple(dict.fromkeys(one + way for one in _hosts(host) for way in paths))


def _parted(rest: str) -> tuple[str, str, str | None]:
    end = min((place for mark in "/?" if (place := rest.find(mark)) >= 0), default=len(rest))
    path, mark, query = rest[end:].partition("?")
    return rest[:end], path, query if mark else None


def _host(authority: str) -> str:
    host = authority.rpartition("@")[2].lower()
    if host.startswith("["):
        return _ipv6(host[1:].partition("]")[0])
    host = re.sub(r"\.{2,}", ".", re.sub(r":[0-9]*$", "", host)).strip(".")
    return _ipv4(host) if _NUMBER.fullmatch(host) else host


def _ipv4(host: str) -> str:
    """Return an address of one to four numbers, octal and hexadecimal ones too, as four decimals."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


def _ipv6(host: str) -> str:
    try:
        address = IPv6Address(host)
    except AddressValueError:
        return f"[{host}]"
    if inner := address.ipv4_mapped:
        return str(inner)
    return str(IPv4Address(int(address) & 0xFFFFFFFF)) if address in _NAT64 else f"[{address}]"


def _path(path: str) -> str:
    parts: list[str] = []
    *folders, last = path.split("/")
    for part in folders:
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    if last == "..":
        parts = parts[:-1]
    last = "" if last in {".", ".."} else last
    return "".join(f"/{part}" for part in (*parts, last))


def _escaped(text: str) -> str:
    return "".join(f"%{ord(char):02X}" if not 32 < ord(char) < 127 or char in "#%" else char for char in text)


def _hosts(host: str) -> list[str]:
    """Return the exact host, and up to four that start at what its owner registered."""
    if host.startswith("[") or _NUMBER.fullmatch(host):
        return [host]
    owned = _suffixes().privatesuffix(host)
    if not owned:
        return [host]
    labels, least = host.split("."), owned.count(".") + 1
    more = [".".join(labels[-count:]) for count in range(least, min(least + _HOSTS, len(labels) + 1))]
    return [host, *more]


def _folders(path: str) -> list[str]:
    parts = path.split("/")[1:-1]
    return ["/".join(("", *parts[:count], "")) for count in range(min(len(parts) + 1, _PATHS))]


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
