"""What is worth a visit, and how we came to it."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from math import prod

from mantis_crawler.items.indicator import Indicator


class Hold(StrEnum):
    """Why an artifact is kept on record but not visited."""

    PAP_RED = "pap_red"
    """Its feed allows nothing that anybody could notice (PAP:RED)."""
    PAP_AMBER = "pap_amber"
    """Its feed allows no visit from the analyst's own address (PAP:AMBER), and no exit is set."""
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
    LIMIT = "limit"
    """Alive, but the run was asked for fewer visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an expansion, from what to what."""

    pivot: str
    """Name of the pivot, such as ``reverse_ip``."""
    value: str
    """What the pivot started from."""
    strength: float = 1.0
    """What this step ties, from 0 to 1; the more it led to, the less."""
    fan_out: int = 1
    """How much else it led to, this one included."""
    provider: str = ""
    """Who said so; empty if nobody was asked."""


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

    ways: int = 1
    """By how many paths the expansion came to it; ``expansion`` is the strongest."""

    @property
    def strength(self) -> float:
        """What ties it to its indicator, from 0 to 1: the product of its steps."""
        return round(prod(step.strength for step in self.expansion), 6)

    @property
    def key(self) -> str:
        """What makes two artifacts the same visit: the URL, or the bare value."""
        return self.url or self.indicator.value

    @property
    def id(self) -> str:
        """Sixteen hex digits that name the artifact's record, the same in every run."""
        return sha256(self.key.encode()).hexdigest()[:16]
