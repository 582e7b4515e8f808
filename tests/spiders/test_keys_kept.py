"""No file that a run leaves, and nothing that it says, holds a key."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.items import Artifact, Record, from_json
from mantis_crawler.lab.world import World
from tests.spiders.runs import ROOT, environment, feed_of, folder_of, offline

PLANTED = "planted0key0of0a0test"
REAL = "at_real0key0that0the0lab0must0never0see"


def expanded(outputs: Path, fault: str) -> tuple[Path, str]:
    folder = outputs / fault
    return folder, crawled(outputs, fault, "expand", "-a", f"folder={folder}")


def crawled(outputs: Path, fault: str, *words: str) -> str:
    real = {f"MANTIS_KEY_{name}": REAL for name in ("WHOISXML", "SAFEBROWSING", "ABUSECH")}
    ended = subprocess.run(
        [*offline(), sys.executable, "-m", "scrapy", "crawl", *words, "-L", "DEBUG"],
        cwd=ROOT,
        env={**environment(outputs), "MANTIS_KEY_LAB": f"lab-{fault}:{PLANTED}", **real},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout + ended.stderr


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


ASKED = ("categories", "elsewhere", "known_bad", "reputation", "screenshot")


def enriched(outputs: Path, fault: str) -> tuple[list[Record], str]:
    """Enrich a few names of the case, all of it bought, and visit none."""
    case = World(1).case
    hosts = [*case.hosts, *list(case.at[case.addresses[0]])[:6]]
    feed = feed_of(outputs / "feed.csv", [f"domain,{host},," for host in hosts])
    bought = [f"MANTIS_{name}" for name in ("SECOND_OPINIONS=all", "PAID_ENRICHMENT=True", "SELF_TEST=0")]
    settings = [word for one in bought for word in ("-s", one)]
    known = outputs / "ours.csv"
    known.write_text(f"host,threat,first_seen\n{case.hosts[0]},smishing,2022-01-09\n", "utf-8")
    given = (f"seeds={feed}", f"feeds={known}", "lab=yes", "visits=0")
    wishes = [word for one in given for word in ("-a", one)]
    said = crawled(outputs, fault, "artifacts", *wishes, *settings)
    folder = folder_of(outputs)
    assert folder is not None
    lines = (folder / "records.jsonl").read_text("utf-8").splitlines()
    return sorted((from_json(line, Record) for line in lines), key=lambda record: record.id), said


def facts(records: list[Record]) -> dict[tuple[str, str], object]:
    return {
        (record.artifact.host, one.source): {**one.facts, "unknown": ""}
        for record in records
        for one in record.enrichments
        if one.source in ASKED and not one.error
    }


def test_second_opinions_and_safe_browsing_leave_no_key_and_cost_nothing_the_second_time(
    tmp_path: Path,
) -> None:
    first, said = enriched(tmp_path, "good")
    hold_no_key(tmp_path, said)
    known = [one for record in first for one in record.enrichments if one.source == "known_bad"]
    assert {name for one in known for name in one.facts["asked"]} >= {"safe_browsing", "urlhaus"}
    assert any("safe_browsing" in one.facts["by"] for one in known)
    ours = [one.facts["by"].get("feed:ours.csv") for one in known]
    assert [one for one in ours if one] == [
        {"kinds": ["smishing"], "since": "2022-01-09T00:00:00Z", "reports": 1}
    ]
    assert {source for _, source in facts(first)} == {*ASKED}
    pictures = [*tmp_path.rglob("*.opinion.png")]
    assert pictures
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    # whoever is asked now says that there are no credits left: so nobody is
    second, said = enriched(tmp_path, "no-credit")
    hold_no_key(tmp_path, said)
    assert facts(second) == facts(first)
