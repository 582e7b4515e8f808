"""The manifest of labelled pages that the judge is measured on, and fitted to."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit

OTHERS = "others"
"""What a page is that is none of the six."""
CLASSES = ("login", "download", "parked", "gambling", "adult", "news", OTHERS)
"""What pages are labelled with, in the order in which tables have them."""
NO_URL = "http://page.invalid/"
"""Where a page is served that says no URL of its own; the name cannot exist (RFC 6761)."""
PAGE_LIMIT = 64 * 1024 * 1024
"""Bytes of a page that is read."""
_COLUMNS = ("file", "class")


class ManifestError(Exception):
    """The manifest cannot be used; the message says where it is wrong, and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One labelled page."""

    file: str
    """As the manifest writes it."""
    path: Path
    label: str
    """One of `CLASSES`."""
    lang: str = ""
    url: str = NO_URL
    source: str = ""
    """Where the page was found (the column ``repo``): pages of one source are alike."""


def read_samples(manifest: Path) -> list[Sample]:
    """Return the pages of a manifest, in its order.

    Raises:
        ManifestError: it is no CSV in UTF-8 with the columns ``file`` and ``class``, a class is
            not known, a URL is none, or a file is not there or lies outside of its folder.
    """
    try:
        text = manifest.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ManifestError(f"{manifest}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ManifestError(f"{manifest}: it is not UTF-8 at byte {error.start}") from error
    samples = list(_read(manifest, text.splitlines(keepends=True)))
    if not samples:
        raise ManifestError(f"{manifest}: it names no page")
    return samples


def _read(manifest: Path, lines: Iterable[str]) -> Iterator[Sample]:
    reader = csv.DictReader(lines)
    try:
        names = reader.fieldnames or ()
        if lacking := [name for name in _COLUMNS if name not in names]:
            raise ManifestError(f"{manifest}: no column {' and '.join(lacking)} in its first line")
        for row in reader:
            try:
                yield _sample(manifest.parent, row)
            except ValueError as error:
                raise ManifestError(f"{manifest}, line {reader.line_num}: {error}") from error
    except csv.Error as error:
        raise ManifestError(f"{manifest}, line {reader.line_num}: {error}") from error


def _sample(folder: Path, row: dict[str, str | None]) -> Sample:
    file, label = (row["file"] or "").strip(), (row["class"] or "").strip()
    if label not in CLASSES:
        raise ValueError(f"no class {label[:80]!r}: known are {', '.join(CLASSES)}")
    return Sample(
        file=file,
        path=_path(folder, file),
        label=label,
        lang=(row.get("lang") or "").strip(),
        url=_url((row.get("url") or "").strip()),
        source=(row.get("repo") or "").strip(),
    )


def _path(folder: Path, file: str) -> Path:
    path = folder / file
    if "\0" in file or PurePath(file).is_absolute() or ".." in path.relative_to(folder).parts:
        raise ValueError(f"{file[:200]!r} lies outside of the manifest's folder")
    if not path.is_file():
        raise ValueError(f"no file {file[:200]!r}")
    if path.stat().st_size > PAGE_LIMIT:
        raise ValueError(f"{file[:200]!r} has more than {PAGE_LIMIT:,} bytes")
    return path


def _url(text: str) -> str:
    if not text:
        return NO_URL
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{text[:200]!r} is no http or https URL")
    _ = parts.port  # raises where it is none
    return text
