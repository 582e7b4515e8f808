"""Exits: proxies in a country, behind the gateway. How they are written, and what is never shown of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from mantis_crawler.items import country

SCHEMES = ("http", "socks5")
HOW = "write COUNTRY=http://user:password@host:port or COUNTRY=socks5://host:port"
ESCAPES = "signs such as , @ / : % in a user name or password are written %2C %40 %2F %3A %25"
LONGEST = 255
"""Bytes of a user name or password that SOCKS5 has room for (RFC 1929)."""


class ExitsError(ValueError):
    """The exits cannot be read; the message tells which one and why, and nothing that may be a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A proxy that a visit leaves through. Who may use it is no part of its text."""

    country: str
    """ISO 3166-1 alpha-2, lower case."""
    scheme: str
    """``http`` (CONNECT) or ``socks5``."""
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.country}={self.scheme}://{host}:{self.port}"

    @property
    def on_loopback(self) -> bool:
        """Whether it is on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def read_exits(text: str) -> tuple[Exit, ...]:
    """Return the exits of an argument: separated by commas, or ``@FILE`` with one a line.

    A file keeps passwords out of the shell's history and the list of processes.

    Raises:
        ExitsError: one is malformed, of no known country, or of the same country as another.
    """
    words = _lines(Path(text.strip()[1:])) if text.strip().startswith("@") else text.split(",")
    found: dict[str, Exit] = {}
    for number, word in enumerate((word.strip() for word in words if word.strip()), 1):
        one = _read(word, f"exit {number}")
        if one.country in found:
            raise ExitsError(f"exit {number}: a second exit in {one.country}: one run has one a country")
        found[one.country] = one
    if not found:
        raise ExitsError(f"no exit is given: {HOW}")
    return tuple(found.values())


def through(codes: tuple[str, ...]) -> str:
    """Return from where visits go out, as a person says it; *codes* are the exits' countries."""
    if not codes:
        return "from this machine's own address"
    return f"through exit{'' if len(codes) == 1 else 's'} {', '.join(codes)}"


def _lines(path: Path) -> Iterator[str]:
    try:
        lines = path.expanduser().read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise ExitsError(f"the file of exits {str(path)!r} cannot be read: {why}") from None
    yield from (line for line in lines if not line.lstrip().startswith("#"))


def _read(word: str, label: str) -> Exit:
    # nothing of what does not fit is repeated: it may be a piece of a password
    code, equals, url = word.partition("=")
    if not equals or not code.strip().isalpha() or len(code.strip()) != 2:
        raise ExitsError(f"{label} does not begin with a country: {HOW}; {ESCAPES}")
    try:
        place = country(code)
    except ValueError as error:
        raise ExitsError(f"{label}: {error}") from None
    label = f"{label} ({place.code})"
    parts, host, port = _split(url.strip(), label)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if ":" in user or any(len(secret.encode()) > LONGEST for secret in (user, password)):
        raise ExitsError(f"{label}: a user name has no colon, and neither it nor a password over 255 bytes")
    return Exit(country=place.code, scheme=parts.scheme, host=host, port=port, user=user, password=password)


def _split(url: str, label: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ExitsError(f"{label} is malformed: {HOW}; {ESCAPES}") from None
    if parts.scheme not in SCHEMES:
        raise ExitsError(f"{label} is neither http:// (CONNECT) nor socks5://: {HOW}")
    if parts.path not in {"", "/"} or parts.query or parts.fragment or not host or " " in host:
        raise ExitsError(f"{label} is malformed: {HOW}; {ESCAPES}")
    if not port:
        raise ExitsError(f"{label} names no port: {HOW}")
    return parts, host, port
