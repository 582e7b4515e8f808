"""What each kind of evidence weighs: fitted on labelled pages by ``scrapy fit``, read here.

A class's score is its bias plus the weights of its own evidence, so evidence of a class never makes
us less sure of it; the scores of all classes become probabilities that add up to 1 (softmax).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import exp, log
from typing import Any

from mantis_crawler.items import Evidence

CEILING = 0.99
"""No page makes us surer than this."""
FILE = "weights.json"
STATES = ("blank", "error", "challenge")
"""Classes of what a page did instead of showing what it is for. They are not fitted: a saved page does
not do that. They count as the average class does, and only where something speaks for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights, and where they come from."""

    bias: Mapping[str, float]
    """By content class: its score with nothing to speak for it."""
    gain: Mapping[str, float]
    """By content class: the weight of a sign that was too rare to have one of its own."""
    signals: Mapping[str, float]
    """By ``class.name`` of a signal."""
    unknown_below: float
    """Confidence below which no class is said."""
    slip: float = 0.0
    """Share of pages that are not what they look like, and may be of any class."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Date, hash of the data, what was measured in each fold, and the floor that tests hold."""

    def scores(self, evidence: Iterable[Evidence]) -> dict[str, float]:
        """Return the score of every class, in any order of the evidence the same."""
        scores = dict(self.bias)
        for key, strength in sorted(strengths(evidence, self.gain).items()):
            name = key.partition(".")[0]
            weight = self.signals.get(key, self.gain[name])
            scores[name] = scores.get(name, 0.0) + weight * strength
        return scores


def strengths(evidence: Iterable[Evidence], classes: Iterable[str]) -> dict[str, float]:
    """Return by ``class.name`` how strong each kind of sign of some classes is, the strongest of its kind.

    A strength is -log(1 - weight): those of independent signs add up.
    """
    known = frozenset(classes)
    found: dict[str, float] = {}
    for item in evidence:
        if item.content_class in known and item.weight > 0:
            key = f"{item.content_class}.{item.name}"
            found[key] = max(found.get(key, 0.0), -log(1.0 - min(item.weight, CEILING)))
    return found


def probabilities(scores: Mapping[str, float], slip: float) -> dict[str, float]:
    """Return probabilities that add up to 1 (softmax), but for a share that is spread over all."""
    top = max(scores.values(), default=0.0)
    raised = {name: exp(score - top) for name, score in scores.items()}
    total = sum(raised[name] for name in sorted(raised))
    even = slip / max(len(raised), 1)
    return {name: value / total * (1.0 - slip) + even for name, value in raised.items()}


def noisy_or(weights: Iterable[float]) -> float:
    """Return how likely it is that at least one of several independent signs is right, at most 0.99.

    The same for any order: the weights are multiplied from the smallest on.
    """
    missed = 1.0
    for weight in sorted(weights):
        missed *= 1.0 - min(max(weight, 0.0), 1.0)
    return min(1.0 - missed, CEILING)


@cache
def fitted() -> Weights:
    """Return the weights of this version."""
    return parse(resources.files(__package__ or "").joinpath(FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Weights:
    """Return the weights of a file's text.

    Raises:
        ValueError: it is no JSON.
        KeyError: something lacks.
    """
    facts = json.loads(text)
    return Weights(
        bias=facts["bias"],
        gain=facts["gain"],
        signals=facts["signals"],
        unknown_below=facts["unknown_below"],
        slip=facts["slip"],
        about=facts["about"],
    )
