"""The lab's case has the published figures, exactly."""

import csv
from collections import Counter
from io import StringIO
from itertools import chain

import pytest

from mantis_crawler.enrichment.addresses import is_public
from mantis_crawler.lab.addresses import block_of
from mantis_crawler.lab.case import Case
from mantis_crawler.lab.world import World

pytestmark = pytest.mark.parametrize("seed", [1, 2])


def test_97_indicators_of_six_countries_nine_providers_and_three_domains(seed: int) -> None:
    case = Case(seed)
    lines = [line for line in case.feed().splitlines() if not line.startswith("#")]
    rows = [*csv.DictReader(StringIO("\n".join(lines)))]
    assert Counter(row["type"] for row in rows) == {"ip": 90, "domain": 7}
    assert len({row["ioc"] for row in rows}) == 97
    blocks = [block for address in case.addresses if (block := block_of(address))]
    countries = Counter(block.country for block in blocks)
    assert countries == {"cn": 33, "kr": 26, "nl": 11, "fr": 8, "us": 7, "de": 5}
    assert len({block.holder for block in blocks}) == 9
    assert all(map(is_public, case.addresses))


def test_1170_names_at_the_addresses_of_which_1036_are_on_duck_dns(seed: int) -> None:
    names = {*chain(*Case(seed).at.values())}
    assert len(names) == 1170
    duck = sum(name.endswith(".duckdns.org") for name in names)
    assert (duck, round(100 * duck / len(names), 2)) == (1036, 88.55)


def test_8256_artifacts_of_which_24_percent_lead_to_890_addresses_23_of_them_indicators(seed: int) -> None:
    case = Case(seed)
    names = {*chain(*case.at.values()), *case.by_whois}
    assert len(names) == 1170 + 7086
    led = [address for name in names if (address := case.names[name])]
    assert round(100 * len(led) / len(names)) == 24
    assert (len({*led}), len({*led} & {*case.addresses})) == (890, 23)
    assert round(100 * len(names & case.bad) / len(names)) == 1


def test_the_world_knows_the_cases_names_and_serves_those_that_live(seed: int) -> None:
    world = World(seed)
    for host in ([*world.case.names][::97], world.case.hosts):
        for name in host:
            known = world.name(name)
            assert known.address == world.case.names[name]
            assert (known.fate is None) == (world.site(name) is not None)
            if known.address:
                assert world.fate_of_address(known.address) is None


def test_the_same_seed_gives_the_same_case_and_another_one_another(seed: int) -> None:
    assert Case(seed).feed() == Case(seed).feed() != Case(seed + 1).feed()
    assert Case(seed).at == Case(seed).at
