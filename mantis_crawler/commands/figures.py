"""How good answers are: precision, recall, F1 with intervals, calibration, confusion. Pure functions."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

Z = 1.96
"""Standard deviations of a 95 % interval."""
DRAWS = 1_000
"""Samples of the bootstrap."""
BINS = 10
_SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One page, what it is and what was said of it."""

    truth: str
    said: str
    confidence: float
    group: str = ""
    """Such as its language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95 % interval; ``None`` where there was nothing to count."""

    value: float | None
    low: float = 0.0
    high: float = 1.0
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One class."""

    pages: int
    precision: Share
    recall: Share
    f1: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Answers of about the same confidence, and how many of them were right."""

    low: float
    high: float
    pages: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is counted."""

    pages: int
    right: int
    macro_f1: Share
    classes: dict[str, Scores]
    confusion: dict[str, dict[str, int]]
    """Pages by what they are, then by what was said."""
    ece: float
    bins: tuple[Bin, ...]


def figures(answers: Sequence[Answered], classes: Sequence[str]) -> Figures:
    """Count answers; classes that no page is of stay out of the mean of the F1 values."""
    confusion = _confusion(answers, classes)
    present = [name for name in classes if sum(confusion[name].values())]
    draws = list(_draws(answers, classes))
    bins = calibration(answers)
    return Figures(
        pages=len(answers),
        right=sum(one.truth == one.said for one in answers),
        macro_f1=_interval(
            _mean([f1(confusion, name) for name in present]),
            [_mean([drawn[name] for name in present]) for drawn in draws],
            len(answers),
        ),
        classes={name: _scores(confusion, name, [drawn[name] for drawn in draws]) for name in classes},
        confusion=confusion,
        ece=ece(bins),
        bins=bins,
    )


def _confusion(answers: Iterable[Answered], classes: Sequence[str]) -> dict[str, dict[str, int]]:
    counts = Counter((one.truth, one.said) for one in answers)
    return {truth: {said: counts[truth, said] for said in classes} for truth in classes}


def f1(confusion: dict[str, dict[str, int]], name: str) -> float:
    """Return the harmonic mean of precision and recall; 0 where nothing of the class was found."""
    hits = confusion[name][name]
    seen = sum(confusion[name].values()) + sum(row[name] for row in confusion.values())
    return 2 * hits / seen if seen else 0.0


def _scores(confusion: dict[str, dict[str, int]], name: str, drawn: Sequence[float]) -> Scores:
    hits, pages = confusion[name][name], sum(confusion[name].values())
    said = sum(row[name] for row in confusion.values())
    return Scores(
        pages=pages,
        precision=wilson(hits, said),
        recall=wilson(hits, pages),
        f1=_interval(f1(confusion, name), drawn, pages),
    )


def wilson(hits: int, of: int) -> Share:
    """Return a share with Wilson's 95 % score interval, which holds for few pages and near 0 and 1."""
    if not of:
        return Share(value=None)
    share, square = hits / of, Z * Z / of
    centre = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return Share(value=share, low=max(centre - half, 0.0), high=min(centre + half, 1.0), of=of)


def _draws(answers: Sequence[Answered], classes: Sequence[str]) -> Iterable[dict[str, float]]:
    """Yield F1 by class for samples of the answers, drawn with replacement; the same every time."""
    random = Random(_SEED)  # noqa: S311 - statistics, no secret
    cells = list(Counter((one.truth, one.said) for one in answers).items())
    pairs, counts = [pair for pair, _ in cells], [count for _, count in cells]
    for _ in range(DRAWS if answers else 0):
        drawn = Counter(random.choices(pairs, counts, k=len(answers)))
        table = {truth: {said: drawn[truth, said] for said in classes} for truth in classes}
        yield {name: f1(table, name) for name in classes}


def _interval(value: float, drawn: Sequence[float], of: int) -> Share:
    if not drawn or not of:
        return Share(value=value if of else None, of=of)
    ordered = sorted(drawn)
    low, high = ordered[round(0.025 * (len(ordered) - 1))], ordered[round(0.975 * (len(ordered) - 1))]
    return Share(value=value, low=low, high=high, of=of)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def calibration(answers: Sequence[Answered], bins: int = BINS) -> tuple[Bin, ...]:
    """Return the answers by confidence, in bins of the same width; empty ones are left out."""
    held: list[list[Answered]] = [[] for _ in range(bins)]
    for one in answers:
        held[min(max(int(one.confidence * bins), 0), bins - 1)].append(one)
    return tuple(
        Bin(
            low=place / bins,
            high=(place + 1) / bins,
            pages=len(found),
            confidence=_mean([one.confidence for one in found]),
            right=_mean([float(one.truth == one.said) for one in found]),
        )
        for place, found in enumerate(held)
        if found
    )


def ece(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error: by how much confidence and share of right answers differ."""
    found = tuple(bins)
    pages = sum(one.pages for one in found)
    return sum(one.pages * abs(one.confidence - one.right) for one in found) / pages if pages else 0.0


def by_group(
    answers: Iterable[Answered],
    classes: Sequence[str],
    name_of: Callable[[Answered], str] = lambda one: one.group,
) -> dict[str, Figures]:
    """Return the figures of each group, largest first."""
    groups: dict[str, list[Answered]] = {}
    for one in answers:
        groups.setdefault(name_of(one), []).append(one)
    ordered = sorted(groups, key=lambda name: (-len(groups[name]), name))
    return {name: figures(groups[name], classes) for name in ordered}
