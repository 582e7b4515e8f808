"""``docs/phones.md`` accounts for every check: it is held, or named with what a real phone shows."""

import re
from pathlib import Path

import pytest

from mantis_crawler.lab.phones.check import GROUPS, SOURCES
from mantis_crawler.lab.phones.checks import table
from tests.lab.phones.bench import PHONES
from tests.lab.phones.test_phones import passing

DOCUMENT = Path(__file__).parents[3] / "docs" / "phones.md"


def section(title: str) -> str:
    return DOCUMENT.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


def named(title: str) -> set[str]:
    return set(re.findall(r"^\| ([A-J]\d\d) \|", section(title), re.MULTILINE))


@pytest.mark.parametrize("device", PHONES)
def test_each_check_is_held_or_named(device: str) -> None:
    asked = {check.id for check in table() if check.of(device)}
    fails, left = named(f"What {device} fails"), named("What is left out")
    assert passing(device, "any", "shell", "fonts") | fails | left == asked
    assert passing(device, "any", "shell", "fonts") & (fails | left) == set()


@pytest.mark.parametrize("device", PHONES)
def test_the_totals_are_those_of_the_lists(device: str) -> None:
    asked = {check.id for check in table() if check.of(device)} - named("What is left out")
    fails = named(f"What {device} fails")
    assert f"{device}: {len(asked - fails)} of {len(asked)}" in section("How good the phones are")
    for letter, group in GROUPS.items():
        of = {check for check in asked if check.startswith(letter)}
        row = rf"^\| {letter} {group} \|.* {len(of - fails)} / {len(of)} \|"
        assert re.search(row, section("How good the phones are"), re.MULTILINE), letter


@pytest.mark.parametrize("device", PHONES)
def test_failing_checks_that_a_site_reads_at_once_are_marked(device: str) -> None:
    cheap = {check.id for check in table() if check.cheap}
    marked = set(re.findall(r"^\| ([A-J]\d\d) \|.*\| yes \|", section(f"What {device} fails"), re.MULTILINE))
    assert marked == named(f"What {device} fails") & cheap


def test_every_source_is_explained() -> None:
    text = section("Where the expectations come from")
    assert set(re.findall(r"^\| (\w+) \|", text, re.MULTILINE)) - {"word"} == set(SOURCES)
