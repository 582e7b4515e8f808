"""Tables: any delimiter and column order, with a header, a commented one or none."""

from collections.abc import Iterator, Sequence
from itertools import islice

from mantis_crawler.items import COUNTRIES, Indicator, SkipReason
from mantis_crawler.sources.base import Blocks, Entry, Source
from mantis_crawler.sources.layout import LOOKED_AT, Layout, sniff
from mantis_crawler.sources.lines import LONGEST, lines_of, skip, split_lines, text_blocks, too_long
from mantis_crawler.sources.roles import role_for
from mantis_crawler.sources.rows import Row, comment, rows
from mantis_crawler.sources.tokens import read_value
from mantis_crawler.sources.values import ALGORITHMS, Reading, Refusal, Value, no_value, read_hash

_ALIASES = {"uk": "gb", "el": "gr"}


class Csv(Source):
    """Reads tables; the column of the values is found by what is in it."""

    name = "csv"

    def recognises(self, text: str) -> float:
        """Return how much of the text falls into rows of one length, with a column of values."""
        layout = sniff(split_lines(text))
        return 0.3 + 0.65 * layout.share if layout else 0.0

    def read(self, text: str, feed: str) -> Iterator[Entry]:
        """Yield one indicator a row, its other cells as context, or why there is none."""
        yield from self.stream(lambda: text_blocks(text), feed)

    def stream(self, blocks: Blocks, feed: str) -> Iterator[Entry]:
        """Yield what `read` does, a row at a time."""
        layout = sniff([*islice(lines_of(blocks), LOOKED_AT)])
        if layout is None:
            reason = "no column of values is found"
            for number, raw in enumerate(lines_of(blocks), start=1):
                yield skip(feed, number, raw, SkipReason.UNREADABLE, reason)
            return
        for row in rows(lines_of(blocks), layout.delimiter):
            yield _entry(row, layout, feed)
            for further, raw in enumerate(row.lines[1:], start=row.line + 1):
                detail = f"continues line {row.line}"
                yield skip(feed, further, raw, SkipReason.NO_INDICATOR, detail)


def _entry(row: Row, layout: Layout, feed: str) -> Entry:
    if not row.raw.strip():
        return skip(feed, row.line, row.raw, SkipReason.BLANK)
    if row.longest > LONGEST:
        return too_long(feed, row.line, row.raw)
    if row.line == layout.header_line or [cell.strip() for cell in row.cells] == list(layout.header):
        return skip(feed, row.line, row.raw, SkipReason.HEADER)
    if comment(row.raw):
        return skip(feed, row.line, row.raw, SkipReason.COMMENT)
    place, reading = _value(row.cells, layout)
    if isinstance(reading, Refusal):
        return skip(feed, row.line, row.raw, reading.reason, reading.detail)
    return _indicator(row, place, reading, layout, feed)


def _value(cells: Sequence[str], layout: Layout) -> tuple[int, Reading]:
    """Return the value of a row with its column; the other columns are asked where the first has none."""
    first: tuple[int, Reading] | None = None
    for place in layout.values:
        if place >= len(cells) or not cells[place].strip():
            continue
        reading = _typed(cells[place], _cell(cells, layout.type))
        if isinstance(reading, Value):
            return place, reading
        first = first or (place, reading)
    return first or (layout.values[0], no_value("no value in the row"))


def _typed(cell: str, kind: str) -> Reading:
    wanted = kind.strip().casefold().replace("-", "").removesuffix("_hash")
    if wanted not in ALGORITHMS.values():
        return read_value(cell)
    reading = read_hash(cell.strip().strip("\"'`"))
    if isinstance(reading, Value) and reading.context["algorithm"] == wanted:
        return reading
    return Refusal(SkipReason.UNREADABLE, f"not the digits of a {wanted}")


def _indicator(row: Row, place: int, value: Value, layout: Layout, feed: str) -> Indicator:
    others = [index for index in range(len(row.cells)) if index != place and row.cells[index].strip()]
    told = [row.cells[index] for index in layout.telling if index in others]
    context = {layout.title(index): row.cells[index].strip() for index in others}
    return Indicator(
        value=value.value,
        raw=row.cells[place].strip(),
        type=value.type,
        role=role_for(value.type, *told),
        feed=feed,
        line=row.line,
        country=_country(_cell(row.cells, layout.country)),
        context={**context, **value.context},
    )


def _country(text: str) -> str | None:
    code = text.strip().lower()
    code = _ALIASES.get(code, code)
    return code if code in COUNTRIES else None


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
