"""What a feed said: an indicator, or a line of it that is none."""

from dataclasses import dataclass, field
from enum import StrEnum


class IndicatorType(StrEnum):
    """The kinds of value that a feed names."""

    IP = "ip"
    HOST = "host"
    URL = "url"
    HASH = "hash"


class Role(StrEnum):
    """What the feed says that the value is for; decides whether it is worth a visit."""

    LANDING = "landing"
    """Contained in the message, or not said: a victim may be led there."""
    PAYLOAD = "payload"
    """Serves the app."""
    PHISHING = "phishing"
    """Serves the page that asks for a credential."""
    C2 = "c2"
    """Talks to the malware; a victim never opens it."""
    DEAD_DROP = "dead_drop"
    """A profile or note on a legitimate host, from which the malware reads its C2 address."""
    SAMPLE = "sample"
    """A file's hash."""


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST): with whom a value may be shared."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


class Pap(StrEnum):
    """Permissible Actions Protocol (MISP's taxonomy): what may be done with a value."""

    CLEAR = "clear"
    GREEN = "green"
    """Active actions are allowed, such as a visit."""
    AMBER = "amber"
    """Third parties may be asked; a contact of the target must not lead back to the analyst."""
    RED = "red"
    """Nothing that anybody outside could notice: no question to a provider, no lookup, no visit."""


class SkipReason(StrEnum):
    """Why a line of a feed gave no indicator."""

    BLANK = "blank"
    COMMENT = "comment"
    HEADER = "header"
    DUPLICATE = "duplicate"
    NO_INDICATOR = "no_indicator"
    """Nothing on the line reads as an address, host name, URL or hash."""
    TOO_LONG = "too_long"
    NOT_PUBLIC = "not_public"
    """A private, reserved or documentation address, or a name that ends in no public suffix."""
    PATH_ONLY = "path_only"
    PATTERN = "pattern"
    """A regular expression or wildcard names no single host."""
    UNREADABLE = "unreadable"
    """The line is broken in the feed's own format (JSON that does not parse, a field missing)."""


def opened(value: str, kind: IndicatorType) -> str | None:
    """Return the URL that a visit of a value opens; `None` for a hash."""
    match kind:
        case IndicatorType.HASH:
            return None
        case IndicatorType.URL:
            return value
        case IndicatorType.IP if ":" in value:
            return f"http://[{value}]/"
        case _:
            return f"http://{value}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One value of a feed, unaltered, with its role and its line in the feed."""

    value: str
    """Live (refanged) normal form: an address, A-label host name, URL or hex digest in lower case."""
    raw: str
    """As the feed wrote it."""
    type: IndicatorType
    role: Role = Role.LANDING
    feed: str
    """File name of the feed, without its folder."""
    line: int
    """Line in the feed, counted from 1."""
    country: str | None = None
    """ISO 3166-1 alpha-2 code in lower case of the victims, where the feed says it."""
    tlp: Tlp | None = None
    """`None` where the feed marks nothing. So with ``pap``."""
    pap: Pap | None = None
    context: dict[str, str] = field(default_factory=dict)
    """The other columns or fields of the line, as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A line that gave no indicator, and why: nothing of a feed is lost silently."""

    feed: str
    line: int
    raw: str
    """The line, cut at 200 characters."""
    reason: SkipReason
    detail: str = ""
