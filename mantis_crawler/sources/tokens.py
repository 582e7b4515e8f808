"""Finds the values in a line of text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mantis_crawler.items import SkipReason
from mantis_crawler.sources.bare import Bare, read_bare, read_six, without_tail
from mantis_crawler.sources.refang import DOT, live, marked
from mantis_crawler.sources.values import (
    ALGORITHMS,
    Reading,
    Refusal,
    Value,
    no_value,
    read_hash,
    read_host,
    read_url,
)

_D = rf"[.{DOT}]"
# letters, and the marks that belong to them in the scripts from Devanagari to Lao
_W = r"\w\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd"
_NAME = rf"[{_W}-]{{1,63}}(?:{_D}[{_W}-]{{1,63}})+"
_PATH = r"[/?#\\](?:(?!['\",;|)\]]{1,3}[a-z]{2,8}://)[^\s<>\"`「」『』【】（）、。])*"
_DIGEST = "|".join(f"[0-9a-f]{{{length}}}" for length in sorted(ALGORITHMS, reverse=True))
_TOKEN = re.compile(
    rf"(?P<url>(?<![a-z0-9])[a-z][a-z0-9+.-]{{1,15}}://(?P<authority>[^\s/?#\\<>\"`]*)(?:{_PATH})?)"
    rf"|(?P<hash>(?<![{_W}/.{DOT}-])(?:{_DIGEST})(?![{_W}-]|{_D}[{_W}]))"
    rf"|(?<![{_W}:.])(?P<six>\[[0-9a-f:.]{{2,45}}\](?::\d{{1,5}}(?!\d))?"
    rf"|(?=[0-9a-f]{{0,4}}:[0-9a-f:]*:)[0-9a-f:]{{3,39}}(?:\.\d{{1,3}}){{0,3}})(?![{_W}])(?P<six_path>(?:{_PATH})?)"
    rf"|(?<![{_W}@/\\.{DOT}%])(?P<user>[{_W}.{DOT}+%-]{{1,64}}@)?(?P<name>{_NAME})(?![{_W}])"
    rf"(?:{_D}(?![{_W}]))?(?::(?P<port>\d{{1,5}})(?!\d))?(?P<path>(?:{_PATH})?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_SHORTEST_DIGEST = min(ALGORITHMS)
_PATTERN = re.compile(
    r"\[\^|\[(?:[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d)|\d-\d\]|\\[dwsDWSb](?:[+*?{)]|\\?\.)|\{\d+(?:,\d*)?\}"
    r"|\([^()\s]*\|[^()\s]*\)|^\^|\\\..*\$$|\.[*+](?!\w)|(?<![hHfF*])\*(?=[.\w-])|/\*|\(\?[:=!]"
)
_SPACED_HOST = re.compile(
    rf"://([^\s/?#@<>]+?)[ ]+(?=[.{DOT}-][{_W}][{_W}-]*(?:{_D}|/|$)|(?<=[.{DOT}] )[{_W}-]+{_D}[{_W}-])"
)
_END_OF_AUTHORITY = re.compile(r"[',;|(){}^]")
_CUT_USER = re.compile(r"[\"'<>`]++[^\s/?#\\]*@")
_STOPS = ".,;:!?'\"…，；：！？’”»›" + DOT
_CLOSING = {")": "(", "]": "[", "}": "{"}
_EMPHASIS = "*_~|"


@dataclass(frozen=True, slots=True)
class Found:
    """One value of a line, or what looked like one and is not."""

    token: str
    """Refanged, as it stood in the line."""
    reading: Reading


def pattern(text: str) -> bool:
    """Return whether a word is a regular expression or wildcard, which names no single host."""
    bare = text.strip("`'\"(),;")
    bold = len(bare) > 2 and bare[0] == bare[-1] == "*"
    return _PATTERN.search(bare.strip("*") if bold else bare) is not None


def find(text: str, *, whole: bool = False) -> list[Found]:
    """Return the values in a line, in order, with those refused that a reader would take for one.

    Args:
        text: One line as the feed wrote it, defanged or not.
        whole: Whether the text is meant as one value, such as a cell or a line that is one word: then
            a bare name is taken for a host more easily, and a refusal is worth a word.
    """
    return find_in(ready(text), whole=whole)


def ready(text: str) -> str:
    """Return a line refanged, its hosts closed up, with the marks that `find_in` wants."""
    text = marked(text)
    return _SPACED_HOST.sub(_closed, text) if "://" in text and " " in text else text


def find_in(line: str, *, whole: bool = False) -> list[Found]:
    """Return what `find` does, for a line that `ready` made."""
    return [*_found(line, whole=whole)]


def read_value(text: str) -> Reading:
    """Return the one value that text is as a whole (a cell, a field), or why it is none."""
    bare = text.strip().strip("'\"`<>").strip()
    if bare.startswith("/") and not bare.startswith("//"):
        return Refusal(SkipReason.PATH_ONLY, "a path without a host")
    if " " not in bare and pattern(bare):
        return Refusal(SkipReason.PATTERN, "a pattern names no single host")
    return _only(bare)


def _only(bare: str) -> Reading:
    line = ready(bare)
    found = find_in(line, whole=True)
    if not found:
        return _nothing(line)
    if len(found) > 1:
        return no_value("several values")
    before, _, after = live(line).partition(found[0].token)
    if re.search(r"\w", before) or (re.search(r"\w", after) and "://" not in found[0].token):
        return no_value("text around a value")
    return found[0].reading


def _nothing(line: str) -> Reading:
    """Return why a word without any value in it is none: mostly a name that nobody can register."""
    reading = read_host(line) if " " not in line and "." in live(line) else no_value("")
    return (
        reading
        if isinstance(reading, Refusal) and reading.detail
        else no_value("no address, name, URL or hash")
    )


def _closed(found: re.Match[str]) -> str:
    """Close a space inside of a host; one behind a full host that ends a sentence is none."""
    host = found[1]
    if host[-1] in f".{DOT}" and isinstance(read_host(host.rstrip(f".{DOT}")), Value):
        return found[0]
    return f"://{host}"


def _found(line: str, *, whole: bool) -> Iterator[Found]:
    for word in _WORD.finditer(line):
        text = word[0]
        if "." in text or ":" in text or DOT in text or len(text) >= _SHORTEST_DIGEST:
            yield from _in_word(line, word.start(), word.end(), whole=whole)


def _in_word(line: str, position: int, end: int, *, whole: bool) -> Iterator[Found]:
    while match := _TOKEN.search(line, position, end):
        if match["url"]:
            token = _trimmed(_url_token(match), line[max(0, match.start() - 2) : match.start()])
            reading: Reading | None = _read_url(token, line[match.start() + len(token) : end])
        elif match["hash"]:
            token, reading = match[0], read_hash(match[0])
        else:
            token, reading = _schemeless(match, line, whole=whole)
        position = match.start() + max(len(token), 1)
        if reading is not None:
            yield Found(live(token), reading)


def _url_token(match: re.Match[str]) -> str:
    authority, url = match["authority"], match["url"]
    if "@" in authority:
        return url
    end = match.start("authority") - match.start()
    cut = _END_OF_AUTHORITY.search(authority)
    host = authority[: cut.start()] if cut else authority
    if len(url) == end + len(authority) or cut:
        host = without_tail(host)
    return url if host == authority else url[:end] + host


def _read_url(token: str, after: str) -> Reading:
    if _CUT_USER.match(after):
        return no_value("unclear where the host begins")
    return read_url(token)


def _schemeless(match: re.Match[str], line: str, *, whole: bool) -> tuple[str, Reading | None]:
    token = _trimmed(match[0], line[max(0, match.start() - 2) : match.start()])
    if match["six"]:
        path = token[len(match["six"]) :]
        return token, read_six(match["six"], path, whole=whole)
    name, path = match["name"], token[match.start("path") - match.start() :]
    trimmed = without_tail(name) if not path and not match["port"] else name
    if trimmed != name:
        token = token[: match.start("name") - match.start()] + trimmed
    shown = trimmed.rstrip("_-").lstrip("_-" if trimmed.endswith("_") else "-")
    before = line[max(0, match.start() - 14) : match.start()]
    bare = Bare(before, match["user"] or "", shown, match["port"] or "", path, whole)
    return token, read_bare(bare)


def _trimmed(token: str, before: str) -> str:
    """Return a token without the marks of the sentence around it."""
    while token:
        last = token[-1]
        unpaired = last in _CLOSING and token.count(last) > token.count(_CLOSING[last])
        if not (unpaired or last in _STOPS or (last in _EMPHASIS and last in before)):
            break
        token = token[:-1]
    return token
