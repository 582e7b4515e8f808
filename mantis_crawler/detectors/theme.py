"""How pages of a theme give themselves away: by many of its words, in the title and in the text."""

from collections.abc import Iterator
from dataclasses import dataclass

from mantis_crawler.detectors.view import View
from mantis_crawler.detectors.words import Lexicon, listed
from mantis_crawler.items import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The words of a theme. One word never decides: distinct ones are counted."""

    strong: Lexicon
    """Words that pages of other themes seldom use."""
    weak: Lexicon
    """Words that count only beside others."""
    guard: Lexicon
    """Words of pages that speak about the theme and are not of it."""


def themed(seen: View, theme: Theme) -> Iterator[Signal]:
    """Yield what the words of a page say for a theme."""
    strong = theme.strong.found(seen.words)
    weak = theme.weak.found(seen.words)
    titled = theme.strong.found(seen.title, 5)
    weakly = theme.weak.found(seen.title, 5)
    calm = 0.45 if len(theme.guard.found(seen.title + seen.opening, 3)) >= 2 and len(strong) < 12 else 1.0
    dense = _density(seen, len(strong), len(weak))
    if strong or len(weak) > 2:
        points = len(strong) + 0.4 * len(weak)
        weight = min(0.14 * points, 0.8) * calm * dense
        yield seen.signal(
            weight, f"it uses {len(strong) + len(weak)} words of the theme: {listed((*strong, *weak))}"
        )
    if (titled or weakly) and len(strong) + len(weak) > 1:
        weight = min(0.45 * len(titled) + 0.2 * len(weakly), 0.7) * calm
        yield seen.signal(weight, f"its title uses such words: {listed((*titled, *weakly))}")


def _density(seen: View, strong: int, weak: int) -> float:
    """A long page uses many words once: the same few weigh less there."""
    if seen.length < 4_000 or strong + weak >= 14:
        return 1.0
    return max(0.35, 1.0 - (seen.length - 4_000) / 20_000)
