"""JSON lines of an expansion, and JSON documents that list values."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import Any

from mantis_crawler.items import SkipReason
from mantis_crawler.sources.base import Blocks, Entry, Source
from mantis_crawler.sources.lines import lines_of, skip, split_lines, text_blocks, too_long
from mantis_crawler.sources.objects import entry_of, members

LONGEST = 65_536
"""Characters of a line: an artifact carries its whole history."""
_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\"{\[\]])")
_SAMPLE = 20
_MISSES = 50
"""Members whose line is not found until lines are no longer looked for: it would take too long."""


class Jsonl(Source):
    """Reads one artifact or value an object: a line each, or the members of one document."""

    name = "jsonl"

    def recognises(self, text: str) -> float:
        """Return how sure the reader is: by the first lines, which start and end as objects do."""
        lines = [line.strip() for line in split_lines(text) if line.strip()][:_SAMPLE]
        objects = sum(line.startswith("{") and line.endswith("}") for line in lines)
        if lines and objects > len(lines) / 2:
            return 0.95
        return 0.9 if _START.match(text) else 0.0

    def read(self, text: str, feed: str) -> Iterator[Entry]:
        """Yield an artifact or indicator for each object, or why it gives none."""
        yield from self.stream(lambda: text_blocks(text), feed)

    def stream(self, blocks: Blocks, feed: str) -> Iterator[Entry]:
        """Yield what `read` does: objects a line at a time; a document has to be held whole."""
        if not _by_line(blocks):
            text = "".join(blocks())
            document = _parsed(text)
            if isinstance(document, dict | list):
                yield from _document(document, text, split_lines(text), feed)
                return
        for number, raw in enumerate(lines_of(blocks), start=1):
            yield _line(raw, feed, number)


def _by_line(blocks: Blocks) -> bool:
    first = [*islice((line for line in lines_of(blocks) if line.strip()), 2)]
    return len(first) > 1 and isinstance(_parsed(first[0]), dict)


def _parsed(text: str) -> Any:
    """Return JSON as Python values, or the `ValueError` that says what is wrong with it."""
    try:
        return json.loads(text)
    except RecursionError:
        return ValueError("nested too deeply")
    except ValueError as error:
        return error


def _line(raw: str, feed: str, number: int) -> Entry:
    if not raw.strip():
        return skip(feed, number, raw, SkipReason.BLANK)
    if len(raw) > LONGEST:
        return too_long(feed, number, raw, LONGEST)
    parsed = _parsed(raw)
    if isinstance(parsed, ValueError):
        return skip(feed, number, raw, SkipReason.UNREADABLE, f"not JSON: {parsed}"[:200])
    return entry_of(parsed, feed, number, raw)


def _document(document: Any, text: str, lines: list[str], feed: str) -> Iterator[Entry]:
    """Yield the members of a document; a line on which none starts is its structure."""
    ends = [*accumulate(len(part) for part in re.findall(r"[^\r\n]*(?:\r\n|\r|\n|\Z)", text))]
    position, told, misses = 0, 0, 0
    before: str | None = None
    for member in members(document):
        wanted = next(_texts(member), None)
        if wanted is not None and wanted == before:  # another value of the same object
            yield entry_of(member, feed, told, _short(member))
            continue
        before = wanted
        place = _place(wanted, text, position) if misses < _MISSES else None
        misses += place is None
        position = position if place is None else place
        number = min(bisect_right(ends, position) + 1, len(lines))
        yield from _structure(lines, told + 1, number, feed)
        told = max(told, number)
        yield entry_of(member, feed, number, _short(member))
        position += place is not None
    yield from _structure(lines, told + 1, len(lines) + 1, feed)


def _structure(lines: list[str], first: int, end: int, feed: str) -> Iterator[Entry]:
    for number in range(first, end):
        raw = lines[number - 1]
        reason = SkipReason.HEADER if raw.strip() else SkipReason.BLANK
        yield skip(feed, number, raw, reason, "structure of the document")


def _place(wanted: str | None, text: str, position: int) -> int | None:
    """Return where a member stands in the text, as well as can be told: where its value does."""
    if wanted is None:
        return None
    places = (text.find(json.dumps(wanted, ensure_ascii=ascii_), position) for ascii_ in (False, True))
    return next((place for place in places if place >= 0), None)


def _texts(member: Any) -> Iterator[str]:
    if isinstance(member, str):
        yield member
    elif isinstance(member, dict):
        for name in ("pattern", "value", "url", "host", "domain", "ip"):
            if isinstance(member.get(name), str):
                yield member[name]
        yield from (value for value in member.values() if isinstance(value, str))


def _short(member: Any) -> str:
    try:
        return json.dumps(member, ensure_ascii=False)[:400]
    except (RecursionError, ValueError):
        return "{...}"
