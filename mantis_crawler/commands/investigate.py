"""``scrapy investigate``: from indicators to a report, as one case that can be interrupted anywhere."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from mantis_crawler import exports
from mantis_crawler.catalog import discover
from mantis_crawler.commands.case import EXPANSION, STATE, SUMMARY, Case, CaseError
from mantis_crawler.commands.crawl import say
from mantis_crawler.commands.interrupt import INTERRUPTED, lifeline
from mantis_crawler.exports.base import Export
from mantis_crawler.ledger import Ledger
from mantis_crawler.report import RunFacts, write_report
from mantis_crawler.store import CaptureStore

_BOTH = ("lab", "seed", "addresses")
_EXPAND = (*_BOTH, "pivots", "depth", "fanout", "total", "weakest", "dry_run")
_CRAWL = (*_BOTH, "country", "devices", "exits", "feeds", "visits")
_WIDTH = 100


class Command(ScrapyCommand):
    """Expands, visits, exports and reports; each step is left out where it is done already."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[FILE] [--case NAME] [--visits N] [--dry-run] [-a NAME=VALUE]"

    def short_desc(self) -> str:
        """Return the command in a line."""
        return "Grow indicators into artifacts, visit them and report: one case, resumable"

    def long_desc(self) -> str:
        """Return what the help says."""
        return (
            "FILE holds indicators in any format; without one, the lab's own case is run and nothing leaves "
            "this machine. -a takes the arguments of `scrapy crawl expand` and `scrapy crawl artifacts`: "
            f"{', '.join(dict.fromkeys((*_EXPAND, *_CRAWL)))}."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the case's name and its limits."""
        super().add_options(parser)
        parser.add_argument("--case", metavar="NAME", help="folder of the case; if it was begun, it goes on")
        parser.add_argument("--visits", metavar="N", help="artifacts that are visited at the most")
        parser.add_argument("--dry-run", action="store_true", help="say what it would cost, and ask nobody")
        parser.add_argument(
            "-a", dest="given", action="append", default=[], metavar="NAME=VALUE", help="may be repeated"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Go through the steps that are not done."""
        if len(args) > 1:
            raise UsageError("one file of indicators at a time")
        assert self.settings is not None
        arguments = _arguments(opts)
        name = opts.case or f"case-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        folder = (Path(self.settings.get("MANTIS_OUTPUTS")).expanduser() / name).resolve()
        try:
            case = _case(folder, args[0] if args else None, arguments)
            self.exitcode = self._steps(case, {**case.arguments, **arguments}, opts)
        except CaseError as error:
            raise UsageError(str(error), print_help=False) from error

    def _steps(self, case: Case, arguments: Mapping[str, str], opts: argparse.Namespace) -> int:
        settings = [word for setting in opts.set for word in ("-s", setting)]
        if opts.dry_run:
            code = _scrapy("expand", _for_expand(case, {**arguments, "dry_run": "yes"}), settings, case)
            say(f"To do it: scrapy investigate --case {case.folder.name}")
            return code
        if not case.artifacts.is_file():
            code = _scrapy("expand", _for_expand(case, arguments), settings, case)
            if not case.artifacts.is_file() or code == INTERRUPTED:
                return _stopped(case, code)
        if case.left is None or case.left:
            code = _scrapy("artifacts", _for_crawl(case, arguments), settings, case)
            if case.left is None or case.left:
                return _stopped(case, code)
        finish(case)
        return 0


def finish(case: Case) -> None:
    """Write what of the case's files is missing, and show its figures."""
    run = case.run
    assert run is not None
    complete(run)
    shutil.copyfile(run / SUMMARY, case.folder / SUMMARY)
    show(json.loads((case.folder / SUMMARY).read_text("utf-8")))
    say(f"Figures: {case.folder / SUMMARY}\nReport:  {run / 'report' / 'index.html'}")


def complete(run: Path) -> None:
    """Write the exports and the report that a crawl did not get to, from its ledger."""
    shelf = discover(exports, Export)  # type: ignore[type-abstract]
    missing = [export for export in shelf.values() if not (run / export.file_name).is_file()]
    reported = (run / "report" / "index.html").is_file()
    if not missing and reported:
        return
    ledger = Ledger.open(run / "ledger.sqlite")
    try:
        for export in missing:
            export.write(ledger.records(), run)
        if not reported:
            about = ledger.about()
            facts = RunFacts(run=about["run"], lab_seed=about["lab_seed"], feeds=(about.get("feed", ""),))
            write_report(ledger.records(), run, store=CaptureStore(run), facts=facts)
    finally:
        ledger.close()


def show(figures: Mapping[str, Any]) -> None:
    """Print the figures for a person."""
    table = Table("", "artifacts", "dynamic DNS %", "resolve %", "known bad %", title="The case")
    grown = figures["artifacts"]
    for name, group in (*grown["by_pivot"].items(), ("all", grown)):
        shares = ("dynamic_dns_percent", "resolving_percent", "known_bad_percent")
        table.add_row(name, f"{group['count']:,}", *(_number(group[share]) for share in shares))
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table)
    for line in _lines(figures):
        print(line)  # noqa: T201 - the command's output


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    indicators, grown = figures["indicators"], figures["artifacts"]
    yield f"{indicators['count']:,} indicators ({_pairs(indicators['by_type'])})"
    yield f"countries of their addresses: {_pairs(indicators['countries'])}"
    yield (
        f"{_many(grown['addresses'], 'address', 'addresses')} behind the artifacts, "
        f"{grown['addresses_that_are_indicators']:,} of them indicators; "
        f"{_many(grown['generated'], 'name', 'names')} in clusters that look generated"
    )
    yield f"content classes: {_pairs(figures['content_classes'])}"
    yield _many(figures["lures"], "lure", "lures")
    for device, classes in figures["lures_by_device"].items():
        yield f"  {device}: {_pairs(classes)}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _number(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def _pairs(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"


def _arguments(opts: argparse.Namespace) -> dict[str, str]:
    known = {*_EXPAND, *_CRAWL}
    arguments: dict[str, str] = {}
    for text in opts.given:
        name, equals, value = text.partition("=")
        if not equals or name not in known:
            raise UsageError(f"-a takes NAME=VALUE, with one of {', '.join(sorted(known))}; not {name!r}")
        arguments[name] = value
    return {**arguments, "visits": opts.visits} if opts.visits else arguments


def _case(folder: Path, file: str | None, arguments: Mapping[str, str]) -> Case:
    if (folder / STATE).is_file():
        if file:
            raise CaseError(
                f"{folder.name} was begun with its own indicators: leave the file out, or name another case"
            )
        case = Case.open(folder)
        case.check(arguments)
        return case.limited(arguments["visits"]) if "visits" in arguments else case
    kept = {name: value for name, value in arguments.items() if name != "exits"}
    return Case.begin(folder, file, kept)


def _for_expand(case: Case, arguments: Mapping[str, str]) -> dict[str, str]:
    chosen = {name: value for name, value in arguments.items() if name in _EXPAND}
    file = {"indicators": str(case.indicators)} if case.indicators else {}
    return {**chosen, **file, "folder": str(case.folder / EXPANSION)}


def _for_crawl(case: Case, arguments: Mapping[str, str]) -> dict[str, str]:
    if case.run:
        exits = {"exits": arguments["exits"]} if "exits" in arguments else {}
        limit = {"visits": arguments["visits"]} if "visits" in arguments else {}
        return {**exits, **limit, "resume": str(case.run)}
    chosen = {name: value for name, value in arguments.items() if name in _CRAWL}
    lab = {} if case.indicators else {"lab": "yes"}
    return {**lab, **chosen, "seeds": str(case.artifacts)}


def _stopped(case: Case, code: int) -> int:
    say(f"The case is not done. Go on with: scrapy investigate --case {case.folder.name}")
    return code if code > 0 else INTERRUPTED


def _scrapy(spider: str, arguments: Mapping[str, str], settings: list[str], case: Case) -> int:
    """Run a crawl to its end in a process of its own, and return its exit code.

    Of its own, because a crawl's memory, reactor and death are its own too.
    """
    given = [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
    line = [sys.executable, "-m", "scrapy", "crawl", spider, *given, *settings]
    environment = {**os.environ, "MANTIS_OUTPUTS": str(case.folder)}
    with (
        lifeline() as (told, held),
        subprocess.Popen(line, env={**environment, **told}, pass_fds=[held]) as process,  # noqa: S603 - no shell
        _ended_with_us(process) as asked,
    ):
        while True:
            try:
                code = process.wait()
            except KeyboardInterrupt:  # it got the signal too, and ends in order
                asked.append(signal.SIGINT)
                continue
            return INTERRUPTED if asked else code


@contextmanager
def _ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """Hand on what asks us alone to end; yields the signals that did so far."""
    asked: list[int] = []

    def hand_on(number: int, _frame: object) -> None:
        asked.append(number)
        process.send_signal(number)

    before = signal.signal(signal.SIGTERM, hand_on)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGTERM, before)
