"""Finds out how a table is laid out: by what its columns hold, helped by their names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from mantis_crawler.items import SkipReason
from mantis_crawler.sources.lines import LONGEST
from mantis_crawler.sources.rows import Row, cells, comment, rows
from mantis_crawler.sources.tokens import read_value
from mantis_crawler.sources.values import Refusal, Value

_SAMPLE = 200
"""Rows that are looked at."""
LOOKED_AT = 3 * _SAMPLE
"""Lines that they are looked for in, from the first."""
_DELIMITERS = ",;\t|"
_VALUE_NAMES = (
    "ioc iocs indicator indicators value ioc_value indicator_value observable artifact",
    "url urls phishing_url phish_url malicious_url landing_url",
    "domain domains host hosts hostname fqdn domain_name",
    "ip ips ip_address ipv4 ipv6 address dst_ip",
    "sha256 sha1 md5 hash file_hash sha256_hash sha1_hash md5_hash",
)
_RANK = {name: rank for rank, names in enumerate(_VALUE_NAMES) for name in names.split()}
_UNNAMED = len(_VALUE_NAMES)
_NOT_VALUES = re.compile(
    r"ref|link|source|report|version|seen|date|valid|e_?mail|contact|file_?name|package|detection|tag|resolver|asn|name_?server"
)
_TELLING = ("role", "threat_type", "comment", "category", "description", "type", "ioc_type", "tags", "notes")
_DULL = re.compile(r"ref|link|source|seen|date|valid|country|reporter|first|last|time|id$")
_COUNTRY = ("country", "country_code", "target_country", "victim_country", "cc", "geo", "target")
_TYPE = ("type", "ioc_type", "indicator_type", "hash_type", "algorithm")


@dataclass(frozen=True, slots=True)
class Layout:
    """What is where in a table."""

    delimiter: str
    share: float
    """Of the rows that have the usual number of cells."""
    header: tuple[str, ...]
    """Titles as written; empty if there are none."""
    header_line: int
    """0 if there is no header."""
    values: tuple[int, ...]
    """Columns that may hold the row's value, the likeliest first."""
    telling: tuple[int, ...]
    """Columns whose words may tell the role, the most telling first."""
    type: int | None
    country: int | None

    def title(self, place: int) -> str:
        """Return the name of a column."""
        name = self.header[place].strip() if place < len(self.header) else ""
        return name or f"column {place + 1}"


def sniff(lines: Sequence[str]) -> Layout | None:
    """Return the layout that fits best, or ``None`` if the lines are no table with a column of values."""
    layouts = [found for delimiter in _DELIMITERS if (found := _layout(lines, delimiter))]
    return max(layouts, key=lambda layout: layout.share, default=None)


def _layout(lines: Sequence[str], delimiter: str) -> Layout | None:
    if not any(delimiter in line for line in lines[:_SAMPLE]):
        return None
    found = [*islice((row for row in rows(lines[:LOOKED_AT], delimiter) if _data(row)), _SAMPLE)]
    if not found or sum(row.raw.lstrip().startswith(delimiter) for row in found) > len(found) / 2:
        return None
    width, usual = Counter(len(row.cells) for row in found).most_common(1)[0]
    table = [row for row in found if len(row.cells) == width]
    if width < 2 or usual < 0.6 * len(found):
        return None
    return _columns(lines, delimiter, table, usual / len(found))


def _data(row: Row) -> bool:
    return bool(row.raw.strip()) and not comment(row.raw) and row.longest <= LONGEST


def _columns(lines: Sequence[str], delimiter: str, table: list[Row], share: float) -> Layout | None:
    header_line, header = _header(lines, delimiter, table)
    data = [row for row in table if row.line != header_line]
    names = [_name(title) for title in header] or [""] * len(table[0].cells)
    shares = {place: _values(data, place) for place in range(len(names))}
    ranks = {place: _rank(name) for place, name in enumerate(names)}
    likely = [place for place, part in shares.items() if part > (0 if ranks[place] < _UNNAMED else 0.5)]
    if not likely or (len(likely) == len(names) and not header):
        return None
    first = min(likely, key=lambda place: (ranks[place], place))
    others = [place for place in ranks if place != first and shares[place] > 0 and ranks[place] < _UNNAMED]
    return Layout(
        delimiter=delimiter,
        share=share,
        header=header,
        header_line=header_line,
        values=(first, *sorted(others, key=ranks.__getitem__)),
        telling=_telling(names),
        type=_named(names, _TYPE),
        country=_named(names, _COUNTRY),
    )


def _header(lines: Sequence[str], delimiter: str, table: list[Row]) -> tuple[int, tuple[str, ...]]:
    """Return the header's line and titles: the first row if it holds no value, or the comment above it."""
    first = table[0]
    if len(table) > 1 and all(map(_no_value, first.cells)):
        return first.line, tuple(cell.strip() for cell in first.cells)
    for number in range(first.line - 1, 0, -1):
        raw = lines[number - 1]
        titles = cells(raw.strip().lstrip("#/; "), delimiter) if comment(raw) else ()
        if len(titles) == len(first.cells) and all(map(_no_value, titles)):
            return number, tuple(title.strip() for title in titles)
    return 0, ()


def _no_value(cell: str) -> bool:
    reading = read_value(cell)
    return isinstance(reading, Refusal) and reading.reason is SkipReason.NO_INDICATOR


def _values(data: list[Row], place: int) -> float:
    filled = [row.cells[place] for row in data if row.cells[place].strip()]
    return sum(isinstance(read_value(cell), Value) for cell in filled) / len(filled) if filled else 0.0


def _name(title: str) -> str:
    return re.sub(r"[\W_]+", "_", title.strip().casefold()).strip("_")


def _rank(name: str) -> int:
    return _RANK.get(name, _UNNAMED + bool(_NOT_VALUES.search(name)))


def _named(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _telling(names: list[str]) -> tuple[int, ...]:
    first = [names.index(name) for name in _TELLING if name in names]
    others = [place for place, name in enumerate(names) if place not in first and not _DULL.search(name)]
    return (*first, *others)
