"""How what pages read like is learned: linear models over their traits, and tried on sources unseen.

Needs scikit-learn, which only those have who fit.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mantis_crawler.commands.later import Later
from mantis_crawler.detectors.reading import Likeness

if TYPE_CHECKING:
    import numpy as np
    from scipy import sparse
    from sklearn import feature_selection, linear_model
else:
    np, sparse = Later("numpy"), Later("scipy.sparse")
    feature_selection, linear_model = Later("sklearn.feature_selection"), Later("sklearn.linear_model")

LEAST_PAGES, LEAST_SOURCES, MOST = 4, 3, 0.9
"""A trait is known if so many pages of so many sources have it, and no more than such a share of all."""
KEPT = 1_500
"""Traits of a class: those that tell it from the others best."""
FREEDOM = 10.0
"""The inverse of the penalty on weights; a third of it changes macro-F1 by less than 0.005."""


def learn(
    traits: Sequence[Sequence[str]],
    sources: Sequence[str],
    labels: Sequence[str],
    counts: Any,
    names: Mapping[str, str],
) -> dict[str, Likeness]:
    """Return a likeness for each class that there are pages of, by its name.

    Args:
        traits: of each page.
        sources: of each page; what only few of them have is not learned.
        labels: of each page.
        counts: how much each page counts.
        names: of the classes, by their label.
    """
    known = _known(traits, sources)
    there = _there(traits, known)
    weighed = np.asarray(counts)
    found: dict[str, Likeness] = {}
    for label, name in names.items():
        mine = np.array([one == label for one in labels])
        if known and 0 < mine.sum() < len(mine):
            found[name] = _likeness(there, known, mine, weighed)
    return found


def _known(traits: Sequence[Sequence[str]], sources: Sequence[str]) -> list[str]:
    pages: Counter[str] = Counter()
    seen: dict[str, set[str]] = defaultdict(set)
    for found, source in zip(traits, sources, strict=True):
        pages.update(found)
        for trait in found:
            seen[trait].add(source)
    most = MOST * len(traits)
    return sorted(
        trait
        for trait, count in pages.items()
        if LEAST_PAGES <= count < most and len(seen[trait]) >= LEAST_SOURCES
    )


def _there(traits: Sequence[Sequence[str]], known: Sequence[str]) -> Any:
    """Return which page has which trait, as a matrix."""
    place = {trait: column for column, trait in enumerate(known)}
    cells = [(row, place[trait]) for row, found in enumerate(traits) for trait in found if trait in place]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(traits), len(known)))


def _likeness(there: Any, known: Sequence[str], mine: Any, counts: Any) -> Likeness:
    telling = np.nan_to_num(feature_selection.chi2(there.multiply(counts[:, None]).tocsr(), mine)[0])
    columns = np.sort(np.argsort(-telling, kind="stable")[:KEPT])
    names = [known[column] for column in columns]
    even = Likeness(bias=0.0, weights=dict.fromkeys(names, 1.0))
    rows = there[:, columns].tocsr()
    place = {name: column for column, name in enumerate(names)}
    cells = [
        (row, place[trait], share)
        for row in range(rows.shape[0])
        for trait, share in even.shares([names[column] for column in rows[row].indices]).items()
    ]
    scaled = sparse.csr_matrix(
        ([cell[2] for cell in cells], ([cell[0] for cell in cells], [cell[1] for cell in cells])),
        shape=rows.shape,
    )
    model = linear_model.LogisticRegression(C=FREEDOM, solver="liblinear").fit(
        scaled, mine, sample_weight=counts
    )
    weights = {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}
    return Likeness(
        bias=round(float(model.intercept_[0]), 3),
        weights={name: weight for name, weight in weights.items() if weight},
    )


def as_json(likenesses: Mapping[str, Likeness]) -> str:
    """Return the text of a file of likenesses: one line a class would be unreadable, one a trait is not."""
    facts = {name: {"bias": one.bias, "weights": _ordered(one.weights)} for name, one in likenesses.items()}
    return json.dumps(facts, indent=0, ensure_ascii=False) + "\n"


def _ordered(weights: Mapping[str, float]) -> dict[str, float]:
    """Return weights with those first that speak for the class most."""
    ordered: Iterable[str] = sorted(weights, key=lambda trait: (-weights[trait], trait))
    return {trait: weights[trait] for trait in ordered}
