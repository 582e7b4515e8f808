"""A case on disk: what was asked, what is done, and so where to go on after an interruption."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from mantis_crawler.ledger import Ledger
from mantis_crawler.spiders.expand import ARTIFACTS, write_json

STATE, EXPANSION, INPUT, SUMMARY = "case.json", "expansion", "input", "summary.json"

AGAIN = ("visits", "exits")
"""Arguments that may be others when a case goes on: a limit, and what has passwords that are not kept."""


class CaseError(ValueError):
    """The case cannot begin or go on; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One investigation in its folder. Nothing of its state is in memory alone."""

    folder: Path
    feed: str
    """File name of the indicators below ``input``; empty: the lab's own."""
    arguments: Mapping[str, str]
    """Of expansion and crawl, without what is secret in them."""

    @classmethod
    def begin(cls, folder: Path, file: str | None, arguments: Mapping[str, str]) -> Self:
        """Make the folder of a new case, with its own copy of the indicators.

        Raises:
            CaseError: the file cannot be read, or the folder not be written.
        """
        source = Path(file).expanduser() if file else None
        if source and not source.is_file():
            raise CaseError(f"there is no file {file!r}: check the name and the folder")
        case = cls(folder=folder, feed=source.name if source else "", arguments=dict(arguments))
        try:
            (folder / INPUT).mkdir(parents=True, exist_ok=True)
            if source:
                shutil.copyfile(source, folder / INPUT / source.name)
            write_json(folder / STATE, {"feed": case.feed, "arguments": dict(arguments)})
        except OSError as error:
            raise CaseError(f"the case cannot be written: {error}") from error
        return case

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return a case that was begun.

        Raises:
            CaseError: its state cannot be read.
        """
        try:
            plain: dict[str, Any] = json.loads((folder / STATE).read_text("utf-8"))
            return cls(folder=folder, feed=plain["feed"], arguments=plain["arguments"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CaseError(f"{folder / STATE} cannot be read: {error}") from error

    def check(self, arguments: Mapping[str, str]) -> None:
        """Refuse arguments that a case which was begun cannot take any more.

        Raises:
            CaseError: one is another than the case's own.
        """
        others = sorted(
            name
            for name, value in arguments.items()
            if name not in AGAIN and self.arguments.get(name) != value
        )
        if others:
            raise CaseError(
                f"the case {self.folder.name} keeps the arguments that it was begun with: leave out "
                f"{', '.join(others)}, or begin another case. It takes {' and '.join(AGAIN)} anew"
            )

    def limited(self, visits: str) -> Self:
        """Return the case with another limit of its visits, which is kept for the next time too.

        Raises:
            CaseError: the folder cannot be written.
        """
        case = replace(self, arguments={**self.arguments, "visits": visits})
        try:
            write_json(self.folder / STATE, {"feed": case.feed, "arguments": dict(case.arguments)})
        except OSError as error:
            raise CaseError(f"the case cannot be written: {error}") from error
        return case

    @property
    def indicators(self) -> Path | None:
        """The case's own copy of the indicators; `None`: the lab's."""
        return self.folder / INPUT / self.feed if self.feed else None

    @property
    def artifacts(self) -> Path:
        """What the expansion wrote, whole or not at all."""
        return self.folder / EXPANSION / ARTIFACTS

    @property
    def run(self) -> Path | None:
        """The folder of the crawl, once it has begun."""
        ledgers = self.folder.glob("*/ledger.sqlite")
        folders = sorted(path.parent for path in ledgers if not path.parent.is_symlink())
        return folders[-1] if folders else None

    @property
    def left(self) -> int | None:
        """Artifacts that the crawl has still to do; `None` if it has not begun."""
        if self.run is None:
            return None
        ledger = Ledger.open(self.run / "ledger.sqlite")
        try:
            counts = ledger.counts()
        finally:
            ledger.close()
        return counts["total"] - counts["done"]
