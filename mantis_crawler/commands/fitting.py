"""How evidence is weighed: fitted on labelled pages, tried on sources that the fit did not see.

Needs scikit-learn, which only those have who fit.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from statistics import mean
from typing import TYPE_CHECKING, Any

from mantis_crawler.commands.figures import Answered, Figures, Share, figures
from mantis_crawler.commands.later import Later
from mantis_crawler.commands.likeness import learn
from mantis_crawler.commands.samples import CLASSES, OTHERS, Sample
from mantis_crawler.commands.seven import seven
from mantis_crawler.detectors.reading import SIGN, Likeness, weight_of
from mantis_crawler.items import ContentClass, Evidence
from mantis_crawler.judge import Weights
from mantis_crawler.judge.weights import STATES, strengths

if TYPE_CHECKING:
    import numpy as np
    from scipy import optimize
    from sklearn import model_selection
else:
    np, optimize, model_selection = map(Later, ("numpy", "scipy.optimize", "sklearn.model_selection"))

FITTED = (*CLASSES[:-1], "other")
"""Content classes that have weights of their own, in the order of the labels."""
OWN, GAIN, BIAS = 3.0, 1.0, 0.5
"""Penalties: on a sign's difference from its class' gain, on a gain's from 1, on a bias. Chosen by the
folds of the development half, where 3 to 10 times as much, or as little, changes macro-F1 by 0.015."""
EVEN_SOURCES, EVEN_CLASSES = 0.3, 0.5
"""A source's n pages of a class count as n ** 0.7, a class's as n ** 0.5: a crawl mixes them otherwise."""
WITH_FORM = 2.0
"""An honest page that asks for a credential, as to register, counts as so many: it must be no login."""
READ = {"news": "news", OTHERS: "other"}
"""Classes that a likeness is learned of, by their label. One of logins took forms to register for logins
where it had seen none of their source; the other classes have too few pages."""
TEMPERATURES = tuple(step / 20 for step in range(8, 61))
SLIPS = tuple(step / 100 for step in range(13))
RARE = (3, 2)
"""A sign gets a weight of its own from so many pages of so many sources on."""
KINDS = {name: ContentClass(name=name) for name in (*FITTED, *STATES)}
STATE_SHARE = 0.6
"""Of the mean gain is that of a state: a purpose that shows through outweighs a blank page."""
SALT = "295"
UNKNOWN_BELOW = 0.35
SLACK = 0.02
"""By how much figures may fall, or the calibration error grow, before tests fail."""
FOLDS, SEEDS = 5, (1, 2)
ONE_SOURCE = {"htr-tech/zphisher": "kits", "DarkSecDevelopers/HiddenEye": "kits", "An0nUD4Y/blackeye": "kits"}
"""Repositories that copy the same kits from each other are one source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One labelled page, and what the detectors saw on it."""

    sample: Sample
    evidence: tuple[Evidence, ...]
    traits: tuple[str, ...] = ()
    """What its words and structure are read by."""

    @property
    def source(self) -> str:
        """Pages of one source are never on both sides of a fold."""
        return ONE_SOURCE.get(self.sample.source, self.sample.source) or self.sample.file


def fit(pages: Sequence[Seen], unknown_below: float, about: Mapping[str, Any] | None = None) -> Weights:
    """Return the weights that make the labels of the pages likeliest, held near to one gain a class."""
    pages = [page for page in pages if not _shows_nothing(page)]
    names = _names(pages)
    strong = np.array([_row(page, names) for page in pages])
    home = np.array([FITTED.index(name.partition(".")[0]) for name in names])
    bias, gain, signal = _minimised(strong, home, _labels(pages), _counts(pages))
    gains = dict(zip(FITTED, gain, strict=True))
    gains |= dict.fromkeys(STATES, float(np.mean(gain)) * STATE_SHARE)
    return Weights(
        bias=_rounded(dict(zip(FITTED, bias, strict=True))),
        gain=_rounded(gains),
        signals=_rounded(
            {name: weight for name, weight in zip(names, signal, strict=True) if "*" not in name}
        ),
        unknown_below=unknown_below,
        about=about or {},
    )


def _rounded(found: Mapping[str, Any]) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in found.items()}


def _shows_nothing(page: Seen) -> bool:
    """A copy that does not come alive shows no sign of its class: it would teach that nothing means it."""
    return any(item.content_class in STATES and item.weight >= 0.5 for item in page.evidence)


def _names(pages: Sequence[Seen]) -> list[str]:
    """Return the signs that get a weight of their own, and one for the rest of each class."""
    sources: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for key in strengths(page.evidence, FITTED):
            sources[key].append(page.source)
    least, apart = RARE
    own = [key for key, found in sources.items() if len(found) >= least and len(set(found)) >= apart]
    return sorted(own) + [f"{name}.*" for name in FITTED]


def _row(page: Seen, names: Sequence[str]) -> list[float]:
    found: dict[str, float] = defaultdict(float)
    for key, strength in strengths(page.evidence, FITTED).items():
        found[key if key in names else f"{key.partition('.')[0]}.*"] += strength
    return [found[name] for name in names]


def _labels(pages: Sequence[Seen]) -> Any:
    return np.eye(len(CLASSES))[[CLASSES.index(page.sample.label) for page in pages]]


def _counts(pages: Sequence[Seen]) -> Any:
    """Return how much each page counts; on average 1."""
    cells = Counter((page.source, page.sample.label) for page in pages)
    counts = np.array([cells[page.source, page.sample.label] ** -EVEN_SOURCES for page in pages])
    counts *= np.array([WITH_FORM if _asks_too(page) else 1.0 for page in pages])
    totals: dict[str, float] = defaultdict(float)
    for page, count in zip(pages, counts, strict=True):
        totals[page.sample.label] += count
    counts *= np.array([totals[page.sample.label] ** -EVEN_CLASSES for page in pages])
    return counts * len(counts) / counts.sum()


def _asks_too(page: Seen) -> bool:
    asks = (item.content_class == "login" and item.name.startswith("asks") for item in page.evidence)
    return page.sample.label == OTHERS and any(asks)


def _minimised(strong: Any, home: Any, labels: Any, counts: Any) -> tuple[Any, Any, Any]:
    """Return biases, gains and the signs' weights, none of the two below 0."""
    kinds, signs = len(FITTED), len(home)
    mask = np.zeros((signs, kinds))
    mask[np.arange(signs), home] = 1.0

    def loss(values: Any) -> tuple[float, Any]:
        bias, gain, own = np.split(values, [kinds, 2 * kinds])
        shares = _softmax(bias + strong @ (mask * own[:, None]))
        apart, off = own - gain[home], (shares - labels) * counts[:, None]
        cost = -(counts * np.log((shares * labels).sum(1) + 1e-12)).sum()
        cost += OWN * (apart**2).sum() + GAIN * ((gain - 1) ** 2).sum() + BIAS * (bias**2).sum()
        by_gain = 2 * GAIN * (gain - 1)
        np.subtract.at(by_gain, home, 2 * OWN * apart)
        by_own = ((strong.T @ off) * mask).sum(1) + 2 * OWN * apart
        return cost, np.concatenate([off.sum(0) + 2 * BIAS * bias, by_gain, by_own])

    start = np.concatenate([np.zeros(kinds), np.ones(kinds + signs)])
    bounds = [(None, None)] * kinds + [(0, None)] * (kinds + signs)
    best = optimize.minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}
    ).x
    return best[:kinds], best[kinds : 2 * kinds], best[2 * kinds :]


def _softmax(scores: Any) -> Any:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def answer(page: Seen, weights: Weights) -> Answered:
    """Return what the weights say of a page, as one of the seven classes."""
    label, confidence, _ = seven(page.evidence, KINDS, weights)
    return Answered(truth=page.sample.label, said=label, confidence=confidence, group=page.source)


def _folds(pages: Sequence[Seen], seed: int) -> Iterator[tuple[list[Seen], list[Seen]]]:
    """Yield pages to fit and pages to try, with all pages of a source on one side."""
    labels = [page.sample.label for page in pages]
    split = model_selection.StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for seen, unseen in split.split(labels, labels, [page.source for page in pages]):
        yield [pages[place] for place in seen], [pages[place] for place in unseen]


def calibrated(
    pages: Sequence[Seen], unknown_below: float, about: Mapping[str, Any] | None = None
) -> Weights:
    """Return fitted weights that are as sure as they are right: on held-out sources of these pages.

    One temperature divides all of them, and a share of pages is not what it looks like: the two that
    make the labels likeliest in folds of the same pages.
    """
    raw = fit(pages, unknown_below, about)
    tried: list[tuple[Any, int]] = []
    for seen, unseen in _folds(pages, SEEDS[0]):
        weights = fit(seen, unknown_below)
        tried += [
            (np.array(_seven_scores(page, weights)), CLASSES.index(page.sample.label))
            for page in unseen
            if not _shows_nothing(page)
        ]
    ways = ((temperature, slip) for temperature in TEMPERATURES for slip in SLIPS)
    temperature, slip = min(ways, key=lambda way: _surprise(tried, *way))
    return replace(
        raw,
        bias=_rounded({name: value / temperature for name, value in raw.bias.items()}),
        gain=_rounded({name: value / temperature for name, value in raw.gain.items()}),
        signals=_rounded({name: value / temperature for name, value in raw.signals.items()}),
        slip=slip,
    )


def _seven_scores(page: Seen, weights: Weights) -> list[float]:
    scores = weights.scores(item for item in page.evidence if item.content_class in FITTED)
    return [scores[name] for name in FITTED]


def _surprise(tried: Sequence[tuple[Any, int]], temperature: float, slip: float) -> float:
    shares = _softmax(np.array([scores for scores, _ in tried]) / temperature)
    right = shares[np.arange(len(tried)), [label for _, label in tried]]
    return float(-np.log(right * (1 - slip) + slip / len(FITTED) + 1e-12).sum())


def read(pages: Sequence[Seen], likenesses: Mapping[str, Likeness]) -> list[Seen]:
    """Return pages with what they read like as a sign of its own, instead of what they read like before."""
    return [replace(page, evidence=(*_unread(page), *_reads(page, likenesses))) for page in pages]


def _unread(page: Seen) -> Iterator[Evidence]:
    return (item for item in page.evidence if item.name != SIGN)


def _reads(page: Seen, likenesses: Mapping[str, Likeness]) -> Iterator[Evidence]:
    for name, likeness in likenesses.items() if page.traits else ():
        if weight := weight_of(likeness.chance(page.traits)):
            yield Evidence(content_class=name, weight=weight, reason="what it reads like", name=SIGN)


def likenesses_of(pages: Sequence[Seen]) -> dict[str, Likeness]:
    """Return what pages of some classes read like."""
    traits, sources = [page.traits for page in pages], [page.source for page in pages]
    return learn(traits, sources, [page.sample.label for page in pages], _counts(pages), READ)


def read_unseen(pages: Sequence[Seen]) -> list[Seen]:
    """Return pages with what each reads like to those who saw none of its source: as good as on any other."""
    found = {
        id(page): done
        for seen, unseen in _folds(pages, SEEDS[0])
        for page, done in zip(unseen, read(unseen, likenesses_of(seen)), strict=True)
    }
    return [found[id(page)] for page in pages]


def _tried(seen: Sequence[Seen], unseen: Sequence[Seen], unknown_below: float) -> list[Answered]:
    """Return what is said of pages by weights and likenesses of others."""
    weights = calibrated(read_unseen(seen), unknown_below)
    return [answer(page, weights) for page in read(unseen, likenesses_of(seen))]


def held_out(pages: Sequence[Seen], unknown_below: float) -> list[Figures]:
    """Return the figures of several partings: each page by weights that saw none of its source."""
    return [
        figures(
            [one for seen, unseen in _folds(pages, seed) for one in _tried(seen, unseen, unknown_below)],
            CLASSES,
        )
        for seed in SEEDS
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The weights to ship, and how good weights made in the same way are on sources that they did not see."""

    weights: Weights
    likenesses: dict[str, Likeness]
    development: list[Figures]
    """Folds of the half of the sources that detectors are tuned to."""
    check: Figures
    """The other half, by weights that were fitted to the first alone."""
    every: list[Figures]
    """Folds of all sources: the shipped weights are fitted to all of them."""


def is_development(source: str) -> bool:
    """Return whether a source is of the half that detectors and penalties are tuned to."""
    return int(sha256(f"{SALT}{source}".encode()).hexdigest(), 16) % 2 == 0


def fit_all(pages: Sequence[Seen], about: Mapping[str, Any], unknown_below: float = UNKNOWN_BELOW) -> Fit:
    """Return weights with their figures.

    Raises:
        ValueError: there are too few sources to part into folds, or a half lacks pages.
    """
    halves = {
        half: [page for page in pages if is_development(page.sample.source) is half] for half in (True, False)
    }
    for half, held in halves.items():
        if len({page.source for page in held}) < FOLDS:
            name = "development" if half else "check"
            raise ValueError(f"the {name} half has fewer than {FOLDS} sources (column repo)")
    development = held_out(halves[True], unknown_below)
    check = figures(_tried(halves[True], halves[False], unknown_below), CLASSES)
    every = held_out(pages, unknown_below)
    found = {
        "development": [_short(one) for one in development],
        "check": _short(check),
        "every_source": [_short(one) for one in every],
    }
    floor = {
        "macro_f1": round(mean(_value(one.macro_f1) for one in development) - SLACK, 3),
        "ece": round(mean(one.ece for one in development) + SLACK, 3),
    }
    facts = {**about, "pages": len(pages), "result": found, "floor": floor}
    weights = calibrated(read_unseen(pages), unknown_below, facts)
    return Fit(
        weights=weights,
        likenesses=likenesses_of(pages),
        development=development,
        check=check,
        every=every,
    )


def _short(found: Figures) -> dict[str, Any]:
    return {
        "pages": found.pages,
        "macro_f1": round(_value(found.macro_f1), 3),
        "f1": {name: round(_value(scores.f1), 3) for name, scores in found.classes.items()},
        "ece": round(found.ece, 3),
    }


def _value(share: Share) -> float:
    return share.value or 0.0


def as_json(weights: Weights) -> str:
    """Return the text of a weights file."""
    facts = {
        "about": weights.about,
        "unknown_below": weights.unknown_below,
        "slip": weights.slip,
        "bias": weights.bias,
        "gain": weights.gain,
        "signals": weights.signals,
    }
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
