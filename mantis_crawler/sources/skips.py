"""The lines of a feed that gave no indicator, however many: counted here, written to a file of their own."""

from collections import Counter
from collections.abc import Collection, Iterator
from os import SEEK_END
from struct import Struct
from tempfile import SpooledTemporaryFile
from weakref import finalize

from mantis_crawler.items import Skip, SkipReason
from mantis_crawler.sources.base import FeedError

HELD = 2**20
"""Bytes that are held in memory; with the first more, all go to a temporary file."""
_REASONS = tuple(SkipReason)
_PLACES = {reason: place for place, reason in enumerate(_REASONS)}
_HEAD = Struct("<IBII")
"""Line, place of the reason, bytes of the raw text and of the detail, which follow."""
_BUFFER = 65_536
_BLOCK = 1_000
"""Skips that are read at a time."""


class Skips(Collection[Skip]):
    """Skips of one feed, in order; a `Skip` is made when it is asked for.

    A million of them take as much memory as a few. The file has no name, and goes with the object.
    """

    def __init__(self, feed: str) -> None:
        self._feed = feed
        self._counts: Counter[SkipReason] = Counter()
        self._fresh = bytearray()
        self._file = SpooledTemporaryFile(max_size=HELD)  # noqa: SIM115 - closed with the object, below
        finalize(self, self._file.close)

    def add(self, line: int, raw: str, reason: SkipReason, detail: str = "") -> None:
        """Add a line; *raw* is cut already.

        Raises:
            FeedError: there is no room for it.
        """
        text, more = raw.encode("utf-8", "surrogatepass"), detail.encode("utf-8", "surrogatepass")
        self._fresh += _HEAD.pack(line, _PLACES[reason], len(text), len(more)) + text + more
        self._counts[reason] += 1
        if len(self._fresh) > _BUFFER:
            self._flush()

    @property
    def reasons(self) -> dict[SkipReason, int]:
        """How many there are of each reason, most frequent first."""
        return dict(self._counts.most_common())

    def __len__(self) -> int:
        return self._counts.total()

    def __contains__(self, skip: object) -> bool:
        return any(one == skip for one in self)

    def __iter__(self) -> Iterator[Skip]:
        place = 0
        for first in range(0, len(self), _BLOCK):
            rows, place = self._rows(place, min(_BLOCK, len(self) - first))
            yield from rows

    def _rows(self, place: int, count: int) -> tuple[list[Skip], int]:
        """Return so many skips from a place of the file on, and the place behind them."""
        self._flush()
        self._file.seek(place)
        return [self._row() for _ in range(count)], self._file.tell()

    def _row(self) -> Skip:
        line, reason, *sizes = _HEAD.unpack(self._file.read(_HEAD.size))
        raw, detail = (self._file.read(size).decode("utf-8", "surrogatepass") for size in sizes)
        return Skip(feed=self._feed, line=line, raw=raw, reason=_REASONS[reason], detail=detail)

    def _flush(self) -> None:
        try:
            self._file.seek(0, SEEK_END)
            self._file.write(self._fresh)
            self._file.flush()
        except OSError as error:
            raise FeedError(
                f"the skipped lines of {self._feed} cannot be kept: {error.strerror}; "
                "make room, or set TMPDIR to a folder that has some"
            ) from error
        self._fresh.clear()
