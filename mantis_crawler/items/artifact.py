"""What is worth a visit, and how we came to it."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from mantis_crawler.items.indicator import Indicator


class Hold(StrEnum):
    """Why an artifact is kept on record but not visited."""

    C2 = "c2"
    """Command-and-control servers serve no victim, and a visit warns their owner."""
    DEAD_DROP = "dead_drop"
    """Lies on a legitimate host."""
    HASH = "hash"
    """A digest has no address."""
    ADDRESS = "address"
    """Visits of bare addresses are switched off."""
    PORT = "port"
    """An address or name with a port that is not the web's: lists write malware's own channels so."""
    SCHEME = "scheme"
    """Neither http nor https."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an expansion, from what to what."""

    pivot: str
    """Name of the pivot, such as ``reverse_ip``."""
    value: str
    """What the pivot started from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A URL or name worth a visit, with the indicator that it grew from."""

    url: str | None
    """What to open; ``None`` where there is nothing to open (a hash)."""
    host: str
    """A-label host name, or address without brackets; empty for a hash."""
    indicator: Indicator
    expansion: tuple[Step, ...] = ()
    hold: Hold | None = None
    country: str | None = None
    """Where the victims live: sets language and time zone of the visits. ISO 3166-1 alpha-2, lower case."""

    @property
    def key(self) -> str:
        """What makes two artifacts the same visit: the URL, or the bare value."""
        return self.url or self.indicator.value

    @property
    def id(self) -> str:
        """Sixteen hex digits that name the artifact's record, the same in every run."""
        return sha256(self.key.encode()).hexdigest()[:16]
