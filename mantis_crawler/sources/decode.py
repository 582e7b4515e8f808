"""Bytes of a feed as text, whatever wrote them."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from mantis_crawler.sources.base import FeedError
from mantis_crawler.sources.lines import BLOCK, count_lines

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"\x1f\x8b": "a gzip file",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"SQLite format 3": "a database",
}
_SAMPLE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_WESTERN = re.compile(r"[\x00-\x7f\u00a0-\u00ff‚„…‘’“”–—€™•ŠšŽžŒœŸ]*")
_LINES = re.compile(rb"(?<=\n)|(?<=\r)(?!\n)")


def decode(data: bytes, name: str) -> str:
    """Return a feed's bytes as text; lines in another encoding than the rest are read on their own.

    Raises:
        FeedError: the file is not text; the message says what it looks like.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, "replace").removeprefix("\ufeff")
            return _checked(text, name)
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise FeedError(f"{name} is {kind}, not text: give its content as text, CSV or JSON lines")
    if b"\0" in data:
        raise FeedError(f"{name} is a binary file: give text, CSV or JSON lines")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = _mixed(data)
    return _checked(text, name)


def file_blocks(path: Path) -> Iterator[str]:
    """Yield the text of a file that `plain_lines` has looked at, in parts of whole lines."""
    for block in _blocks(path):
        yield block.decode("utf-8", "replace")


def plain_lines(path: Path) -> int:
    """Return how many lines a file has that can be decoded in parts: nothing but UTF-8; 0: any other."""
    lines, blank = 0, True
    for block in _blocks(path):
        try:
            text = block.decode()
        except UnicodeDecodeError:
            return 0
        if "\0" in text or (not lines and text.startswith("\ufeff")):
            return 0
        lines += count_lines(text)
        blank = blank and text.isspace()
    return 0 if blank else lines


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block + file.readline()


def _checked(text: str, name: str) -> str:
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > len(sample) / 10:
        raise FeedError(f"{name} is a binary file: give text, CSV or JSON lines")
    return text


def _mixed(data: bytes) -> str:
    lines = _LINES.split(data)
    odd = [line for line in lines if not _utf8(line)]
    encoding = _guess(b"".join(odd)[:_SAMPLE])
    return "".join(line.decode() if _utf8(line) else _line(line, encoding) for line in lines)


def _utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _line(line: bytes, encoding: str) -> str:
    try:
        return line.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return line.decode("latin-1")


def _guess(sample: bytes) -> str:
    """Return the encoding of lines that are not UTF-8.

    Single accented letters among plain ones are Western; too short a sample would be guessed at random.
    """
    runs = _HIGH.findall(sample)
    western = sample.decode("cp1252", "replace")
    if sum(map(len, runs)) <= 1.5 * len(runs) and _WESTERN.fullmatch(western):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
