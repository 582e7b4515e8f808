"""`scrapy phones`: what a site sees of each device, against what a real phone shows."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from mantis_crawler import devices as shelf
from mantis_crawler.browser.bench import open_pool, visit_bench
from mantis_crawler.browser.find import Browser, BrowserNotFoundError, find_browser
from mantis_crawler.catalog import discover
from mantis_crawler.commands.cost import cost
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.items import Country, Depth, Device, country
from mantis_crawler.lab.phones.bench import Bench
from mantis_crawler.lab.phones.check import GROUPS, Result, State
from mantis_crawler.lab.phones.others.install import OthersError, install
from mantis_crawler.lab.phones.selftest import BenchError, Report, examine, prepare, short

_WIDTH = 160
"""Characters of the table in a pipe or file, where nothing says how wide it may be."""
STYLES = {State.PASS: "green", State.FAIL: "bold red", State.LEFT_OUT: "dim"}


class Command(ScrapyCommand):
    """Sends devices to the bench and prints what it saw."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return (
            "[--device NAME] [--country CC] [--depth deep] [--browser PATH] [--failing] [--json FILE] "
            "[--cost] [--install-others]"
        )

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Show what a site sees of each device, against what a real phone shows"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add which devices, and how much to print."""
        super().add_options(parser)
        parser.add_argument("--device", action="append", default=[], metavar="NAME", help="one or more; all")
        parser.add_argument("--country", default="us", metavar="CC", help="whose language and clock (us)")
        parser.add_argument("--failing", action="store_true", help="leave out the checks that pass")
        parser.add_argument("--json", metavar="FILE", help="write everything that was seen; - for the screen")

        parser.add_argument(
            "--depth",
            choices=[depth.value for depth in Depth],
            default="default",
            help="deep: a profile a visit",
        )
        parser.add_argument("--browser", metavar="PATH", help="another browser than a crawl would take")
        parser.add_argument("--cost", action="store_true", help="measure instead what a dress costs")
        parser.add_argument(
            "--install-others", action="store_true", help="fetch scripts by others with npm at first"
        )

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        """Look at the devices, one after the other."""
        assert self.settings is not None
        try:
            chosen = choose(opts.device)
            where = country(opts.country)
            found = find_browser(opts.browser or self.settings.get("MANTIS_BROWSER"))
            if opts.install_others:
                install()
        except (ValueError, BrowserNotFoundError, OthersError) as error:
            raise UsageError(str(error), print_help=False) from None
        if opts.cost:
            for device in chosen:
                told = asyncio.run(cost(self.settings, found, device, where, Depth(opts.depth)))
                print(told, flush=True)  # noqa: T201 - a command's output
            return
        looked = asyncio.run(look(self.settings, found, chosen, where, Depth(opts.depth)))
        reports = [report for report in looked if isinstance(report, Report)]
        if opts.json:
            _write(opts.json, as_json(reports))
        for fault in looked:
            if isinstance(fault, BenchError):
                print(f"phones: {fault}", file=sys.stderr)  # noqa: T201 - a command's output
        if opts.json != "-":
            console = Console(width=None if sys.stdout.isatty() else _WIDTH)
            for report in reports:
                show(console, report, failing=opts.failing)


def choose(names: Sequence[str]) -> list[Device]:
    """Return the devices of these names, comma-separated or one by one; all if there are none.

    Raises:
        ValueError: there is no such device.
    """
    known = discover(shelf, Device)
    wanted = [name for text in names for name in text.split(",") if name] or list(known)
    if unknown := [name for name in wanted if name not in known]:
        raise ValueError(f"no device {', '.join(unknown)}: known are {', '.join(known)}")
    return [known[name] for name in wanted]


async def look(
    settings: BaseSettings,
    found: Browser,
    chosen: Iterable[Device],
    where: Country,
    depth: Depth = Depth.DEFAULT,
) -> list[Report | BenchError]:
    """Send each device to the bench, with browsers as a crawl starts them."""
    reports: list[Report | BenchError] = []
    control = next(device for device in discover(shelf, Device).values() if device.control)
    async with await Bench.start() as bench, open_pool(settings, found, bench, depth) as pool:
        go = partial(visit_bench, pool)
        swept = await prepare(bench, go, control, where, int(found.version.partition(".")[0]))
        for device in chosen:
            try:
                reports.append(await examine(bench, go, device, where, control=swept))
            except BenchError as error:
                reports.append(error)
    return reports


def show(console: Console, report: Report, *, failing: bool) -> None:
    """Print a device: its matrix, the totals by group, and what was left out."""
    device = report.device
    table = Table("id", "check", "", "seen", "a real one shows", title=f"{device.name}: {device.label}")
    table.columns[3].max_width = 70
    for result in report.results:
        if result.state is State.FAIL or not failing:
            table.add_row(*_cells(result))
    if table.row_count:
        console.print(table)
    console.print(totals(report))
    console.print(summary(report), markup=False, highlight=False)


def _cells(result: Result) -> tuple[Text, ...]:
    seen = result.seen if isinstance(result.seen, str) else json.dumps(result.seen, ensure_ascii=True)
    return (
        Text(result.check.id),
        Text(result.check.title),
        Text(result.state, style=STYLES[result.state]),
        Text("" if result.state is State.LEFT_OUT else ascii(seen)[1:-1][:140]),
        Text(result.shows),
    )


def totals(report: Report) -> Table:
    """Return how many checks of each group passed."""
    table = Table("group", "passed", "of", "left out")
    for group, states in report.groups.items():
        asked = states[State.PASS] + states[State.FAIL]
        table.add_row(
            f"{group} {GROUPS[group]}", str(states[State.PASS]), str(asked), str(states[State.LEFT_OUT] or "")
        )
    return table


def summary(report: Report) -> str:
    """Return the device in a line: who it was, how many checks passed, what was left out."""
    passed, failed = report.count(State.PASS), report.count(State.FAIL)
    visit = report.visit
    line = (
        f"{report.device.name} ({visit.profile}, {visit.browser}): {passed} of {passed + failed} checks pass"
    )
    if left := report.left_out:
        line += f"; left out here: {' '.join(result.check.id for result in left)}"
    cheap = [result.check.id for result in report.failing if result.check.cheap]
    if cheap:
        line += f"; failing, and read in one line: {' '.join(cheap)}"
    return line


def as_json(reports: Iterable[Report]) -> str:
    """Return everything that was seen, for a program."""
    facts = [
        {
            "device": report.device.name,
            "profile": report.visit.profile,
            "browser": report.visit.browser,
            "seconds": report.visit.seconds,
            "passed": report.count(State.PASS),
            "failed": report.count(State.FAIL),
            "short": short(report),
            "checks": [
                {
                    "id": result.check.id,
                    "group": GROUPS[result.check.group],
                    "title": result.check.title,
                    "state": result.state,
                    "cheap": result.check.cheap,
                    "seen": result.seen,
                    "shows": result.shows,
                    "source": result.check.source,
                }
                for result in report.results
            ],
        }
        for report in reports
    ]
    return json.dumps(facts, indent=2)


def _write(place: str, text: str) -> None:
    if place == "-":
        print(text)  # noqa: T201 - a command's output
    else:
        Path(place).write_text(f"{text}\n", encoding="utf-8")
