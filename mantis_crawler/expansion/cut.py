"""How far an expansion may go, and what of it was cut."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import log

from mantis_crawler.expansion.base import Pivot


class CutReason(StrEnum):
    """Why something was not followed."""

    FAN_OUT = "fan_out"
    """There are more than one question may bring."""
    TOTAL = "total"
    """The case has as many artifacts as it may."""
    DEPTH = "depth"
    """As deep as it may go."""
    WEAK = "weak"
    """It led to so many that it ties nothing."""
    COMMON = "common"
    """It belongs to too many: a popular site, a CDN's address, a public suffix."""
    PAP = "pap"
    """Its feed forbids to ask anybody."""
    ROLE = "role"
    """A dead drop lies on a legitimate host, and a hash is no place."""
    INVALID = "invalid"
    """No public name or address."""
    FAILURE = "failure"
    """A provider did not say, or not to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What was not followed: nothing is left out silently."""

    reason: CutReason
    value: str
    """Where it would have gone on from; of several, the first."""
    pivot: str = ""
    provider: str = ""
    count: int | None = 1
    """How many were left out; `None` if nobody knows."""
    detail: str = ""


class Cuts:
    """The account of what was not followed."""

    def __init__(self) -> None:
        self._cuts: dict[tuple[object, ...], Cut] = {}

    @property
    def all(self) -> tuple[Cut, ...]:
        """Each kind of cut once, with its count, in the order in which it came first."""
        return tuple(self._cuts.values())

    def note(
        self,
        reason: CutReason,
        value: str,
        pivot: str = "",
        provider: str = "",
        *,
        count: int | None = 1,
        detail: str = "",
    ) -> None:
        """Count a cut; what a provider fails at, or the total leaves out, is one cut however often."""
        by_value = () if reason in {CutReason.FAILURE, CutReason.TOTAL} else (value,)
        key = (reason, pivot, provider, detail, *by_value)
        before = self._cuts.get(key)
        if before is None:
            cut = Cut(reason=reason, value=value, pivot=pivot, provider=provider, count=count, detail=detail)
        elif before.count is None or count is None:
            cut = replace(before, count=None)
        else:
            cut = replace(before, count=before.count + count)
        self._cuts[key] = cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far an expansion may go."""

    depth: int = 1
    """1: only the indicators are pivoted, whatever registrants lie between; 2: also what they led to."""
    fan_out: int = 10_000
    """Findings that one question may bring."""
    total: int = 50_000
    """Artifacts, without the indicators themselves."""
    weakest: float = 0.01
    """Artifacts that are tied less than this are cut."""


def tie(weight: float, fan_out: int, pivot: Pivot) -> float:
    """Return what one of so many leads ties.

    Whole up to the pivot's ``few``, nothing from its ``many`` on; in between it falls with the
    logarithm, as ten times the company halves the trust about as often as a hundred times does twice.
    """
    if fan_out <= pivot.few:
        return weight
    if fan_out >= pivot.many:
        return 0.0
    return round(weight * (1 - log(fan_out / pivot.few) / log(pivot.many / pivot.few)), 4)
