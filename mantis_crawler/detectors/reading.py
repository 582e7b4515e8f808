"""What a page reads like: a linear model over its traits, one capped sign of a few classes.

Lexicons know words that somebody thought of; this knows those that labelled pages have. It is fitted by
``scrapy fit``, and its own sign is weighed on pages whose sources it did not see, like any other.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, sqrt

from mantis_crawler.detectors.traits import KINDS, traits
from mantis_crawler.detectors.view import View
from mantis_crawler.detectors.words import quote
from mantis_crawler.items import Signal

FILE = "reading.json"
SIGN = "reads"
"""Name of the sign, of any class."""
CAP = 0.9
"""No likeness weighs more: it never decides alone."""
LEAST = 0.1
"""Likeness below which nothing is said."""
_GROUPS = {kind: kind for kind in KINDS} | {"h": "t", "d": "t", "q": "b", "x": "n", "y": "n"}
_GROUPS |= dict.fromkeys("somg", "m")
"""Kinds of traits that share one scale."""
_EVEN = 5.0
_SLOT = "mantis_crawler.detectors.reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much each trait speaks for one class."""

    bias: float
    weights: Mapping[str, float]

    def shares(self, found: Collection[str]) -> dict[str, float]:
        """Return what each known trait adds; of many of one kind each adds less."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for trait in found:
            if trait in self.weights:
                kinds[_GROUPS[trait[0]]].append(trait)
        return {trait: self.weights[trait] * scale(len(known)) for known in kinds.values() for trait in known}

    def chance(self, found: Collection[str]) -> float:
        """Return how alike a page is to the pages of the class, 0 to 1."""
        score = self.bias + sum(self.shares(found).values())
        return 1.0 / (1.0 + exp(-min(max(score, -30.0), 30.0)))


def scale(known: int) -> float:
    """Return by how much each of so many known traits of a kind counts."""
    return 1.0 / sqrt(known + _EVEN)


@cache
def readings() -> dict[str, Likeness]:
    """Return the likenesses of this version, by content class."""
    return parse(resources.files(__package__ or "").joinpath(FILE).read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Likeness]:
    """Return the likenesses of a file's text.

    Raises:
        ValueError: it is no JSON.
        KeyError: something lacks.
    """
    return {
        name: Likeness(bias=facts["bias"], weights=facts["weights"])
        for name, facts in json.loads(text).items()
    }


def reads_like(seen: View, name: str) -> Iterator[Signal]:
    """Yield what a page's words and structure say for a class that there is a likeness of."""
    likeness = readings().get(name)
    found = known_traits(seen)
    if likeness is None or not found:
        return
    weight = weight_of(likeness.chance(found))
    if weight:
        yield seen.signal(SIGN, weight, f"it reads like {name} pages do: {_told(likeness.shares(found))}")


def weight_of(chance: float) -> float:
    """Return what a likeness weighs as a sign; 0 if it says nothing."""
    return CAP * chance if chance > LEAST else 0.0


def known_traits(seen: View) -> tuple[str, ...]:
    """Return the traits of a page, made once: several classes are read off them."""
    slots = vars(seen)
    if _SLOT not in slots:
        slots[_SLOT] = traits(seen)
    kept: tuple[str, ...] = slots[_SLOT]
    return kept


def _told(shares: Mapping[str, float]) -> str:
    """Return the traits that speak most for it, as a person reads them."""
    best = sorted(shares, key=lambda trait: (-shares[trait], trait))[:5]
    return ", ".join(f"{quote(trait[2:], 24)} ({KINDS[trait[0]]})" for trait in best if shares[trait] > 0)
