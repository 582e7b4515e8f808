"""The lines of the feed that gave no indicator: nothing of a feed is lost silently."""

from collections.abc import Iterable
from pathlib import Path

from mantis_crawler.exports.cells import row
from mantis_crawler.items import Skip

FILE_NAME = "skipped.csv"


def write_skips(skips: Iterable[Skip], folder: Path) -> Path:
    """Write one row a line with its reason, and return the file's path.

    Raises:
        OSError: the folder cannot be written.
    """
    path = folder / FILE_NAME
    part = path.with_suffix(".csv.part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(row(("feed", "line", "reason", "detail", "raw")) + "\n")
        file.writelines(f"{row((s.feed, s.line, s.reason, s.detail, s.raw))}\n" for s in skips)
    part.replace(path)
    return path
