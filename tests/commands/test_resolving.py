"""Names are resolved against a server of our own, each to the end that the server gave it."""

import shutil

import pytest

from mantis_crawler.commands.resolving import measured, unbound
from mantis_crawler.lab.flat import answered, flat_server

NAMES = [f"n{number}.example" for number in range(400)]


def test_every_name_has_its_end_and_about_a_quarter_is_alive() -> None:
    with flat_server() as place:
        speed = measured([place], NAMES)
    assert speed.names == speed.outcomes.total() == len(NAMES)
    assert set(speed.outcomes) == {"alive", "nxdomain"}
    assert 60 < speed.outcomes["alive"] < 140


def test_the_same_name_has_the_same_answer_and_its_own_number() -> None:
    query = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x02n1\x07example\x00\x00\x01\x00\x01"
    first, second = answered(query), answered(b"\x99\x99" + query[2:])
    assert first[:2] == b"\x12\x34"
    assert first[2:] == second[2:]


@pytest.mark.skipif(shutil.which("unbound", path="/usr/sbin:/usr/bin") is None, reason="unbound is missing")
def test_unbound_is_started_with_names_of_its_own() -> None:
    program = shutil.which("unbound", path="/usr/sbin:/usr/bin")
    assert program is not None
    with unbound(program) as place:
        assert measured([place], NAMES[:50]).outcomes == {"alive": 50}
