"""Which names look made by a program: told of a cluster of siblings, never of one name.

Of a five-letter label nobody can tell (a trigram model finds 6 of 100 at one false alarm in a hundred). Of
dozens of labels of one shape below one suffix the letters can: people's words prefer some letters, a
random generator none. Friedman's index of coincidence is 0.038 for even letters, from 0.060 for the
languages of Europe.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

_SMALLEST = 12
"""Siblings of a cluster."""
_LETTERS = 60
"""Of a cluster in all: below it chance decides."""
_HIGHEST = 0.05
"""Index of coincidence; half way between a generator's and a language's."""
_RUN = re.compile(r"[a-z]+|[0-9]+")


def generated(names: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the names whose clusters look generated.

    Args:
        names: Host names in A-labels, each with the suffix below which anybody can have a name.
    """
    clusters: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, suffix in names:
        own = name.removesuffix(f".{suffix}") if suffix else ""
        if own and own != name and "xn--" not in own:
            clusters[suffix, shape(own)].add(name)
    return frozenset(
        name
        for (suffix, _), siblings in clusters.items()
        if _looks_so({name.removesuffix(f".{suffix}") for name in siblings})
        for name in siblings
    )


def shape(labels: str) -> str:
    """Return how labels are built: letters and digits by their number, signs as they are."""
    return _RUN.sub(lambda run: f"{'a' if run[0].isalpha() else '0'}{len(run[0])}", labels)


def coincidence(text: str) -> float:
    """Return the chance that two signs drawn from a text are the same."""
    counts, size = Counter(text), len(text)
    return sum(count * (count - 1) for count in counts.values()) / (size * (size - 1)) if size > 1 else 1.0


def _looks_so(siblings: set[str]) -> bool:
    letters = "".join(re.sub(r"[^a-z]", "", name) for name in sorted(siblings))
    return len(siblings) >= _SMALLEST and len(letters) >= _LETTERS and coincidence(letters) <= _HIGHEST
