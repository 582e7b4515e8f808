"""What several visits say of one artifact: the strongest verdict, the outcome that tells most."""

from collections.abc import Iterable, Mapping

from mantis_crawler.items import ContentClass, Outcome, Verdict, Visit
from mantis_crawler.judge.verdicts import UNKNOWN

NOTHING = frozenset({"blank", "error"})
"""Classes of pages that show nothing."""
GATE = "challenge"
VICTIM = frozenset({"login", "download"})
"""Classes that can harm who follows the page."""
_TOLD = (
    Outcome.DOWNLOAD,
    Outcome.LOADED,
    Outcome.CHALLENGE,
    Outcome.HTTP_ERROR,
    Outcome.BLANK,
    Outcome.BLOCKED_BY_GATEWAY,
    Outcome.REDIRECT_LOOP,
    Outcome.TLS_BROKEN,
    Outcome.BAD_ANSWER,
    Outcome.REFUSED,
    Outcome.TIMEOUT,
    Outcome.UNREACHABLE,
    Outcome.SINKHOLE,
    Outcome.NOT_PUBLIC,
    Outcome.NXDOMAIN,
    Outcome.NO_ADDRESS,
    Outcome.SERVFAIL,
    Outcome.DNS_TIMEOUT,
    Outcome.EXIT_FAILED,
    Outcome.CRASHED,
    Outcome.ERROR,
)


def strongest(verdicts: Iterable[Verdict], classes: Mapping[str, ContentClass]) -> Verdict | None:
    """Return the record's verdict among those of its visits; ``None`` if there is none.

    A class that can harm a victim wins over every other, and a class that says what the page
    is for over ``other`` and ``challenge``, those over ``error``, ``blank`` and ``unknown``.
    Then the surest wins, then the higher rank. So ``parked`` on one phone never hides
    ``login`` on the other.
    """
    return max(verdicts, key=lambda verdict: _strength(verdict, classes), default=None)


def verdicts_of(visit: Visit) -> tuple[Verdict, ...]:
    """Return the verdict of what a visit showed, and that of what a tap on it led to."""
    tapped = visit.tap.verdict if visit.tap else None
    return tuple(verdict for verdict in (visit.verdict, tapped) if verdict is not None)


def verdict_of(visit: Visit) -> Verdict | None:
    """Return the one verdict that stands for a visit: of what it showed, unless a tap led to more.

    What a tap led to counts if that can harm and what was shown first cannot, or if what was shown
    first told nothing.
    """
    first, *then = verdicts_of(visit) or (None,)
    if first is None or not then or first.content_class in VICTIM:
        return first
    (behind,) = then
    nothing = first.content_class == UNKNOWN or first.content_class in NOTHING
    more = nothing and behind.content_class not in NOTHING | {UNKNOWN}
    return behind if behind.content_class in VICTIM or more else first


def _strength(verdict: Verdict, classes: Mapping[str, ContentClass]) -> tuple[int, float, int]:
    name = verdict.content_class
    known = classes.get(name)
    tier = 3 if known and known.victim else 2
    if name in NOTHING or name == UNKNOWN or known is None:
        tier = 0
    elif name in {"other", GATE}:
        tier = 1
    return tier, verdict.confidence if name != UNKNOWN else -1.0, known.rank if known else 0


def principal(visits: Iterable[Visit]) -> Outcome | None:
    """Return the outcome that tells most of what a victim meets; ``None`` without visits.

    A file tells more than a page, a page more than a challenge, an error or nothing, and
    any of them more than a visit that failed.
    """
    return min((visit.outcome for visit in visits), key=_TOLD.index, default=None)
