"""`scrapy hostile`: visits the hostile pages of the lab, and tells how each ended and what it left."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from mantis_crawler import devices as shelf
from mantis_crawler.browser.find import BrowserNotFoundError, find_browser
from mantis_crawler.browser.settle import Patience
from mantis_crawler.catalog import discover
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.commands.storm import GRACE, Left, Result, Storm, Weather, storm
from mantis_crawler.items import Device, Visit, country
from mantis_crawler.lab.feed import listed, url_of
from mantis_crawler.lab.hostile import HostilePage, hostile_pages
from mantis_crawler.lab.hostile.island import VARIABLE, ferry
from mantis_crawler.lab.world import World
from mantis_crawler.spiders.arguments import PlanError, check_numbers

_WIDTH = 160
GROWTH_MB = 40
"""A round, of memory that is left when no browser is: more is a leak."""
BESIDE = 6
"""Ordinary sites that are visited beside the hostile ones."""


class Command(ScrapyCommand):
    """Makes the visits where nothing can leave the machine, if the system allows it."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[PAGE ...] [--rounds N] [--device NAME] [--at-once N] [--json FILE] [--list]"

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Visit the lab's hostile pages, and show how each ended and what they left behind"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add how often, as whom, and how many at a time."""
        super().add_options(parser)
        parser.add_argument(
            "--rounds", type=int, default=1, metavar="N", help="how often all are visited (1)"
        )
        parser.add_argument("--device", default="android", metavar="NAME", help="as which device (android)")
        parser.add_argument("--at-once", type=int, default=6, metavar="N", help="visits side by side (6)")
        parser.add_argument("--json", metavar="FILE", help="write what was seen, for a program")
        parser.add_argument("--list", action="store_true", help="print the pages and what they try, and exit")

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:
        """Visit the pages that are named, or all."""
        assert self.settings is not None
        console = Console(width=None if sys.stdout.isatty() else _WIDTH)
        try:
            check_numbers(self.settings)
            pages = choose(args)
            device = discover(shelf, Device)[opts.device]
            found = find_browser(self.settings.get("MANTIS_BROWSER"))
        except KeyError as error:
            raise UsageError(f"there is no {error.args[0]}", print_help=False) from None
        except (BrowserNotFoundError, PlanError) as error:
            raise UsageError(str(error), print_help=False) from None
        if opts.list:
            console.print(pages_table(pages))
            return
        if VARIABLE not in os.environ and ferry():
            self.exitcode = _on_the_island(sys.argv)
            return
        weather = Weather(
            device=device,
            country=country(self.settings.get("MANTIS_COUNTRY")),
            patience=_patience(self.settings),
            rounds=opts.rounds,
            side_by_side=opts.at_once,
            shore=int(os.environ[VARIABLE]) if VARIABLE in os.environ else None,
        )
        with tempfile.TemporaryDirectory(prefix="mantis-hostile-") as folder:
            # what browsers leave behind is then counted where nobody else leaves anything
            tempfile.tempdir = os.environ["TMPDIR"] = folder
            seen = asyncio.run(storm(self.settings, found, pages, ordinary(), weather))
            tempfile.tempdir = None
        if opts.json:
            _write(opts.json, json.dumps(facts(seen, weather), indent=1))
        show(console, seen, weather)
        self.exitcode = 1 if faults(seen, weather) else 0


def choose(names: Sequence[str]) -> list[HostilePage]:
    """Return the pages of these names; all if there are none.

    Raises:
        KeyError: there is no such page.
    """
    known = hostile_pages()
    if unknown := [name for name in names if name not in known]:
        raise KeyError(f"hostile page {', '.join(unknown)}: --list shows them")
    return [known[name] for name in names or known]


def ordinary() -> list[str]:
    """Return URLs of the lab's ordinary sites, of several designs."""
    neighbours = [site for site in listed(World(1)) if not site.country and site.scheme == "http"]
    return [url_of(site) for site in neighbours[:: max(len(neighbours) // BESIDE, 1)][:BESIDE]]


def faults(seen: Storm, weather: Weather) -> list[str]:
    """Return what must not have happened."""
    limit = weather.patience.deadline + GRACE
    every = [result for results in seen.results for result in results]
    said = [f"{result.page.name} took {result.seconds:.1f} s" for result in every if result.seconds > limit]
    said += [f"a forbidden place was reached: {place}" for place in seen.reached]
    for number, visit in enumerate(seen.beside):
        alone = seen.alone[number % len(seen.alone)]
        if visit.outcome is not alone.outcome:
            said.append(f"{visit.url} was {alone.outcome} alone, and {visit.outcome} beside hostile pages")
    return [*said, *grown(seen.left)]


def grown(left: Sequence[Left]) -> list[str]:
    """Return what became more from the first round to the last; what the first needs is not yet growth."""
    if len(left) < 3:
        return []
    first, last = left[1], left[-1]
    most = {"memory_mb": GROWTH_MB * (len(left) - 2), "files": 3, "processes": 0, "temporary": 0, "tasks": 2}
    return [
        f"{name} grew from {getattr(first, name)} to {getattr(last, name)} over {len(left) - 1} rounds"
        for name, much in most.items()
        if getattr(last, name) - getattr(first, name) > much
    ]


def show(console: Console, seen: Storm, weather: Weather) -> None:
    """Print each page, what is left after each round, and what must not have been."""
    for number, results in enumerate(seen.results, 1):
        console.print(results_table(results, f"Round {number} of {len(seen.results)}"))
    console.print(left_table(seen.left))
    first = seen.results[0]
    fit = sum(result.pictured for result in first)
    console.print(
        f"{len(first)} pages: {fit} with a screenshot, {sum(result.page.shows for result in first)} have "
        f"something to show; {seen.launched} browsers were started; {len(seen.reached)} connections to "
        f"forbidden places, listened for at {', '.join(seen.places)}",
        markup=False,
    )
    for fault in faults(seen, weather):
        console.print(Text(f"FAULT {ascii(fault)[1:-1][:300]}", style="bold red"))


def pages_table(pages: Sequence[HostilePage]) -> Table:
    """Return the pages and what they try."""
    table = Table("page", "URL", "tries", title="The hostile web of the lab")
    for page in pages:
        table.add_row(page.name, page.url, Text(page.tries))
    return table


def results_table(results: Sequence[Result], title: str) -> Table:
    """Return how the visits of a round ended."""
    table = Table("page", "outcome", "seconds", "picture", "settled", "captures", "notes", title=title)
    for result in results:
        visit = result.visit
        picture = "yes" if result.pictured else "no" if result.page.shows else "-"
        notes = ascii("; ".join(visit.notes))[1:-1][:110]
        told = (visit.outcome, f"{result.seconds:.1f}", picture, visit.settled, str(len(visit.captures)))
        table.add_row(result.page.name, *told, Text(notes))
    return table


def left_table(left: Sequence[Left]) -> Table:
    """Return what was there before the first round and after each."""
    table = Table(
        "after round", "memory MB", "open files", "processes", "temporary", "tasks", title="Left behind"
    )
    for number, one in enumerate(left):
        counts = (one.memory_mb, one.files, one.processes, one.temporary, one.tasks)
        table.add_row(str(number or "before"), *map(str, counts))
    return table


def facts(seen: Storm, weather: Weather) -> dict[str, Any]:
    """Return what was seen, for a program."""
    return {
        "deadline": weather.patience.deadline,
        "places": seen.places,
        "reached": seen.reached,
        "launched": seen.launched,
        "faults": faults(seen, weather),
        "left": [asdict(one) for one in seen.left],
        "alone": [_visit(visit) for visit in seen.alone],
        "beside": [_visit(visit) for visit in seen.beside],
        "rounds": [
            [
                {"page": one.page.name, "shows": one.page.shows, "seconds": one.seconds, **_visit(one.visit)}
                for one in results
            ]
            for results in seen.results
        ],
    }


def _visit(visit: Visit) -> dict[str, Any]:
    kept = {capture.kind.value: capture.sha256 for capture in visit.captures}
    return {
        "url": visit.url,
        "outcome": visit.outcome.value,
        "settled": visit.settled,
        "error": visit.error,
        "captures": kept,
        "dialogs": len(visit.dialogs),
        "downloads": len(visit.downloads),
        "popups": len(visit.popups),
        "hops": len(visit.hops),
        "connections": sorted({f"{item.host}: {item.result}" for item in visit.connections}),
        "notes": visit.notes,
    }


def _patience(settings: BaseSettings) -> Patience:
    return Patience(
        quiet=settings.getfloat("MANTIS_QUIET_SECONDS"),
        cap=settings.getfloat("MANTIS_SETTLE_SECONDS"),
        deadline=settings.getfloat("MANTIS_VISIT_SECONDS"),
    )


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text + "\n", "utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {name}: {error}", print_help=False) from None


def _on_the_island(arguments: Sequence[str]) -> int:
    """Run the same command where there is no network but our own; return its exit code.

    Scrapy takes the name of the command out of the arguments.
    """
    line = [*ferry(), sys.executable, "-m", "scrapy", "hostile", *arguments[1:]]
    return subprocess.run(line, cwd=Path.cwd(), check=False).returncode  # noqa: S603 - our own command
