"""Reads a feed file: decodes it, chooses its reader, and accounts for every line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mantis_crawler.items import Artifact, Indicator, Skip, SkipReason
from mantis_crawler.sources.base import Entry, FeedError, Source
from mantis_crawler.sources.decode import decode, file_blocks, plain_lines
from mantis_crawler.sources.lines import BLOCK, RAW, count_lines
from mantis_crawler.sources.markings import marked
from mantis_crawler.sources.skips import Skips

LARGEST = 256 * 1024 * 1024
"""Bytes; a larger feed is to be split."""
_BEGINNING = 65_536
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed said, whole: indicators, and the lines that gave none."""

    name: str
    source: str
    """Name of the format it was read as."""
    lines: int
    indicators: tuple[Indicator | Artifact, ...]
    """In order; an expansion's lines are artifacts already."""
    skips: Skips

    @property
    def reasons(self) -> dict[SkipReason, int]:
        """How many skips there are of each reason, most frequent first."""
        return self.skips.reasons


def read_feed(path: Path, *, sources: Mapping[str, Source]) -> Feed:
    """Read a feed file.

    Args:
        path: The file.
        sources: The readers to choose from, by name.

    Raises:
        FeedError: the file cannot be read, or nothing in it is an indicator; the message says what to do.
    """
    name = path.name
    if lines := _large(path):
        blocks = partial(file_blocks, path)
        beginning = decode(next(blocks()).encode(), name)
        source = choose(beginning, sources)
        return _feed(source.stream(blocks, name), name, lines, source.name)
    return read_text(_decoded(path, name), name, sources)


def read_text(text: str, name: str, sources: Mapping[str, Source]) -> Feed:
    """Read a feed that is decoded already.

    Args:
        text: The whole feed.
        name: Its file name, for the entries.
        sources: The readers to choose from, by name.

    Raises:
        FeedError: nothing in it is an indicator.
    """
    text = text.removeprefix("\ufeff")
    if _SURROGATE.search(text):
        text = text.encode("utf-8", "replace").decode()
    if not text or text.isspace():
        raise FeedError(f"{name} is empty: give a file with one address, host name or URL a line")
    source = choose(text, sources)
    return _feed(source.read(text, name), name, count_lines(text), source.name)


def choose(text: str, sources: Mapping[str, Source]) -> Source:
    """Return the reader that is surest of a feed; of equals, the first.

    Raises:
        FeedError: there is no reader at all.
    """
    if not sources:
        raise FeedError("no reader of feeds is on the shelf")
    beginning = text[:_BEGINNING]
    if len(text) > _BEGINNING:
        beginning = beginning[: max(beginning.rfind("\n"), beginning.rfind("\r")) + 1] or beginning
    return max(sources.values(), key=lambda source: source.recognises(beginning))


def _feed(entries: Iterable[Entry], name: str, lines: int, source: str) -> Feed:
    kept, skips = _sorted(marked(entries), name)
    feed = Feed(name=name, source=source, lines=lines, indicators=kept, skips=skips)
    if not kept:
        raise FeedError(_nothing(feed))
    return feed


def _large(path: Path) -> int:
    """Return how many lines a file has that is read in parts; 0: it is read whole."""
    try:
        size = path.stat().st_size if path.is_file() else 0
        return plain_lines(path) if BLOCK < size <= LARGEST else 0
    except (OSError, ValueError):
        return 0  # who reads it whole says what is wrong


def _decoded(path: Path, name: str) -> str:
    """Return a file's text; its bytes are let go here."""
    data = _bytes(path)
    if not data or data.isspace():
        raise FeedError(f"{name} is empty: give a file with one address, host name or URL a line")
    return decode(data, name)


def _bytes(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        if reason := _no_feed(path):
            raise FeedError(f"{name} {reason}")  # noqa: TRY301 - one place says what is wrong with a file
        return path.read_bytes()
    except FeedError:
        raise
    except FileNotFoundError:
        raise FeedError(f"there is no file {str(path)!r}: check the name and the folder") from None
    except PermissionError:
        raise FeedError(f"{name} may not be read: give yourself the right to read it") from None
    except (OSError, ValueError) as error:
        raise FeedError(f"{name} cannot be read: {error}") from error


def _no_feed(path: Path) -> str:
    """Return why a path is no feed, before it is opened; empty if it may be one."""
    if path.is_dir():
        return "is a folder: give one file of it"
    if path.stat().st_size > LARGEST:
        return f"is larger than {LARGEST // 2**20} MB: split it into smaller files"
    if path.is_fifo() and path.parts[:2] not in {("/", "dev"), ("/", "proc")}:
        return "is a pipe, which may never end: give the name of a file"
    return ""


def _sorted(entries: Iterable[Entry], name: str) -> tuple[tuple[Indicator | Artifact, ...], Skips]:
    """Part indicators from skips; what was there before becomes a skip."""
    seen: dict[tuple[str, str], int] = {}
    kept: list[Indicator | Artifact] = []
    skips = Skips(name)
    for line, entry in _numbered(entries):
        if isinstance(entry, Skip):
            skips.add(entry.line, entry.raw, entry.reason, entry.detail)
            continue
        first = seen.setdefault(_identity(entry), line)
        if len(seen) > len(kept):
            kept.append(entry)
        else:
            raw = entry.raw if isinstance(entry, Indicator) else entry.key
            skips.add(line, raw.strip()[:RAW], SkipReason.DUPLICATE, f"first on line {first}")
    return tuple(kept), skips


def _numbered(entries: Iterable[Entry]) -> Iterator[tuple[int, Entry]]:
    """Yield entries with their lines; an artifact keeps its first feed's line, so it is counted here."""
    line = 0
    for entry in entries:
        line = line + 1 if isinstance(entry, Artifact) else entry.line
        yield line, entry


def _identity(entry: Indicator | Artifact) -> tuple[str, str]:
    if isinstance(entry, Artifact):
        return "artifact", entry.key
    return entry.type, f"{entry.value} {entry.context.get('port', '')}"


def _nothing(feed: Feed) -> str:
    counts = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in feed.reasons.items())
    return (
        f"{feed.name} holds no indicator: of its {feed.lines} lines, {counts}. "
        "Give at least one public address, host name, URL or hash."
    )
