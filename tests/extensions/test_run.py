"""Progress and manifest, seen from outside: one tiny real crawl, and what it leaves."""

import json
import os
import pty
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a crawl said and wrote."""

    folder: Path
    said: str
    manifest: dict[str, Any]


def crawl(folder: Path, *more: str) -> Run:
    command = [sys.executable, "-m", "tests.extensions.crawl", str(folder), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == ""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return Run(folder=folder, said=done.stderr, manifest=manifest)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return crawl(tmp_path_factory.mktemp("run"))


def test_the_last_lines_say_how_many_artifacts_ended_how(run: Run) -> None:
    words = " ".join(run.said.split())
    assert "4 artifacts done in" in words
    assert "loaded 2 nxdomain 1 not visited: c2 1 still to do 1" in words
    assert "Lures 1 (0 artifacts cloaked)" in words


def test_the_last_lines_say_what_it_cost(run: Run) -> None:
    (memory,) = [line for line in run.said.splitlines() if line.startswith("Memory")]
    assert 10 < int(memory.split()[1].replace(",", "")) < 2000
    assert "Visits     4 (" in run.said


def test_report_and_blocklist_are_named_last_after_they_are_written(run: Run) -> None:
    assert run.said.splitlines()[-2:] == [
        f"Blocklist  {run.folder}/blocklist.domains.txt (2 names)",
        f"Report     {run.folder}/report/index.html",
    ]


def test_the_manifest_says_what_ran_and_how_it_ended(run: Run) -> None:
    told = run.manifest
    assert told["run"] == "run-1"
    assert told["spider"] == "tiny"
    assert told["finish_reason"] == "finished"
    assert told["started"] <= told["finished"]
    assert told["versions"]["browser"] == "chromium 156.0"
    assert told["versions"]["scrapy"]
    assert told["versions"]["playwright"]
    assert told["platform"]


def test_the_manifest_counts(run: Run) -> None:
    counts = run.manifest["counts"]
    assert counts["item_scraped_count"] == 4
    assert counts["mantis/outcome/nxdomain"] == 1
    assert counts["mantis/hold/c2"] == 1
    assert counts["mantis/lures"] == 1
    assert counts["mantis/visits"] == 4
    assert counts["mantis/visits/per_minute"] > 0
    assert counts["mantis/memory/peak_mb"] > 10


def test_the_manifest_keeps_no_secret(run: Run) -> None:
    assert "a secret" not in (run.folder / "manifest.json").read_text("utf-8")
    assert run.manifest["settings"]["MANTIS_COUNTRY"] == "fr"
    assert run.manifest["settings"]["MANTIS_LEDGER"] == "postgresql://***@db.example/runs"
    assert run.manifest["arguments"] == {"seed": "1", "token": "(redacted)"}


def test_the_manifest_names_each_export_by_its_hash(run: Run) -> None:
    files = run.manifest["files"]
    assert set(files) == {"blocklist.domains.txt", "report/index.html"}
    for name, digest in files.items():
        assert sha256((run.folder / name).read_bytes()).hexdigest() == digest


def test_a_run_that_is_cut_short_says_so_and_a_resumed_one_remembers_it(tmp_path: Path) -> None:
    earlier = {"run": "run-1", "started": "2026-01-02T03:04:05Z", "finished": None, "finish_reason": None}
    (tmp_path / "manifest.json").write_text(json.dumps(earlier))
    run = crawl(tmp_path, "reason=too_much")
    assert run.manifest["finish_reason"] == "too_much"
    assert run.manifest["earlier"] == [
        {"started": "2026-01-02T03:04:05Z", "finished": None, "finish_reason": None}
    ]


def test_on_a_terminal_one_line_is_written_over_and_over(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tests.extensions.crawl", str(tmp_path), "wait=1.2"]
    subprocess.run(command, cwd=ROOT, stderr=theirs, timeout=60, check=True)
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "\r4/5 artifacts · " in said
    live, _, last = said.partition("\r\x1b[K")
    assert "\n" not in live
    assert "4 artifacts done in" in last
