"""Evidence to verdict, verdicts to what an artifact is: pure functions, no page in sight."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Protocol

from mantis_crawler.items import (
    Cloaking,
    ContentClass,
    Evidence,
    Lure,
    Outcome,
    Page,
    Signal,
    Verdict,
    Visit,
    host_of,
)

UNKNOWN = "unknown"
"""The verdict's class where the evidence does not suffice."""
SUSPICION = "suspicion"
"""Class of evidence that speaks of harm, not of content: kept, never a verdict."""
DETECTOR_ERROR = "detector_error"
"""Class of evidence that a detector failed: kept, with no weight."""
THRESHOLD = 0.5
"""Confidence from which a content class is said."""
MARGIN = 0.15
"""Classes that are less sure than the surest by no more than this are as likely: rank decides."""
CEILING = 0.99
"""No page makes us surer than this."""
LURE_THRESHOLD = 0.65
"""Score from which an artifact is a lure: more than any one weak reason, or cloaking alone."""
SURE = 0.6
"""Confidence that a visit's class must have to disagree with another visit's."""

_VICTIM = frozenset({"login", "download"})
_NOTHING = frozenset({"blank", "error"})
_GATE = "challenge"
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
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""HTTP statuses that the next visit may not get: they prove nothing."""
_USED_UP = "the link is used up"


class Sees(Protocol):
    """What ``see`` needs of a detector."""

    @property
    def name(self) -> str:
        """Name of the detector."""

    @property
    def content_class(self) -> ContentClass:
        """What its signals speak for."""

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield what speaks for the class."""


def see(page: Page, detectors: Iterable[Sees]) -> tuple[Evidence, ...]:
    """Return what every detector sees on a page.

    A detector that raises loses nothing of the others': what it saw before stays, and the
    failure is evidence of the class ``detector_error``, with no weight.
    """
    return tuple(chain.from_iterable(_look(page, detector) for detector in detectors))


def _look(page: Page, detector: Sees) -> Iterator[Evidence]:
    try:
        for signal in detector.signals(page):
            if signal.weight > 0:
                name = detector.content_class.name
                yield Evidence(
                    content_class=name, weight=signal.weight, reason=signal.reason, name=signal.name
                )
    except Exception as error:  # noqa: BLE001 - hostile pages find what we did not think of; the visit goes on
        reason = f"{detector.name}: {error!r}"[:300]
        yield Evidence(content_class=DETECTOR_ERROR, weight=0.0, reason=reason)


def judge(
    evidence: Iterable[Evidence], classes: Mapping[str, ContentClass], *, threshold: float = THRESHOLD
) -> Verdict:
    """Return the verdict on one visit's evidence.

    Evidence of one class is taken as independent: together it is missed only if every piece
    of it is (noisy-or), up to 0.99. More evidence of a class never makes us less sure of it.
    Of the classes within 0.15 of the surest, and over the threshold, the one of the highest
    rank is the main one: a parked page that advertises casinos is parked. If none is over the
    threshold, the class is ``unknown`` and its confidence 1 minus that of the likeliest.

    Args:
        evidence: what ``see`` returned; evidence of suspicion and of failed detectors, and
            of classes that are not among *classes*, is kept but not counted.
        classes: the content classes by their name.
        threshold: confidence from which a class is said, 0 to 1.
    """
    every = tuple(evidence)
    sureness = _sureness(every, classes)
    ordered = sorted(sureness, key=lambda name: (-sureness[name], -classes[name].rank, name))
    best = sureness[ordered[0]] if ordered else 0.0
    likely = [name for name in ordered if sureness[name] >= max(threshold, best - MARGIN)]
    if not likely:
        main, confidence = UNKNOWN, 1.0 - best
    else:
        main = max(likely, key=lambda name: (classes[name].rank, sureness[name]))
        confidence = sureness[main]
    others = tuple((name, sureness[name]) for name in ordered if name != main)
    return Verdict(content_class=main, confidence=round(confidence, 4), evidence=every, others=others)


def _sureness(evidence: Iterable[Evidence], classes: Mapping[str, ContentClass]) -> dict[str, float]:
    weights: dict[str, list[float]] = {}
    for item in evidence:
        if item.content_class in classes and item.content_class not in {SUSPICION, DETECTOR_ERROR}:
            weights.setdefault(item.content_class, []).append(item.weight)
    return {name: round(noisy_or(found), 4) for name, found in weights.items()}


def noisy_or(weights: Iterable[float]) -> float:
    """Return how likely it is that at least one of several independent signs is right, at most 0.99.

    The same for any order: the weights are multiplied from the smallest on.
    """
    missed = 1.0
    for weight in sorted(weights):
        missed *= 1.0 - min(max(weight, 0.0), 1.0)
    return min(1.0 - missed, CEILING)


def strongest(verdicts: Iterable[Verdict], classes: Mapping[str, ContentClass]) -> Verdict | None:
    """Return the record's verdict among those of its visits; ``None`` if there is none.

    A class that can harm a victim wins over every other, and a class that says what the page
    is for over ``other`` and ``challenge``, those over ``error``, ``blank`` and ``unknown``.
    Then the surest wins, then the higher rank. So ``parked`` on one phone never hides
    ``login`` on the other.
    """
    return max(verdicts, key=lambda verdict: _strength(verdict, classes), default=None)


def _strength(verdict: Verdict, classes: Mapping[str, ContentClass]) -> tuple[int, float, int]:
    name = verdict.content_class
    known = classes.get(name)
    tier = 3 if known and known.victim else 2
    if name in _NOTHING or name == UNKNOWN or known is None:
        tier = 0
    elif name in {"other", _GATE}:
        tier = 1
    return tier, verdict.confidence if name != UNKNOWN else -1.0, known.rank if known else 0


def principal(visits: Iterable[Visit]) -> Outcome | None:
    """Return the outcome that tells most of what a victim meets; ``None`` without visits.

    A file tells more than a page, a page more than a challenge, an error or nothing, and
    any of them more than a visit that failed.
    """
    return min((visit.outcome for visit in visits), key=_TOLD.index, default=None)


def compare(visits: Sequence[Visit]) -> Cloaking:
    """Return whether and how an artifact's visits disagree, in XARF v4's words.

    Conservative: a visit that failed, or got a status that passes (429, 503, ...), proves
    nothing, nor does a page of no known class, nor ``other`` beside a theme. Two visits
    disagree if one shows something that the other surely does not: a login or download
    beside any other class, or a theme beside nothing. A gate before the one and none before
    the other is ``captcha``; a link that says it is used up, ``time_based_display``.

    Visits of one device through different exits that disagree are ``geo_blocking``: address,
    languages and clock differed together. One that was forbidden (401, 403) is no proof: exits'
    addresses are known and shut out whatever their country. Visits that differ in device and
    exit are not compared: it could be either.
    """
    seen = [visit for visit in visits if _telling(visit)]
    pairs = ((one, other) for one, other in combinations(seen, 2) if _comparable(one, other))
    kinds = {_difference(one, other) for one, other in pairs} - {""}
    if not kinds:
        return Cloaking(kinds=())
    shown = "; ".join(f"{_who(visit)}: {_shown(visit)}" for visit in seen)
    return Cloaking(kinds=tuple(sorted(kinds)), reasons=(shown, *_detours(seen)))


def _telling(visit: Visit) -> bool:
    if visit.outcome is Outcome.HTTP_ERROR or (visit.status or 0) >= 400:
        return visit.status not in _PASSING
    return visit.outcome in {Outcome.LOADED, Outcome.DOWNLOAD, Outcome.BLANK, Outcome.CHALLENGE}


def _shown(visit: Visit) -> str:
    """Return the class that a visit shows; where no verdict says it, its outcome may."""
    named = visit.verdict.content_class if visit.verdict else UNKNOWN
    if named != UNKNOWN:
        return named
    by_outcome = {Outcome.BLANK: "blank", Outcome.HTTP_ERROR: "error", Outcome.DOWNLOAD: "download"}
    return by_outcome.get(visit.outcome, _GATE if visit.outcome is Outcome.CHALLENGE else UNKNOWN)


def _who(visit: Visit) -> str:
    return f"{visit.device} through {visit.exit}" if visit.exit else visit.device


def _comparable(one: Visit, other: Visit) -> bool:
    return one.device == other.device or one.exit == other.exit


def _difference(one: Visit, other: Visit) -> str:
    shown = {_shown(one), _shown(other)}
    if len(shown) == 1 or UNKNOWN in shown or not (_sure(one) and _sure(other)):
        return ""
    if _GATE in shown:
        return "captcha" if shown - {_GATE, "other"} - _NOTHING else ""
    if not shown & _VICTIM and not (shown & _NOTHING and shown - _NOTHING - {"other"}):
        return ""
    if _used_up(one) or _used_up(other):
        return "time_based_display"
    if one.device != other.device:
        return "user_agent_filtering"
    forbidden = {one.status, other.status} & {401, 403}
    return "geo_blocking" if one.exit != other.exit and not forbidden else "other"


def _sure(visit: Visit) -> bool:
    known = visit.verdict is not None and visit.verdict.content_class != UNKNOWN
    return not known or (visit.verdict is not None and visit.verdict.confidence >= SURE)


def _used_up(visit: Visit) -> bool:
    if visit.status == 410:
        return True
    found = visit.verdict.evidence if visit.verdict else ()
    return any(item.content_class == "error" and item.reason.startswith(_USED_UP) for item in found)


def _detours(seen: Sequence[Visit]) -> Iterator[str]:
    """Yield which device was led to another host than the first."""
    hosts = {_who(visit): host_of(visit.final_url or visit.url) for visit in seen}
    first = next(iter(hosts.values()), "")
    return (f"{device} was led to {host!r}" for device, host in hosts.items() if host != first)


def lure(visits: Sequence[Visit], cloaking: Cloaking | None) -> Lure:
    """Return whether an artifact is out to harm a victim.

    Two things are needed: a class that can harm (login, download), and reasons to suspect it:
    what the visits' evidence of suspicion says, each reason once at its greatest weight, and
    how the visits disagree. The score takes the reasons as independent (noisy-or); from 0.65
    on it is a lure. An honest login under its own name has no reasons: a class alone never
    makes a lure.
    """
    harmful = [visit for visit in visits if visit.verdict and visit.verdict.content_class in _VICTIM]
    if not harmful:
        return Lure(is_lure=False, score=0.0)
    reasons = _suspicions(visits)
    reasons.update(_disagreement(visits, cloaking))
    score = round(noisy_or(reasons.values()), 4)
    shown = dict.fromkeys(f"{_who(visit)} shows {_shown(visit)}" for visit in harmful)
    ordered = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
    told = (*shown, *ordered) if reasons else ()
    return Lure(is_lure=score >= LURE_THRESHOLD, score=score, reasons=told)


def _suspicions(visits: Iterable[Visit]) -> dict[str, float]:
    """Return every reason once. Visits that show nothing harmful may still name some: their dialogs do."""
    weights: dict[str, float] = {}
    for visit in visits:
        for item in visit.verdict.evidence if visit.verdict else ():
            if item.content_class == SUSPICION:
                weights[item.reason] = max(item.weight, weights.get(item.reason, 0.0))
    return weights


def _disagreement(visits: Sequence[Visit], cloaking: Cloaking | None) -> dict[str, float]:
    kinds = cloaking.kinds if cloaking else ()
    if not kinds:
        return {}
    if "user_agent_filtering" not in kinds:
        return {f"the visits disagree: {', '.join(kinds)}": 0.25}
    both = {_shown(visit) for visit in visits} >= _VICTIM
    found = {"what it shows depends on the device": 0.6}
    return found | ({"it has a download for one device and a login for another": 0.4} if both else {})
