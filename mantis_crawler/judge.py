"""Evidence to verdict, verdicts to what an artifact is: pure functions, no page in sight."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Protocol

from mantis_crawler.items import ContentClass, Evidence, Page, Signal, Verdict

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
                yield Evidence(content_class=name, weight=signal.weight, reason=signal.reason)
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
