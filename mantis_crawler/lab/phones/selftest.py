"""The self-test: each device visits the bench, and what it showed is held against the table."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mantis_crawler.items import Country, Device, Outcome, Visit
from mantis_crawler.lab.phones.bench import Bench
from mantis_crawler.lab.phones.check import GROUPS, Result, State, judge
from mantis_crawler.lab.phones.checks import table
from mantis_crawler.lab.phones.expected import Subject
from mantis_crawler.lab.phones.measure import measure
from mantis_crawler.lab.phones.others.install import bundle
from mantis_crawler.lab.phones.others.sweep import Sweep, load
from mantis_crawler.lab.phones.parsers import parse
from mantis_crawler.lab.phones.session import Session

SHORT = frozenset(
    {
        *("A01", "A03", "A04", "A05", "A06", "A16", "B24", "C01", "C02", "C03", "C04", "C05", "C06", "C07"),
        *("C10", "D01", "D10", "D14", "F01", "F02", "G01", "G03", "H06"),
    }
)
"""Checks of the short form: what a landing page reads in one header or one line of script."""

LATE = {"error": "timeout"}
"""What the bench's page says of a question that was not answered in time."""

Go = Callable[[Bench, Session, Device, Country], Awaitable[Visit]]
"""Makes the visit of a session as a crawl makes its visits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of one device."""

    device: Device
    visit: Visit
    results: tuple[Result, ...]

    def count(self, state: State, group: str = "") -> int:
        """Return how many checks (of a group) ended so."""
        return sum(
            result.state is state and result.check.group.startswith(group or "") for result in self.results
        )

    @property
    def failing(self) -> list[Result]:
        """What a real phone shows otherwise."""
        return [result for result in self.results if result.state is State.FAIL]

    @property
    def left_out(self) -> list[Result]:
        """What could not be measured here."""
        return [result for result in self.results if result.state is State.LEFT_OUT]

    @property
    def groups(self) -> dict[str, Counter[State]]:
        """How the checks of each group ended."""
        counts: dict[str, Counter[State]] = {group: Counter() for group in GROUPS}
        for result in self.results:
            counts[result.check.group][result.state] += 1
        return {group: states for group, states in counts.items() if states}


class BenchError(Exception):
    """A device's visit to the bench came to nothing: nothing can be said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What the compatibility data say, and what the desktop control shows of it in this engine."""

    sweep: Sweep
    shows: Mapping[str, Any]


async def prepare(bench: Bench, go: Go, control: Device, country: Country, major: int) -> Control | None:
    """Give the bench the scripts and data of others that are installed, and look at the control first.

    Returns:
        What a sweep needs; ``None`` if its data are not installed.

    Raises:
        BenchError: the control did not get through.
    """
    sweep = load(major)
    if sweep is not None:
        bench.sweep = {"names": list(sweep.names), "css": list(sweep.css)}
        _, _, seen = await _visit(bench, go, control, country, tap=False)
    script = bundle()
    if script is not None:
        bench.scripts["others.js"] = script
    return Control(sweep=sweep, shows=seen["swept"] or {}) if sweep is not None else None


async def examine(
    bench: Bench,
    go: Go,
    device: Device,
    country: Country,
    *,
    tap: bool = True,
    control: Control | None = None,
) -> Report:
    """Send one device to the bench and judge what it showed.

    Raises:
        BenchError: the visit failed, or the page's scripts told nothing.
    """
    visit, version, seen = await _visit(bench, go, device, country, tap=tap)
    subject = Subject(device=device, country=country, version=version, seen=seen)
    if control is not None:
        seen["sweep"] = control.sweep.wrong(subject.kind, seen["swept"] or {}, control.shows)
    seen["parsers"] = parse(str(subject.look("http.first.user-agent")))
    return Report(device=device, visit=visit, results=tuple(judge(table(), subject)))


async def _visit(
    bench: Bench, go: Go, device: Device, country: Country, *, tap: bool
) -> tuple[Visit, str, dict[str, Any]]:
    session = bench.open(tap=tap)
    visit = await go(bench, session, device, country)
    if visit.outcome is not Outcome.LOADED or "page" not in session.posted:
        told = ", ".join(sorted(session.posted)) or "nothing"
        raise BenchError(
            f"{device.name} did not get through the bench: {visit.outcome}, {visit.error or 'no error'}; "
            f"told {told}"
        )
    return visit, visit.browser.rpartition(" ")[2], measure(session)


async def self_test(go: Go, devices: Iterable[Device], country: Country) -> dict[str, Any]:
    """Return the short form, JSON: for the start of a crawl and its manifest.

    A device that does not get through has an ``error`` and no counts; the crawl may go on.
    """
    async with await Bench.start() as bench:
        asked = tuple(devices)
        told = await asyncio.gather(*(_short(bench, go, device, country) for device in asked))
        return {device.name: one for device, one in zip(asked, told, strict=True)}


async def _short(bench: Bench, go: Go, device: Device, country: Country) -> Mapping[str, Any]:
    try:
        report = await examine(bench, go, device, country, tap=False)
    except BenchError as error:
        return {"error": str(error)}
    return short(report)


def short(report: Report) -> dict[str, Any]:
    """Return what a manifest keeps of a device: counts, and the cheap checks that fail.

    What a busy machine did not answer in time is not counted: it says nothing of the phone.
    """
    asked = [result for result in report.results if result.check.id in SHORT and result.seen != LATE]
    return {
        "profile": report.visit.profile,
        "browser": report.visit.browser,
        "passed": sum(result.state is State.PASS for result in asked),
        "of": sum(result.state is not State.LEFT_OUT for result in asked),
        "failing": {
            result.check.id: f"{result.check.title}: {str(result.seen)[:120]}, a real one: {result.shows}"
            for result in asked
            if result.state is State.FAIL
        },
    }
