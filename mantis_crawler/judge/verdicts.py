"""From one visit's evidence to its verdict."""

from collections.abc import Iterable, Mapping

from mantis_crawler.items import ContentClass, Evidence, Verdict
from mantis_crawler.judge.weights import CEILING, Weights, fitted, probabilities

UNKNOWN = "unknown"
"""The verdict's class where the evidence does not suffice."""


def judge(
    evidence: Iterable[Evidence],
    classes: Mapping[str, ContentClass],
    *,
    threshold: float | None = None,
    weights: Weights | None = None,
) -> Verdict:
    """Return the verdict on one visit's evidence.

    The class that is likeliest by the fitted weights is the main one, and its probability the
    confidence, at most 0.99; of two that are as likely, the one of higher rank. A class that
    nothing speaks for is never said. More evidence of a class never makes us less sure of it.
    Below the threshold the class is ``unknown``, and its confidence 1 minus that of the likeliest.

    Two classes may be true of one page: the others that something speaks for are named with theirs.

    Args:
        evidence: what ``see`` returned; evidence of suspicion and of failed detectors, and
            of classes that are not among *classes*, is kept but not counted.
        classes: the content classes by their name.
        threshold: confidence from which a class is said, 0 to 1; ``None``: the fitted one.
        weights: what evidence weighs; ``None``: as fitted.
    """
    every = tuple(evidence)
    used = weights or fitted()
    sure = chances((item for item in every if item.content_class in classes), used)
    spoken_for = {item.content_class for item in every if item.weight > 0} & set(classes) & set(sure)
    ordered = sorted(spoken_for, key=lambda name: (-sure[name], -classes[name].rank, name))
    best = sure[ordered[0]] if ordered else 0.0
    known = bool(ordered) and best >= (used.unknown_below if threshold is None else threshold)
    main, confidence = (ordered[0], best) if known else (UNKNOWN, round(1.0 - best, 4))
    others = tuple((name, sure[name]) for name in ordered if name != main)
    return Verdict(content_class=main, confidence=confidence, evidence=every, others=others)


def chances(evidence: Iterable[Evidence], weights: Weights | None = None) -> dict[str, float]:
    """Return how likely each fitted class is, and each state of a page that something speaks for."""
    used = weights or fitted()
    found = probabilities(used.scores(evidence), used.slip)
    return {name: round(min(chance, CEILING), 4) for name, chance in found.items()}
