"""The table of checks, and how values are held against it."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from mantis_crawler import devices
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device, country
from mantis_crawler.lab.phones.check import GROUPS, SOURCES, State, judge, row
from mantis_crawler.lab.phones.checks import table
from mantis_crawler.lab.phones.expected import (
    Expected,
    Subject,
    absent,
    agrees,
    between,
    equal,
    like,
    present,
)
from mantis_crawler.lab.phones.selftest import SHORT

SHELF = discover(devices, Device)


def subject(device: str, seen: dict[str, Any] | None = None, where: str = "us") -> Subject:
    return Subject(device=SHELF[device], country=country(where), version="156.0.8078.79", seen=seen or {})


def test_each_check_has_its_own_id_a_group_and_a_source() -> None:
    assert [check.id for check, times in Counter(table()).items() if times > 1] == []
    assert len({check.id for check in table()}) == len(table())
    assert {check.group for check in table()} == set(GROUPS)
    assert {check.source for check in table()} <= set(SOURCES)


def test_a_phone_is_asked_as_much_as_was_researched() -> None:
    asked = Counter(kind for check in table() for kind in ("android", "iphone") if check.of(kind))
    assert asked == {"android": 172, "iphone": 171}


def test_the_short_form_asks_what_a_landing_page_reads() -> None:
    by_id = {check.id: check for check in table()}
    assert by_id.keys() >= SHORT
    assert {name for name in SHORT if not by_id[name].cheap} == {"B24"}


def test_nothing_measured_passes_nearly_nothing() -> None:
    for device in ("android", "iphone", "desktop"):
        passed = [item for item in judge(table(), subject(device)) if item.state is State.PASS]
        assert {item.shows for item in passed} <= {"absent", "no Notification"}


@pytest.mark.parametrize(
    ("expected", "good", "bad"),
    [
        (equal(value=True), True, 1),
        (equal(5), 5, "5"),
        (like("^a"), "ab", "ba"),
        (like("^a"), "a", None),
        (between(1, 8), "8", "16"),
        (between(1, 8), 4, None),
        (absent(), ["undefined", None], ["undefined", "function"]),
        (absent(), None, "?1"),
        (present(), ["function", "function"], ["function", "undefined"]),
    ],
)
def test_a_value_is_held_against_what_is_expected(expected: Expected, good: Any, bad: Any) -> None:
    assert expected.holds(good, subject("android"))
    assert not expected.holds(bad, subject("android"))


def test_two_measurements_agree_as_numbers_or_not_at_all() -> None:
    seen: dict[str, Any] = {"page": {"scale": 2.625}, "http": {"later": {}}}
    assert agrees("page.scale").holds("2.625", subject("android", seen))
    assert not agrees("page.scale").holds("1", subject("android", seen))
    assert not agrees("http.later.dpr").holds(None, subject("android", seen))


def test_what_cannot_be_measured_is_left_out_not_failed() -> None:
    check = row("A99", "x", "a.b", equal(1), None, None, "SPEC", needs="a")
    measured: list[dict[str, Any]] = [{}, {"a": {}}, {"a": {"b": 1}}]
    states = [judge([check], subject("android", seen))[0].state for seen in measured]
    assert states == [State.LEFT_OUT, State.FAIL, State.PASS]
    assert judge([check], subject("iphone")) == []


def test_an_iphone_names_one_language_and_its_header_two() -> None:
    checks = [check for check in table() if check.id in {"A16", "C10"}]
    seen = {
        "http": {"first": {"accept-language": "fr-FR,fr;q=0.9"}},
        "page": {"languages": ["fr-FR"]},
    }
    assert [item.state for item in judge(checks, subject("iphone", seen, "fr"))] == [State.PASS] * 2
    assert [item.state for item in judge(checks, subject("iphone", seen, "jp"))] == [State.FAIL] * 2


def test_a_browser_inside_an_app_is_held_against_another_column() -> None:
    checks = [check for check in table() if check.id == "D14"]
    seen: dict[str, Any] = {"page": {"chrome": "undefined"}}
    phone = subject("android", seen)
    inside = replace(phone, device=replace(phone.device, in_app=True))
    assert judge(checks, phone)[0].state is State.FAIL
    assert judge(checks, inside)[0].state is State.PASS
