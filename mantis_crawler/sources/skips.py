"""The lines of a feed that gave no indicator, however many, in a few bytes each."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import overload

from mantis_crawler.items import Skip, SkipReason

_REASONS = tuple(SkipReason)
_PLACES = {reason: place for place, reason in enumerate(_REASONS)}


class Skips(Sequence[Skip]):
    """Skips of one feed: thirteen bytes a line, and each different text once.

    Feeds repeat themselves: a million lines of a list that was joined from others are a few thousand
    texts. A `Skip` is made when it is asked for.
    """

    def __init__(self, feed: str) -> None:
        self._feed = feed
        self._lines = array("I")
        self._reasons = bytearray()
        self._raws = array("I")
        self._details = array("I")
        self._texts: dict[str, int] = {}
        self._by_place: list[str] = []

    def add(self, line: int, raw: str, reason: SkipReason, detail: str = "") -> None:
        """Add a line; *raw* is cut already."""
        self._lines.append(line)
        self._reasons.append(_PLACES[reason])
        self._raws.append(self._place(raw))
        self._details.append(self._place(detail))

    @property
    def reasons(self) -> dict[SkipReason, int]:
        """How many there are of each reason, most frequent first."""
        return {_REASONS[place]: count for place, count in Counter(self._reasons).most_common()}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Skip: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Skip, ...]: ...
    def __getitem__(self, place: int | slice) -> Skip | tuple[Skip, ...]:
        if isinstance(place, slice):
            return tuple(self._at(one) for one in range(*place.indices(len(self))))
        return self._at(place)

    def __iter__(self) -> Iterator[Skip]:
        return map(self._at, range(len(self)))

    def _at(self, place: int) -> Skip:
        return Skip(
            feed=self._feed,
            line=self._lines[place],
            raw=self._by_place[self._raws[place]],
            reason=_REASONS[self._reasons[place]],
            detail=self._by_place[self._details[place]],
        )

    def _place(self, text: str) -> int:
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = len(self._by_place)
            self._by_place.append(text)
        return known
