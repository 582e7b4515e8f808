"""What a victim sees, how sure we are, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentClass:
    """A kind of page. A value, not an enum: a detector's file declares its own."""

    name: str
    victim: bool = False
    """Whether such a page can harm the victim who follows it: only these can become lures."""
    rsit: str = ""
    """Type in the Reference Security Incident Taxonomy, as CERTs speak it."""
    rank: int = 0
    """Which of two classes that are equally likely is the main one: the higher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What one detector saw on a page."""

    weight: float
    """How likely the page is of the detector's class, had we seen only this; 0 to 1."""
    reason: str
    """For a person. Text of the page in it is quoted and cut by the detector."""
    name: str = ""
    """Which kind of sign it is: the same on every page, such as ``titled``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A signal with the class that it speaks for."""

    content_class: str
    weight: float
    reason: str
    name: str = ""
    """The signal's name within its class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Content class, confidence and the evidence."""

    content_class: str
    """A detector's class, or ``unknown``."""
    confidence: float
    """0 to 1."""
    evidence: tuple[Evidence, ...] = ()
    others: tuple[tuple[str, float], ...] = ()
    """The other classes that the page may be, most likely first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lure:
    """Whether an artifact is out to harm a victim: more than a class.

    An honest login is ``login`` and no lure; only lures reach a blocklist.
    """

    is_lure: bool
    score: float
    """0 to 1."""
    reasons: tuple[str, ...] = ()
