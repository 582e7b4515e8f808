"""One case on the lab, as a person runs it: interrupted nowhere, begun again, and told what it would cost."""

import json
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psutil
import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from mantis_crawler.commands.case import Case
from mantis_crawler.commands.investigate import Command
from mantis_crawler.items import Artifact, Hold, Record, from_json
from tests.spiders.runs import ROOT, environment, offline

FEED = """type,ioc,comment,pap
domain,coqrf.xpddg[.]com,Domain contained in SMS,
domain,secret.udsuc[.]com,Domain contained in SMS,red
ip,5.6.7.8,MoqHao C2 server,
not an indicator at all,,,
"""


def scrapy(outputs: Path, *words: str) -> subprocess.CompletedProcess[str]:
    line = [*offline(), sys.executable, "-m", "scrapy", *words]
    return subprocess.run(
        line, cwd=ROOT, env=environment(outputs), capture_output=True, text=True, timeout=240, check=False
    )


def lines(path: Path, kind: type[Any]) -> list[Any]:
    return [from_json(line, kind) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outputs")


@pytest.fixture(scope="module")
def case(outputs: Path) -> Path:
    """A case that has run to its end, of which no artifact was visited."""
    feed = outputs / "few.csv"
    feed.write_text(FEED, "utf-8")
    ended = scrapy(outputs, "investigate", str(feed), "--case", "one", "--visits", "0", "-a", "lab=yes")
    assert ended.returncode == 0, ended.stderr
    assert "3 indicators (host 2, ip 1)" in ended.stdout
    return outputs / "one"


def test_a_case_has_its_own_indicators_account_records_figures_and_report(case: Path) -> None:
    assert (case / "input" / "few.csv").read_text("utf-8") == FEED
    account = json.loads((case / "expansion" / "expansion.json").read_text("utf-8"))
    assert account["feed"]["skips"] == {"header": 1, "no_indicator": 1}
    assert len(lines(case / "expansion" / "artifacts.jsonl", Artifact)) == 3
    assert json.loads((case / "summary.json").read_text("utf-8"))["indicators"]["count"] == 3
    (run,) = (path.parent for path in case.glob("2*/ledger.sqlite"))
    assert (run / "report" / "index.html").is_file()


def test_what_is_alive_but_not_to_be_visited_and_what_is_red_are_on_record(case: Path) -> None:
    (path,) = case.glob("2*/records.jsonl")
    records: dict[str, Record] = {record.artifact.host: record for record in lines(path, Record)}
    assert {host: record.artifact.hold for host, record in records.items()} == {
        "coqrf.xpddg.com": Hold.LIMIT,
        "secret.udsuc.com": Hold.PAP_RED,
        "5.6.7.8": Hold.C2,
    }
    assert records["coqrf.xpddg.com"].resolution is not None
    assert records["secret.udsuc.com"].resolution is None
    assert not any(record.visits for record in records.values())


def test_a_case_that_is_begun_again_does_only_what_is_missing(outputs: Path, case: Path) -> None:
    before = {
        path: path.stat().st_mtime_ns for path in case.glob("*/*") if path.suffix in {".jsonl", ".json"}
    }
    (run,) = (path.parent for path in case.glob("2*/ledger.sqlite"))
    (run / "report" / "index.html").unlink()
    (case / "summary.json").unlink()
    ended = scrapy(outputs, "investigate", "--case", "one")
    assert ended.returncode == 0, ended.stderr
    assert "Expanding" not in ended.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (run / "report" / "index.html").is_file()
    assert (case / "summary.json").is_file()


def test_a_dry_run_tells_the_price_and_asks_nobody(outputs: Path, case: Path) -> None:
    feed, folder = case / "input" / "few.csv", outputs / "dry"
    words = (f"indicators={feed}", "lab=yes", "dry_run=yes", f"folder={folder}")
    ended = scrapy(outputs, "crawl", "expand", *(part for word in words for part in ("-a", word)))
    assert ended.returncode == 0, ended.stderr
    assert "Nothing was asked" in ended.stderr
    assert json.loads((folder / "expansion.json").read_text("utf-8"))["prices"]["questions"]["names_at"] == 1
    assert not (folder / "artifacts.jsonl").exists()


def investigated(outputs: Path, *words: str) -> None:
    command = Command()
    command.settings = Settings({"MANTIS_OUTPUTS": str(outputs)})
    parser = ArgumentParser()
    command.add_options(parser)
    opts, args = parser.parse_known_args(words)
    command.run(args, opts)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("no-such-file.csv",), "no file"),
        (("few.csv", "--case", "one"), "begun with its own indicators"),
        (("--case", "one", "-a", "fanout=5"), "keeps the arguments.*leave out fanout"),
        (("--case", "one", "-a", "country=fr", "-a", "lab=yes"), "leave out country"),
        (("-a", "nonsense=1"), "NAME=VALUE"),
        (("-a", "depth"), "NAME=VALUE"),
        (("a", "b"), "one file"),
        (("--case", "broken"), "cannot be read"),
    ],
)
def test_bad_input_is_a_sentence(outputs: Path, case: Path, words: tuple[str, ...], says: str) -> None:
    assert case.is_dir()
    (outputs / "broken").mkdir(exist_ok=True)
    (outputs / "broken" / "case.json").write_text("{", "utf-8")
    with pytest.raises(UsageError, match=says):
        investigated(outputs, *words)


def test_a_case_that_goes_on_keeps_a_new_limit_of_its_visits(tmp_path: Path) -> None:
    Case.begin(tmp_path / "two", None, {"visits": "9", "lab": "yes"}).limited("3")
    assert Case.open(tmp_path / "two").arguments == {"visits": "3", "lab": "yes"}


def test_sigterm_ends_the_child_too_and_tells_once_how_to_go_on(outputs: Path) -> None:
    line = [sys.executable, "-m", "scrapy", "investigate", "--case", "ended", "--visits", "2"]
    with subprocess.Popen(
        [*offline(), *line], cwd=ROOT, env=environment(outputs), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = ""
        while "Run 2" not in said:
            said += (read := process.stderr.readline())
            assert read, said
        process.terminate()
        # the child holds the other end of the pipe: its end is that of the output
        said += process.stderr.read()
    assert process.returncode == 130, said
    assert said.count("Go on with") == said.count("scrapy investigate --case ended") == 1


def begun(outputs: Path, name: str) -> subprocess.Popen[str]:
    """Begin the lab's case in a process group of its own."""
    line = [sys.executable, "-m", "scrapy", "investigate", "--case", name, "--visits", "2"]
    return subprocess.Popen(
        [*offline(), *line],
        cwd=ROOT,
        env=environment(outputs),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def heard(process: subprocess.Popen[str], word: str) -> None:
    assert process.stderr is not None
    said = ""
    while word not in said:
        said += (read := process.stderr.readline())
        assert read, said


FEW = """type,ioc,comment,pap
domain,coqrf.xpddg[.]com,Domain contained in SMS,
ip,11.42.7.20,Android payload server,
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("step", ["Expanding", "Run 2"])
def test_a_case_that_is_killed_in_any_step_goes_on_and_has_every_record(
    outputs: Path, step: str, number: signal.Signals
) -> None:
    name = f"killed-{step.split(maxsplit=1)[0]}-{number.name}"
    feed = outputs / f"{name}.csv"
    feed.write_text(FEW, "utf-8")
    line = [sys.executable, "-m", "scrapy", "investigate", str(feed), "--case", name, "--visits", "0"]
    with subprocess.Popen(
        [*offline(), *line, "-a", "lab=yes"],
        cwd=ROOT,
        env=environment(outputs),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        heard(process, step)
        os.killpg(process.pid, number)
        assert process.stderr is not None
        process.stderr.read()
    assert process.returncode != 0
    ended = scrapy(outputs, "investigate", "--case", name)
    assert ended.returncode == 0, ended.stderr
    account = json.loads((outputs / name / "expansion" / "expansion.json").read_text("utf-8"))
    (path,) = (outputs / name).glob("2*/records.jsonl")
    records = lines(path, Record)
    assert len(records) == account["artifacts"] + 2 == len({record.id for record in records})
    assert (path.parent / "report" / "index.html").is_file()


def test_what_kills_the_command_alone_ends_its_crawl_too(outputs: Path) -> None:
    with begun(outputs, "orphan") as process:
        heard(process, "Run 2")
        command = psutil.Process(process.pid)
        children = command.children(recursive=True)
        kill = next(child for child in [command, *children] if "investigate" in child.cmdline())
        crawl = next(child for child in children if "crawl" in child.cmdline())
        kill.send_signal(signal.SIGKILL)
        assert psutil.wait_procs([crawl], timeout=60)[0]
