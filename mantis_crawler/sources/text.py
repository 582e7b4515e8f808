"""Free text: one value on a line, trails with comments, or the prose of a report."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mantis_crawler.items import Indicator, IndicatorType, Role, SkipReason
from mantis_crawler.sources.bare import plain_name
from mantis_crawler.sources.base import Blocks, Entry, Source
from mantis_crawler.sources.lines import LONGEST, lines_of, skip, text_blocks, too_long
from mantis_crawler.sources.markings import marking_in
from mantis_crawler.sources.refang import live, refang
from mantis_crawler.sources.roles import role_for, role_of
from mantis_crawler.sources.tokens import Found, find_in, pattern, ready
from mantis_crawler.sources.values import Refusal, Value

_COMMENT = re.compile(r"[#;!]|//|<!--")
_NOTE = re.compile(r"(\S+)\s+(?:#|//|;)\s*(.*)", re.DOTALL)
_BULLET = re.compile(r"(?:[-*•‣◦·–—]|\(?\d{1,3}[.)])\s+(?=\S)")
_HOSTS_FILE = re.compile(r"(?:0\.0\.0\.0|127\.0\.0\.1|::1?)\s+(?=[\w.-]+\s*$)")
_HEADERS = frozenset(
    ("url", "urls", "domain", "domains", "host", "hosts", "hostname", "ip", "ips", "ioc", "iocs", "indicator")
)
_HEADING_LENGTH = 80
_DEFANGED = re.compile(r"\[\.\]|\(\.\)|\[dot\]|\[:\]//|h(?:xx|\*\*)ps?", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:references?|sources?|blog(?:post)?|report(?:ed)?|available|read more|see also|article|analysis)\b",
    re.IGNORECASE,
)


class Text(Source):
    """Reads any text, line by line; the one to fall back on."""

    name = "text"

    def recognises(self, text: str) -> float:
        """Return a little: every feed is text."""
        return 0.1 if text else 0.05

    def read(self, text: str, feed: str) -> Iterator[Entry]:
        """Yield the values of each line, or why there are none.

        A heading such as ``C2 servers:`` gives its role to the lines below it. In a feed that
        defangs, a live URL that the words call a source or report is no indicator.
        """
        yield from self.stream(lambda: text_blocks(text), feed)

    def stream(self, blocks: Blocks, feed: str) -> Iterator[Entry]:
        """Yield what `read` does; twice through the feed, a block of it in memory."""
        section: Role | None = None
        defangs = any(map(_DEFANGED.search, blocks()))
        before = ""
        for number, raw in enumerate(lines_of(blocks), start=1):
            if name := _plain(raw):
                yield _named(name, raw, feed, number, section)
                before = raw
                continue
            entries = [*_line(raw, feed, number, section)]
            if defangs and "://" in raw and _REFERENCE.search(f"{before} {_prose(raw)}"):
                entries = [_unless_reference(entry) for entry in entries]
            if _heading(raw) and not any(isinstance(entry, Indicator) for entry in entries):
                section = role_of(raw)
            before = raw if len(raw) <= LONGEST and "://" not in raw else ""
            yield from entries


@lru_cache(maxsize=32_768)
def _plain(raw: str) -> Value | None:
    return plain_name(raw)


def _named(name: Value, raw: str, feed: str, number: int, section: Role | None) -> Indicator:
    role = section or Role.LANDING
    return Indicator(value=name.value, raw=raw, type=name.type, role=role, feed=feed, line=number)


def _prose(raw: str) -> str:
    return re.sub(r"\S*://\S*", " ", raw[:LONGEST])


def _unless_reference(entry: Entry) -> Entry:
    if isinstance(entry, Indicator) and entry.type is IndicatorType.URL and not _DEFANGED.search(entry.raw):
        detail = "reads as a reference: defang it if it is an indicator"
        return skip(entry.feed, entry.line, entry.raw, SkipReason.NO_INDICATOR, detail)
    return entry


def _line(raw: str, feed: str, number: int, section: Role | None) -> Iterator[Entry]:
    line = raw.strip()
    if not line:
        yield skip(feed, number, raw, SkipReason.BLANK)
    elif len(raw) > LONGEST:
        yield too_long(feed, number, raw)
    elif _COMMENT.match(line):
        yield skip(feed, number, raw, SkipReason.COMMENT)
    elif line.casefold() in _HEADERS:
        yield skip(feed, number, raw, SkipReason.HEADER)
    else:
        yield from _values(line, feed, number, section)


def _values(line: str, feed: str, number: int, section: Role | None) -> Iterator[Entry]:
    body, note = _without_note(_HOSTS_FILE.sub("", _BULLET.sub("", line)))
    if body.startswith("|") and not body.startswith("||"):
        body = body.replace("|", " | ").strip()
    if body.startswith("/") and not re.search(r"\s", body):
        yield skip(feed, number, line, SkipReason.PATH_ONLY)
        return
    prose, patterns = _without_patterns(body)
    line_ready = ready(prose)
    found = find_in(line_ready, whole=not re.search(r"\s", prose))
    chunks = _Chunks(body)
    words = f"{_between(line_ready, found)} {note}"
    about = {"comment": note} if note else {"marking": words.strip()} if marking_in(words) else {}
    for item in found:
        if isinstance(item.reading, Refusal):
            yield skip(feed, number, line, item.reading.reason, item.reading.detail)
        else:
            role = role_for(item.reading.type, words, (section or Role.LANDING).value)
            yield Indicator(
                value=item.reading.value,
                raw=chunks.raw(item.token),
                type=item.reading.type,
                role=role,
                feed=feed,
                line=number,
                context={**item.reading.context, **about},
            )
    for chunk in patterns:
        yield skip(feed, number, line, SkipReason.PATTERN, f"{chunk[:60]!r} names no single host")
    if not found and not patterns:
        yield skip(feed, number, line, SkipReason.NO_INDICATOR)


def _heading(raw: str) -> bool:
    line = raw.strip().strip("*_").rstrip()
    return (
        0 < len(line) <= _HEADING_LENGTH
        and "://" not in line
        and (line[0] in "#=" or line.endswith((":", ":*")))
    )


def _without_note(line: str) -> tuple[str, str]:
    found = _NOTE.fullmatch(line)
    return (found[1], found[2].strip()) if found else (line, "")


def _without_patterns(body: str) -> tuple[str, list[str]]:
    if not pattern(body) and "*" not in body and "^" not in body:
        return body, []
    chunks = body.split()
    patterns = [chunk for chunk in chunks if pattern(chunk) and ("." in chunk or "\\" in chunk)]
    return " ".join(chunk for chunk in chunks if chunk not in patterns), patterns


def _between(line: str, found: list[Found]) -> str:
    """Return the words around the values: a path that says ``/phish`` tells no role."""
    words = live(line)
    for item in found:
        words = words.replace(item.token, " ", 1)
    return words


class _Chunks:
    """The words of a line as the feed wrote them, to find a value's own form again."""

    def __init__(self, body: str) -> None:
        self._written = body.split()
        self._live: dict[int, str] = {}
        self._next = 0

    def raw(self, token: str) -> str:
        """Return the word that holds a token, or the token if it was written over several words."""
        for place in range(self._next, len(self._written)):
            chunk = self._written[place]
            if token in chunk or token in self._refanged(place):
                self._next = place
                return chunk.strip(".,;:()<>\"'`|")
        return token

    def _refanged(self, place: int) -> str:
        if place not in self._live:
            self._live[place] = refang(self._written[place])
        return self._live[place]
