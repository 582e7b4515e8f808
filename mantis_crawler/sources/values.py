"""Normal forms of addresses, host names, URLs and hashes; a refusal says what is wrong."""

import re
import unicodedata
from dataclasses import dataclass, field
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address
from urllib.parse import unquote

import idna

from mantis_crawler.items import IndicatorType, SkipReason
from mantis_crawler.sources.refang import known_suffix, live, registrable

PORTS = {"http": 80, "https": 443, "ftp": 21}
ALGORITHMS = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
"""Hash algorithms by the length of their hex digits."""

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}")
_URL = re.compile(r"([a-z][a-z0-9+.-]*):[/\\]{2,}([^/\\?#]*)(.*)", re.DOTALL | re.IGNORECASE)
_PORT = re.compile(r"(.*?)(?::(\d*))?", re.DOTALL)
_DOTS = re.compile(r"[.。．｡]")
_HEX = re.compile(r"[0-9a-fA-F]+")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Value:
    """A value in its normal form."""

    value: str
    type: IndicatorType
    context: dict[str, str] = field(default_factory=dict)
    """What the normal form leaves out: ``port`` of an address or name, ``userinfo``, hash ``algorithm``."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why text is no value that somebody could visit or look up."""

    reason: SkipReason
    detail: str


Reading = Value | Refusal


def no_value(detail: str) -> Refusal:
    """Return the refusal of text that is nothing."""
    return Refusal(SkipReason.NO_INDICATOR, detail)


def not_public(detail: str) -> Refusal:
    """Return the refusal of what is not on the public internet."""
    return Refusal(SkipReason.NOT_PUBLIC, detail)


def read_address(text: str, port: str = "") -> Reading:
    """Return an IPv4 or IPv6 address (without brackets) in its normal form."""
    try:
        address = ip_address(text)
    except ValueError:
        return no_value(f"not an address: {text[:60]!r}")
    if isinstance(address, IPv6Address) and address.scope_id:
        return not_public("an address of one link")
    return _public(address) or _with_port(Value(str(address), IndicatorType.IP), port)


def read_host(text: str, port: str = "") -> Reading:
    """Return a host name as lower-case A-labels without the root's dot."""
    name = to_ascii(text)
    if isinstance(name, Refusal):
        return name
    if not registrable(name):
        if known_suffix(name):
            return not_public(f"{name[:60]!r} is a public suffix")
        return not_public(f"no public suffix is known for {name[:60]!r}")
    return _with_port(Value(name, IndicatorType.HOST), port)


def read_hash(text: str) -> Reading:
    """Return a digest in lower case."""
    algorithm = ALGORITHMS.get(len(text))
    if not algorithm or not _HEX.fullmatch(text):
        return no_value("not a hash")
    return Value(text.lower(), IndicatorType.HASH, {"algorithm": algorithm})


def read_url(text: str) -> Reading:
    r"""Return a URL with scheme and host in lower case, without user part and default port.

    Path, query and fragment stay as they are. The authority is read as browsers read it: it ends
    at the first of ``/ \ ? #``, and the host is what follows its last ``@``.
    """
    found = _URL.fullmatch(live(text))
    if not found or _UNSAFE.search(text):
        return no_value("not a URL")
    scheme, authority, rest = found[1].lower(), found[2], found[3]
    userinfo, _, place = authority.rpartition("@")
    host, port = _split_port(place)
    if port and not 0 < int(port[:9]) < 65_536:
        return no_value(f"no port {port[:9]}")
    shown = _url_host(host)
    if isinstance(shown, Refusal):
        return shown
    if port and int(port) != PORTS.get(scheme):
        shown = f"{shown}:{int(port)}"
    path = rest if rest.startswith("/") else f"/{rest.removeprefix(chr(92))}"
    context = {"userinfo": userinfo} if userinfo else {}
    return Value(f"{scheme}://{shown}{path}", IndicatorType.URL, context)


def to_ascii(text: str) -> str | Refusal:
    """Return any host name as lower-case A-labels, or why it is none."""
    if len(text) > 253:
        return no_value("longer than a host name can be")
    name = _DOTS.sub(".", live(text)) if text.isascii() else unicodedata.normalize("NFKC", live(text))
    name = _DOTS.sub(".", name.lower()).removesuffix(".")
    if not name.isascii():
        try:
            name = _idna(name)
        except (idna.IDNAError, UnicodeError) as error:
            return no_value(f"not a host name: {str(error)[:80]}")
    labels = name.split(".")
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return no_value(f"not a host name: {name[:60]!r}")
    return not_public(f"{name!r} is a single label") if len(labels) == 1 else name


def _idna(name: str) -> str:
    """Browsers go by UTS 46, which lets more through than IDNA 2008: emoji, for one."""
    try:
        return idna.encode(name, uts46=True, transitional=False).decode()
    except idna.IDNAError:
        labels = idna.uts46_remap(name, std3_rules=False, transitional=False).split(".")
        return ".".join(
            label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
        )


def _url_host(text: str) -> str | Refusal:
    if text.startswith("["):
        reading = read_address(text[1:-1]) if text.endswith("]") else no_value("a bracket without its end")
        return f"[{reading.value}]" if isinstance(reading, Value) else reading
    host = unquote(text, errors="strict") if "%" in text and _percent_utf8(text) else text
    number = _number_address(live(host).lower())
    if number is not None:
        return _public(number) or str(number)
    reading = read_host(host)
    return reading.value if isinstance(reading, Value) else reading


def _percent_utf8(text: str) -> bool:
    try:
        unquote(text, errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def _split_port(place: str) -> tuple[str, str]:
    if place.startswith("["):
        host, bracket, port = place.partition("]")
        return (host + bracket, port[1:]) if re.fullmatch(r":\d*|", port) else (place, "")
    host, colon, port = place.rpartition(":")
    return (host, port) if colon and (not port or re.fullmatch(r"[0-9]+", port)) else (place, "")


def _number_address(host: str) -> IPv4Address | None:
    """Return the address that a browser makes of ``0x7f.1`` or ``2130706433``; ``None`` for a name."""
    parts = host.removesuffix(".").split(".")
    if len(parts) > 4 or not all(re.fullmatch(r"0x[0-9a-f]*|[0-9]{1,12}", part) for part in parts):
        return None
    try:
        *head, last = (_number(part) for part in parts)
    except ValueError:
        return None
    if any(part > 255 for part in head) or last >= 256 ** (4 - len(head)):
        return None
    try:
        return IPv4Address(sum(part << 8 * (3 - place) for place, part in enumerate(head)) + last)
    except AddressValueError:
        return None


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") else int(part)


def _public(address: Address) -> Refusal | None:
    inner = address
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or address
    if address.is_multicast or not inner.is_global or (inner is address and not address.is_global):
        return not_public(f"{address} is not a public address")
    return None


def _with_port(value: Value, port: str) -> Reading:
    if not port:
        return value
    if not 0 < int(port[:9]) < 65_536:
        return no_value(f"no port {port[:9]}")
    return Value(value.value, value.type, {"port": str(int(port))})
