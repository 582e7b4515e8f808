"""How pages of a theme give themselves away: by many of its words, in the title and in the text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from mantis_crawler.detectors.view import View
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import Signal

_LABELS = re.compile(r"[\d.-]++|^|$")
_NAMED = re.compile(r"""\b(?:src|href|class|id|alt)=["']([^"'<>]{1,200})""")
_WORD = re.compile(r"[a-z]{4,20}")
_PATH_LIMIT = 300_000
"""Characters of a source in which the names of files, links and classes are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The words of a theme. One word never decides: distinct ones are counted."""

    strong: Lexicon
    """Words that pages of other themes seldom use."""
    weak: Lexicon
    """Words that count only beside others."""
    guard: Lexicon
    """Words of pages that speak about the theme and are not of it."""
    hosts: frozenset[str]
    """Parts of host names that the trade likes."""
    paths: frozenset[str]
    """Words that name pages, pictures and parts of its sites, whatever language they speak."""
    signs: str
    """Pictographs that the trade likes."""
    makers: Mapping[str, str]
    """What the source of its pages holds, lower case: who is behind it."""


_RATES = ((500, 0.28, 0.85), (1_500, 0.2, 0.85), (inf, 0.14, 0.8))
"""Below so many characters a word weighs so much, and all words no more than: a short page is its words."""


def themed(seen: View, theme: Theme) -> Iterator[Signal]:
    """Yield what the words of a page say for a theme."""
    strong = theme.strong.found(seen.words)
    weak = theme.weak.found(seen.words)
    guards = theme.guard.found(seen.title + seen.opening, 4)
    calm = 0.45 if len(guards) >= 2 and len(strong) < 12 else 1.0
    points = len(strong) + 0.4 * len(weak)
    if strong or len(weak) > 3:
        each, most = next(rate for below, *rate in _RATES if seen.length < below)
        weight = min(each * points, most) * calm * _density(seen, len(strong), len(weak))
        yield seen.signal(
            "words",
            weight,
            f"it uses {len(strong) + len(weak)} words of the theme: {listed((*strong, *weak))}",
        )
    yield from _titled(seen, theme, points, calm)
    yield from _built(seen, theme, calm)
    aside = theme.strong.found(seen.hidden_words, 8)
    if len(aside) > 1:
        weight = min(0.12 * len(aside), 0.5) * calm
        yield seen.signal(
            "hidden", weight, f"its description or pictures' texts use such words: {listed(aside)}"
        )


def _built(seen: View, theme: Theme, calm: float) -> Iterator[Signal]:
    makers = sorted({maker for mark, maker in theme.makers.items() if mark in seen.source})
    if makers:
        spoken = 1.0 if theme.strong.found(seen.words, 1) else 0.3
        weight = min(0.3 + 0.1 * len(makers), 0.6) * calm * spoken
        yield seen.signal("makers", weight, f"it is built with what the trade uses: {listed(makers)}")
    labels = _LABELS.sub(" ", seen.page.host)
    if part := next((part for part in sorted(theme.hosts) if part in labels), ""):
        yield seen.signal("host", 0.3 * calm, f"its host's name says {quote(part.strip())}")
    if len(named := _paths(seen, theme)) >= 3:
        weight = min(0.1 * len(named), 0.5) * calm
        yield seen.signal("paths", weight, f"its links, pictures and parts are called {listed(named)}")
    signs = [sign for sign in theme.signs if sign in seen.text or sign in seen.title_text]
    if signs:
        yield seen.signal("signs", min(0.15 * len(signs), 0.45), f"it shows {' '.join(signs[:5])}")


def _paths(seen: View, theme: Theme) -> list[str]:
    """Return words of the trade by which a page names files and parts: a shell's text is drawn late."""
    named = " ".join(_NAMED.findall(seen.source[:_PATH_LIMIT]))
    return sorted(theme.paths.intersection(_WORD.findall(named)))


def _titled(seen: View, theme: Theme, points: float, calm: float) -> Iterator[Signal]:
    strong = theme.strong.found(seen.title, 5)
    weak = theme.weak.found(seen.title, 5)
    if (strong or weak) and points > 0.8:
        weight = min(0.45 * len(strong) + 0.2 * len(weak), 0.7) * calm
        yield seen.signal("titled", weight, f"its title uses such words: {listed((*strong, *weak))}")


def _density(seen: View, strong: int, weak: int) -> float:
    """A long page uses many words once: the same few weigh less there."""
    if seen.length < 4_000 or strong + weak >= 14:
        return 1.0
    return max(0.35, 1.0 - (seen.length - 4_000) / 20_000)
