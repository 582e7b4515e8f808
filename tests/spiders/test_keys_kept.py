"""No file that a run leaves, and nothing that it says, holds a key."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.items import Artifact, from_json
from tests.spiders.runs import ROOT, environment, offline

PLANTED = "planted0key0of0a0test"
REAL = "at_real0key0that0the0lab0must0never0see"


def expanded(outputs: Path, fault: str) -> tuple[Path, str]:
    folder = outputs / fault
    keys = {"MANTIS_KEY_LAB": f"lab-{fault}:{PLANTED}", "MANTIS_KEY_WHOISXML": REAL}
    words = ("crawl", "expand", "-a", f"folder={folder}", "-L", "DEBUG")
    ended = subprocess.run(
        [*offline(), sys.executable, "-m", "scrapy", *words],
        cwd=ROOT,
        env={**environment(outputs), **keys},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return folder, ended.stdout + ended.stderr


def files(folder: Path) -> list[Path]:
    return [Path(root) / name for root, _, names in os.walk(folder) for name in names]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outputs")


@pytest.fixture(scope="module")
def good(outputs: Path) -> tuple[Path, str]:
    return expanded(outputs, "good")


def hold_no_key(outputs: Path, said: str) -> None:
    assert PLANTED not in said
    assert REAL not in said
    every = files(outputs)
    assert any(path.suffix == ".sqlite" for path in every)
    for path in every:
        data = path.read_bytes()
        assert PLANTED.encode() not in data, path
        assert REAL.encode() not in data, path


def test_a_run_that_goes_well_leaves_no_key(outputs: Path, good: tuple[Path, str]) -> None:
    hold_no_key(outputs, good[1])


def test_a_run_that_fails_leaves_no_key_either(tmp_path: Path) -> None:
    folder, said = expanded(tmp_path, "wrong-key")
    hold_no_key(tmp_path, said)
    account = json.loads((folder / "expansion.json").read_text("utf-8"))
    failures = [cut for cut in account["cuts"] if cut["reason"] == "failure"]
    assert {cut["detail"].split(":")[0] for cut in failures} == {"refused"}
    assert account["artifacts_by_pivot"].keys() == {"reverse_ip"}


def test_the_case_grows_to_the_published_size(good: tuple[Path, str]) -> None:
    account = json.loads((good[0] / "expansion.json").read_text("utf-8"))
    assert account["feed"]["indicators"] == 97
    assert account["artifacts_by_pivot"] == {"reverse_whois": 7_086, "reverse_ip": 1_170}
    artifacts = [
        from_json(line, Artifact) for line in (good[0] / "artifacts.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(artifacts) == 97 + 8_256
    assert account["credits"]["whoisxml_reverse_whois"] == 100


def test_the_same_again_costs_nothing(outputs: Path, good: tuple[Path, str]) -> None:
    folder, _ = expanded(outputs, "good-again")
    account = json.loads((folder / "expansion.json").read_text("utf-8"))
    assert account["credits"] == {}
    assert account["artifacts"] == 8_256
    assert (folder / "artifacts.jsonl").read_bytes() == (good[0] / "artifacts.jsonl").read_bytes()
