"""Rows of a table with the lines that they stand on; one open quote loses one line, never the rest."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SPAN = 20
"""Lines that one quoted field may go over."""
_SIZE = 65_536
_COMMENT = re.compile(r"\s*(?:#|//|;\s)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as cells."""

    line: int
    """Its first line, counted from 1."""
    span: int
    """How many lines it goes over."""
    cells: tuple[str, ...]
    raw: str
    longest: int
    """Characters of its longest line."""


def comment(raw: str) -> bool:
    """Return whether a line is a comment."""
    return _COMMENT.match(raw) is not None


def rows(lines: Sequence[str], delimiter: str) -> Iterator[Row]:
    """Yield every row in order; blank lines and comments are rows too."""
    place = 0
    while place < len(lines):
        raw = lines[place]
        span = 1 if comment(raw) else _span(lines, place, delimiter)
        block = lines[place : place + span]
        longest = max(map(len, block))
        parsed = cells("\n".join(block), delimiter) if longest <= _SIZE else (raw,)
        yield Row(line=place + 1, span=span, cells=parsed, raw=raw, longest=longest)
        place += span


def cells(text: str, delimiter: str) -> tuple[str, ...]:
    """Return one row's text as cells. What is broken in it is read as it stands."""
    try:
        parsed = [*csv.reader(text.splitlines(keepends=True), delimiter=delimiter, skipinitialspace=True)]
    except csv.Error:
        parsed = []
    if len(parsed) == 1:
        return tuple(parsed[0])
    return tuple(cell.strip().strip('"') for cell in text.split(delimiter))


def _span(lines: Sequence[str], place: int, delimiter: str) -> int:
    if lines[place].count('"') % 2 == 0 or not re.search(rf'(?:^|{re.escape(delimiter)})\s*"', lines[place]):
        return 1
    quotes, size = 0, 0
    for span, line in enumerate(lines[place : place + _SPAN], start=1):
        quotes += line.count('"')
        size += len(line)
        if size > _SIZE:
            return 1
        if quotes % 2 == 0:
            return span
    return 1
