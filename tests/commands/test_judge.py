"""A run's captures are judged again: what changed is shown, one record explained, exports written anew."""

import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from mantis_crawler.commands.judge import Change, chosen, explained
from mantis_crawler.items import Record, from_json
from mantis_crawler.lab.truth import truth
from mantis_crawler.ledger import Ledger
from tests.spiders.runs import ROOT, crawl, environment, feed_of

pytestmark = pytest.mark.browser
DESIGNS = ("account-bank", "trick-gate", "companies-bank")
DEAD = "no-such-host-here.com"


def judge(outputs: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    line = [sys.executable, "-m", "scrapy", "judge", *arguments]
    return subprocess.run(
        line, cwd=ROOT, env=environment(outputs), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a real run on two lures, an honest bank and a dead name."""
    folder = tmp_path_factory.mktemp("outputs")
    urls = [row.url for row in truth(1) if row.design.name in DESIGNS]
    lines = [f"url,{url},," for url in urls]
    feed = feed_of(folder / "feed.csv", [*lines, f"url,http://{DEAD}/,,"])
    done = crawl(folder, f"seeds={feed}", "lab=yes", "devices=android,desktop")
    assert done.code == 0, done.said
    return folder


@pytest.fixture(scope="module")
def run(outputs: Path) -> Path:
    return next(path for path in outputs.glob("2*") if path.is_dir())


def records(run: Path) -> dict[str, Record]:
    lines = (run / "records.jsonl").read_text("utf-8").splitlines()
    found = (from_json(line, Record) for line in lines)
    by_url = {row.url: row.design.name for row in truth(1)}
    return {by_url.get(record.artifact.url or "", DEAD): record for record in found}


def ledgers(run: Path) -> list[Record]:
    """The records as the ledger has them."""
    ledger = Ledger.open(run / "ledger.sqlite")
    try:
        return list(ledger.records())
    finally:
        ledger.close()


def test_the_same_detectors_say_the_same_again(outputs: Path, run: Path) -> None:
    done = judge(outputs, run.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 4 verdicts changed." in done.stdout


def test_what_changed_is_shown_and_written_anew_where_that_is_asked_for(
    outputs: Path, run: Path, tmp_path: Path
) -> None:
    copy = tmp_path / run.name
    shutil.copytree(run, copy)
    kept = [record.lure for record in ledgers(copy)]
    done = judge(outputs, str(copy), "-s", "MANTIS_UNKNOWN_BELOW=1", "--write")
    assert "3 of 4 verdicts changed." in done.stdout
    assert "login, lure" in done.stdout
    assert "were written anew" in done.stdout
    now = records(copy).values()
    assert {record.verdict.content_class for record in now if record.verdict} == {"unknown"}
    told = (copy / "blocklist.evidence.csv").read_text("utf-8")
    assert not [record for record in now if record.artifact.host in told]
    assert "nothing was visited" in (copy / "report" / "index.html").read_text("utf-8")
    assert [record.lure for record in ledgers(copy)] == kept


def test_what_a_tap_led_to_is_explained_too(outputs: Path, run: Path) -> None:
    done = judge(outputs, run.name, "--explain", records(run)["trick-gate"].id[:16])
    assert (done.returncode, done.stderr) == (0, "")
    words = ("android, after a tap: login", "asks_secret", "android shows login after a tap", "a lure, score")
    assert [word for word in words if word not in done.stdout] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("account-bank", ("android: login", "asks_secret", "plain_http", "a lure, score")),
        ("companies-bank", ("android: login", "no lure, score 0")),
    ],
)
def test_the_evidence_of_a_record_is_told_as_tables(run: Path, name: str, words: tuple[str, ...]) -> None:
    console = Console(width=150, record=True, file=StringIO())
    console.print(*explained(records(run)[name]))
    told = console.export_text()
    assert [word for word in words if word not in told] == []


def test_of_a_name_that_is_dead_there_is_nothing_to_explain(run: Path) -> None:
    assert explained(records(run)[DEAD]) == []


def test_a_run_that_is_none_is_said_in_a_line(outputs: Path) -> None:
    done = judge(outputs, "nowhere")
    assert done.returncode != 0
    assert "no run 'nowhere'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_record_is_named_by_the_beginning_of_its_id_and_by_no_other_ones(run: Path) -> None:
    changes = [Change(before=record, after=record) for record in records(run).values()]
    one = changes[1]
    assert chosen(changes, one.before.id) is one
    with pytest.raises(ValueError, match="no records"):
        chosen(changes, "zzz")
    with pytest.raises(ValueError, match="4 records"):
        chosen(changes, "")
