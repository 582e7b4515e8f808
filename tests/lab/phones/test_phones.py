"""Both phones at the bench: what passes once must pass ever after."""

import csv
import json
from pathlib import Path

import pytest

from mantis_crawler.browser.find import fuller
from mantis_crawler.browser.fonts import lacking
from mantis_crawler.lab.phones.check import State
from mantis_crawler.lab.phones.checks import table
from mantis_crawler.lab.phones.selftest import SHORT
from tests.lab.phones.bench import PHONES, SHELF, found, looked, looked_deep, others

PASSING = list(csv.DictReader(Path(__file__).with_name("passing.csv").read_text().splitlines()))

DEEP_FAILS = {"android": set(), "iphone": {"A22", "A24", "A25", "E13", "E14", "H01"}}  # type: dict[str, set[str]]
"""In depth all other checks pass; these are the engine itself."""


def passing(device: str, *builds: str) -> set[str]:
    return {row["id"] for row in PASSING if row["device"] == device and row["build"] in builds}


@pytest.mark.browser
@pytest.mark.parametrize("device", PHONES)
def test_no_check_that_passed_fails(device: str) -> None:
    report = looked()[0][device]
    own = () if lacking(SHELF[device]) else ("fonts",)
    held = passing(device, "any", "shell" if found().shell else "full", *own)
    lost = {item.check.id: (item.seen, item.shows) for item in report.failing if item.check.id in held}
    assert lost == {}


@pytest.mark.browser
@pytest.mark.parametrize("device", PHONES)
def test_in_depth_no_check_fails_but_what_the_engine_is(device: str) -> None:
    if fuller(found()).shell:
        pytest.skip("no full browser starts here: scrapy doctor says how to get one")
    if lacks := lacking(SHELF[device]):
        pytest.skip(f"the machine has no {', '.join(lacks)}")
    lost = {item.check.id: (item.seen, item.shows) for item in looked_deep()[device].failing}
    assert set(lost) - DEEP_FAILS[device] == set(), lost


@pytest.mark.browser
@pytest.mark.parametrize("device", PHONES)
def test_every_check_without_others_was_measured(device: str) -> None:
    needless = {check.id for check in table() if check.group not in "IJ" and check.id not in {"E13", "E14"}}
    assert {item.check.id for item in looked()[0][device].left_out} & needless == set()


@pytest.mark.browser
@pytest.mark.parametrize("device", PHONES)
@pytest.mark.parametrize("check", ["I02", "I09", "I11", "I19", "I20"])
def test_scripts_of_others_say_a_person_with_a_phone(device: str, check: str) -> None:
    if check in {"I02", "I09", "I11"} and others():
        pytest.skip(f"the scripts of others cannot be had: {others()}")
    states = {item.check.id: item.state for item in looked()[0][device].results}
    assert states[check] is State.PASS


@pytest.mark.browser
def test_the_short_form_fits_a_manifest() -> None:
    short = looked()[1]["android"]
    assert json.loads(json.dumps(short)) == short
    assert short["passed"] + len(short["failing"]) == short["of"] == len(SHORT)
    assert short["profile"] == "android profile on Chromium"
    assert set(short["failing"]) & passing("android", "any") == set()
