"""Lines of a feed, as an editor counts them, and what becomes of those that give nothing."""

import re
from collections.abc import Iterator

from mantis_crawler.items import Skip, SkipReason
from mantis_crawler.sources.base import Blocks

LONGEST = 8_192
"""Characters; a longer line is not read, whatever is in it."""
RAW = 200
"""Characters that a skip keeps of its line."""

BLOCK = 2**20
"""Characters, or bytes, of a feed that are looked at together."""
_BREAK = re.compile(r"\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text. A form feed is white space, not the end of a line."""
    lines = _BREAK.split(text) if "\r" in text else text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def text_blocks(text: str) -> Iterator[str]:
    """Yield a text in parts, each of whole lines."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + BLOCK) + 1 or len(text)
        yield text[start:end]
        start = end


def lines_of(blocks: Blocks) -> Iterator[str]:
    """Yield what `split_lines` returns, of a feed in parts."""
    for block in blocks():
        yield from split_lines(block)


def count_lines(text: str) -> int:
    """Return how many lines `split_lines` would give."""
    breaks = text.count("\n") + text.count("\r") - text.count("\r\n")
    return breaks + bool(text and text[-1] not in "\r\n")


def skip(feed: str, line: int, raw: str, reason: SkipReason, detail: str = "") -> Skip:
    """Return a line that gave no indicator."""
    return Skip(feed=feed, line=line, raw=raw.strip()[:RAW], reason=reason, detail=detail)


def too_long(feed: str, line: int, raw: str, limit: int = LONGEST) -> Skip:
    """Return the skip of a line that is longer than we read."""
    detail = f"{len(raw):,} characters; at most {limit:,} are read"
    return skip(feed, line, raw[: RAW * 2], SkipReason.TOO_LONG, detail)
