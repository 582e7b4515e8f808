"""Rows of a table with the lines that they stand on; one open quote loses one line, never the rest."""

import csv
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

_SPAN = 20
"""Lines that one quoted field may go over."""
_SIZE = 65_536
_COMMENT = re.compile(r"\s*(?:#|//|;\s)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as cells."""

    line: int
    """Its first line, counted from 1."""
    lines: tuple[str, ...]
    """As written; a row may go over several."""
    cells: tuple[str, ...]
    longest: int
    """Characters of its longest line."""

    @property
    def raw(self) -> str:
        """Its first line, as written."""
        return self.lines[0]


def comment(raw: str) -> bool:
    """Return whether a line is a comment."""
    return _COMMENT.match(raw) is not None


def rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Yield every row in order; blank lines and comments are rows too."""
    rest = iter(lines)
    ahead = deque(islice(rest, _SPAN))
    line = 1
    while ahead:
        span = 1 if comment(ahead[0]) else _span(ahead, delimiter)
        block = tuple(ahead.popleft() for _ in range(span))
        ahead.extend(islice(rest, span))
        longest = max(map(len, block))
        parsed = cells("\n".join(block), delimiter) if longest <= _SIZE else block[:1]
        yield Row(line=line, lines=block, cells=parsed, longest=longest)
        line += span


def cells(text: str, delimiter: str) -> tuple[str, ...]:
    """Return one row's text as cells. What is broken in it is read as it stands."""
    try:
        parsed = [*csv.reader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True)]
    except csv.Error:
        parsed = []
    if len(parsed) == 1:
        return tuple(parsed[0])
    return tuple(cell.strip().strip('"') for cell in text.split(delimiter))


def _span(ahead: Collection[str], delimiter: str) -> int:
    """Return over how many of the lines ahead the row goes that begins with the first."""
    first = next(iter(ahead))
    if first.count('"') % 2 == 0 or not re.search(rf'(?:^|{re.escape(delimiter)})\s*"', first):
        return 1
    quotes, size = 0, 0
    for span, line in enumerate(ahead, start=1):
        quotes += line.count('"')
        size += len(line)
        if size > _SIZE:
            return 1
        if quotes % 2 == 0:
            return span
    return 1
