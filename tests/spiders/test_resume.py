"""Runs that are killed, and runs of the same seed: the ledger is the truth."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from mantis_crawler.items import Outcome
from mantis_crawler.lab.feed import feed
from mantis_crawler.lab.world import World
from mantis_crawler.ledger import Ledger
from tests.spiders.runs import ROOT, Run, command, crawl, environment, feed_of, folder_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some of the lab: a dozen live names and as many dead ones."""
    world = World(1)
    lines = feed(world).splitlines()
    rows = [line for line in lines if line.startswith(("domain,", "url,"))]
    hosts = [line.split(",")[1].replace("[.]", ".") for line in rows]
    live = [row for row, host in zip(rows, hosts, strict=True) if host in world.sites]
    dead = [row for row, host in zip(rows, hosts, strict=True) if host in world.dead]
    mantis = {site.host for site in world.families["mantis"]}
    landings = [row for row in live if row.split(",")[1].replace("[.]", ".") in mantis]
    others = [row for row in live if row not in landings]
    return feed_of(tmp_path_factory.mktemp("seeds") / "some.csv", [*landings[:6], *others[:6], *dead[:12]])


def start(outputs: Path, *arguments: str, said: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(*arguments),
        cwd=ROOT,
        env=environment(outputs),
        stdout=subprocess.DEVNULL,
        stderr=said,
        start_new_session=True,
    )


def wait_for(true: Callable[[], Any], seconds: float = 90) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := true():
            return value
        time.sleep(0.1)
    pytest.fail("it did not come to that in time")


def done(outputs: Path) -> int:
    folder = folder_of(outputs)
    if folder is None or not (folder / "ledger.sqlite").is_file():
        return 0
    try:
        ledger = Ledger.open(folder / "ledger.sqlite")
    except Exception:  # noqa: BLE001 - it is being made
        return 0
    try:
        return sum(1 for record in ledger.records() if record.visits)
    finally:
        ledger.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a run with everything that it started, by the group that we gave it."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, seeds: Path) -> None:
    process = start(tmp_path, f"seeds={seeds}", "lab=yes")
    try:
        before = wait_for(lambda: done(tmp_path) >= 3 and done(tmp_path))
    finally:
        kill(process)
    folder = folder_of(tmp_path)
    assert folder is not None
    ledger = Ledger.open(folder / "ledger.sqlite")
    kept = {record.id: record.finished for record in ledger.records()}
    total = ledger.counts()["total"]
    ledger.close()
    assert before <= len(kept) < total

    run = crawl(tmp_path, f"resume={folder.name}")
    assert run.code == 0, run.said
    assert run.folder == folder
    ids = [record.id for record in run.records]
    assert len(ids) == len(set(ids)) == total
    # what was done is not done again, what was in hand is done once more at most
    assert {record.id: record.finished for record in run.records if record.id in kept} == kept
    assert {record.attempts for record in run.records} <= {1, 2}


def test_an_interrupted_run_says_how_to_go_on(tmp_path: Path, seeds: Path) -> None:
    process = start(tmp_path, f"seeds={seeds}", "lab=yes", said=subprocess.PIPE)
    try:
        wait_for(lambda: done(tmp_path) >= 1)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            kill(process)
    folder = folder_of(tmp_path)
    assert folder is not None
    assert process.returncode == 130
    assert f"Go on with: scrapy crawl artifacts -a resume={folder.name}" in said.decode()
    assert (folder / "report" / "index.html").is_file()


def test_a_run_whose_browser_is_killed_goes_on_by_itself(tmp_path: Path, seeds: Path) -> None:
    process = start(tmp_path, f"seeds={seeds}", "lab=yes")

    def browsers() -> list[psutil.Process]:
        found = []
        for child in psutil.Process(process.pid).children(recursive=True):
            try:
                line = child.cmdline()
            except psutil.Error:
                continue
            if any("--user-agent=" in word for word in line) and not any("--type=" in word for word in line):
                found.append(child)
        return found

    try:
        wait_for(lambda: done(tmp_path) >= 2)
        for browser in wait_for(browsers):
            browser.kill()
        code = process.wait(180)
    finally:
        if process.poll() is None:
            kill(process)
    assert code == 0
    run = Run(code=code, said="", folder=folder_of(tmp_path))
    assert len(run.records) == 24
    live = [record for record in run.records if record.visits]
    assert len(live) >= 11
    assert [r.artifact.url for r in live if any(v.outcome is Outcome.CRASHED for v in r.visits)] == []


def test_a_run_whose_driver_is_killed_goes_on_by_itself(tmp_path: Path, seeds: Path) -> None:
    process = start(tmp_path, f"seeds={seeds}", "lab=yes")

    def drivers() -> list[psutil.Process]:
        found = []
        for child in psutil.Process(process.pid).children(recursive=True):
            with suppress(psutil.Error):  # it is gone by now
                # by its program: a thread may have given it another name
                if Path(child.exe()).name == "node":
                    found.append(child)
        return found

    try:
        wait_for(lambda: done(tmp_path) >= 2)
        for driver in wait_for(drivers):
            driver.kill()
        code = process.wait(180)
    finally:
        if process.poll() is None:
            kill(process)
    assert code == 0
    records = Run(code=code, said="", folder=folder_of(tmp_path)).records
    assert len(records) == 24
    crashed = [r.artifact.url for r in records if any(v.outcome is Outcome.CRASHED for v in r.visits)]
    assert crashed == []


def test_two_runs_of_one_seed_give_the_same_records_and_blocklist(tmp_path: Path, seeds: Path) -> None:
    first = crawl(tmp_path / "first", f"seeds={seeds}", "lab=yes")
    second = crawl(tmp_path / "second", f"seeds={seeds}", "lab=yes")
    assert [lasting(record) for record in raw(first)] == [lasting(record) for record in raw(second)]
    assert first.folder is not None
    assert second.folder is not None
    for name in ("blocklist.domains.txt", "blocklist.evidence.csv", "blocklist.excluded.csv"):
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()
    assert len(first.listed()) >= 3


def raw(run: Run) -> list[dict[str, Any]]:
    assert run.folder is not None
    return [json.loads(line) for line in (run.folder / "records.jsonl").read_text("utf-8").splitlines()]


def lasting(fact: Any) -> Any:
    """A record without its times, files that hold times, and the run's random id."""
    if isinstance(fact, dict):
        gone = {"started", "seconds", "time", "finished", "run", "at", "timing", "headers"}
        gone |= {"created", "expires", "age_days"}  # as told by whichever source answered in time
        return {name: lasting(value) for name, value in fact.items() if name not in gone}
    if not isinstance(fact, list):
        return fact
    timed = ("har", "console", "manifest")  # a console tells of what was still loading, too
    kept = [value for value in fact if not (isinstance(value, dict) and value.get("kind") in timed)]
    return [lasting(value) for value in kept]
