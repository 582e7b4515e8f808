"""`scrapy judge`: read a run's captures again with today's detectors; nothing is visited."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from mantis_crawler import detectors, devices, exports
from mantis_crawler.catalog import discover
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.detectors.base import Detector
from mantis_crawler.exports.base import Export
from mantis_crawler.extensions.facts import blocklisted
from mantis_crawler.items import Device, Evidence, Record, Verdict
from mantis_crawler.judge import fitted, verdicts_of
from mantis_crawler.judge.cloaking import who
from mantis_crawler.judge.weights import strengths
from mantis_crawler.ledger import Ledger, LedgerError
from mantis_crawler.pipelines.classify import ClassifyPipeline, threshold_of
from mantis_crawler.report import RunFacts, write_report
from mantis_crawler.store import CaptureStore

_WIDTH = 150
"""Characters of a table in a pipe or file, where nothing says how wide it may be."""
LEDGER = "ledger.sqlite"
UNSEEN = "Nothing of it was seen: there is nothing to judge."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record as it was judged then and is judged now."""

    before: Record
    after: Record

    @property
    def differs(self) -> bool:
        """Whether the class of the record, or that it is a lure, is another now."""
        return _said(self.before) != _said(self.after)

    @property
    def why(self) -> tuple[str, ...]:
        """The evidence that is new, and that is gone."""
        old, new = _reasons(self.before), _reasons(self.after)
        gained = [f"+ {reason}" for reason in new if reason not in old]
        return (*gained, *(f"- {reason}" for reason in old if reason not in new))


class Command(ScrapyCommand):
    """Judges a run again and shows which verdicts changed and why, or explains one record."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "RUN [--explain ID] [--write]"

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Judge a run's captures again without visiting, or explain a record's verdict"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add what to show, and whether to write."""
        super().add_options(parser)
        parser.add_argument("--explain", metavar="ID", help="print the evidence of one record")
        parser.add_argument("--write", action="store_true", help="write the run's exports and report anew")

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:
        """Judge again."""
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one run: its folder, or its id")
        console = Console(width=None if sys.stdout.isatty() else _WIDTH)
        try:
            folder = folder_of(args[0], Path(self.settings.get("MANTIS_OUTPUTS", "outputs")))
            records = read(folder)
            changes = list(again(records, folder, self.settings))
            if opts.explain:
                told = explained(chosen(changes, opts.explain).after)
                console.print(*told) if told else console.print(UNSEEN)
                return
        except (ValueError, LedgerError) as error:
            raise UsageError(str(error), print_help=False) from None
        show(console, changes)
        if opts.write:
            write([change.after for change in changes], folder)
            console.print(f"Exports and report in {folder} were written anew.", markup=False, highlight=False)


def folder_of(run: str, outputs: Path) -> Path:
    """Return the folder of a run.

    Raises:
        ValueError: there is no such run.
    """
    for folder in (Path(run), outputs.expanduser() / run):
        if (folder / LEDGER).is_file():
            return folder
    raise ValueError(f"no run {run[:200]!r}: neither a folder with a {LEDGER}, nor one in {outputs}")


def read(folder: Path) -> list[Record]:
    """Return a run's records.

    Raises:
        LedgerError: the ledger cannot be read.
        ValueError: the run has no record.
    """
    ledger = Ledger.open(folder / LEDGER)
    try:
        records = list(ledger.records())
    finally:
        ledger.close()
    if not records:
        raise ValueError(f"{folder}: the run has no record yet")
    return records


def again(records: Sequence[Record], folder: Path, settings: BaseSettings) -> Iterator[Change]:
    """Yield every record as it was and as it is judged now; one whose captures are gone says so.

    Raises:
        ValueError: ``MANTIS_UNKNOWN_BELOW`` is no number from 0 to 1.
    """
    shelf = discover(detectors, Detector).values()  # type: ignore[type-abstract]
    pipeline = ClassifyPipeline(shelf, CaptureStore(folder), threshold_of(settings))
    for record in records:
        yield Change(before=record, after=pipeline.process_item(record))


def chosen(changes: Sequence[Change], wanted: str) -> Change:
    """Return the record whose id begins as wanted.

    Raises:
        ValueError: none does, or several.
    """
    found = [change for change in changes if change.before.id.startswith(wanted)]
    if len(found) != 1:
        raise ValueError(f"{len(found) or 'no'} records have an id that begins with {wanted[:80]!r}")
    return found[0]


def show(console: Console, changes: Sequence[Change]) -> None:
    """Print the verdicts that are others now, with what made them so."""
    table = Table("id", "artifact", "then", "now", "why", title="Verdicts that changed")
    differing = [change for change in changes if change.differs or change.after.error != change.before.error]
    for change in differing:
        why = (change.after.error,) if change.after.error else change.why
        cells = (
            change.before.id[:12],
            _plain(change.before.artifact.key, 60),
            _said(change.before),
            _said(change.after),
            "\n".join(_plain(line, 90) for line in why[:4]),
        )
        table.add_row(*(Text(cell) for cell in cells))
    if differing:
        console.print(table)
    console.print(f"{len(differing)} of {len(changes)} verdicts changed.", markup=False, highlight=False)


def explained(record: Record) -> list[Table]:
    """Return a table of the evidence of what each visit showed, and one of what makes a lure of it."""
    tables = []
    for visit in record.visits:
        if visit.verdict is not None:
            tables.append(_evidence(who(visit), visit.verdict))
        if visit.tap and visit.tap.verdict is not None:
            tables.append(_evidence(f"{who(visit)}, after a tap", visit.tap.verdict))
    if record.lure is not None:
        is_one = "a lure" if record.lure.is_lure else "no lure"
        table = Table("reason", title=f"{is_one}, score {record.lure.score:.2f}")
        for reason in record.lure.reasons or ("nothing makes it suspicious",):
            table.add_row(Text(_plain(reason)))
        tables.append(table)
    return tables


def _evidence(shown: str, verdict: Verdict) -> Table:
    head = f"{shown}: {verdict.content_class}, {verdict.confidence:.2f}"
    table = Table("class", "sign", "strength", "counts", "reason", title=head)
    for item in sorted(verdict.evidence, key=lambda item: (item.content_class, -item.weight)):
        cells = (item.content_class, item.name, f"{item.weight:.2f}", _counts(item), _plain(item.reason))
        table.add_row(*(Text(cell) for cell in cells))
    for name, sure in verdict.others:
        table.add_row(Text(name), "", "", f"{sure:.2f}", "how likely it is of this class too")
    return table


def _counts(item: Evidence) -> str:
    """Return by how much the sign raises the score of its class."""
    weights = fitted()
    found = strengths([item], weights.gain)
    key = f"{item.content_class}.{item.name}"
    if key not in found:
        return ""
    return f"{found[key] * weights.signals.get(key, weights.gain[item.content_class]):+.2f}"


def write(records: Sequence[Record], folder: Path) -> None:
    """Write the run's exports and its report anew; the ledger stays as the run left it."""
    for export in discover(exports, Export).values():  # type: ignore[type-abstract]
        export.write(iter(records), folder)
    write_report(iter(records), folder, store=CaptureStore(folder), facts=facts_of(records, folder))


def facts_of(records: Sequence[Record], folder: Path) -> RunFacts:
    """Return what the ledger and the visits still tell of the run."""
    ledger = Ledger.open(folder / LEDGER)
    try:
        about, reasons = ledger.about(), Counter(str(skip.reason) for skip in ledger.skips())
    finally:
        ledger.close()
    visits = [visit for record in records for visit in record.visits]
    shelf = discover(devices, Device)
    met = {visit.device for visit in visits}
    return RunFacts(
        run=folder.resolve().name,
        feeds=tuple(filter(None, (about.get("feed", ""),))),
        lab_seed=about.get("lab_seed"),
        browser=next((visit.browser for visit in visits if visit.browser), ""),
        devices=tuple(shelf[name] for name in shelf if name in met),
        visits=len(visits),
        blocklisted=blocklisted(folder),
        skips=dict(sorted(reasons.items())),
        notes=("Judged again from the captures: nothing was visited.",),
    )


def _said(record: Record) -> str:
    name = record.verdict.content_class if record.verdict else "-"
    return f"{name}, lure" if record.lure and record.lure.is_lure else name


def _reasons(record: Record) -> dict[str, None]:
    verdicts = (verdict for visit in record.visits for verdict in verdicts_of(visit))
    found = (item for verdict in verdicts for item in verdict.evidence)
    return {f"{item.content_class}: {item.reason}": None for item in found}


def _plain(text: str, limit: int = 120) -> str:
    """Return text of a page as a terminal may have it: its escapes and controls made visible, cut."""
    shown = text if text.isprintable() else repr(text)[1:-1]
    return shown if len(shown) <= limit else f"{shown[:limit]}…"
