"""What the embedded internet holds, and what becomes of what it does not know."""

import csv
import re
from collections import Counter

import pytest

from mantis_crawler.enrichment import lists
from mantis_crawler.lab.addresses import POOLS
from mantis_crawler.lab.dead import COUNTS, SINKHOLES, Fate
from mantis_crawler.lab.feed import feed, listed
from mantis_crawler.lab.site import Reply, Request, Site
from mantis_crawler.lab.world import World
from tests.lab.visits import AGENTS


def rows(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def test_the_world_is_as_large_as_promised() -> None:
    world = World(1)
    assert len(world.sites) >= 80
    assert len({site.design for site in world.sites.values()}) >= 40
    assert len({site.language for site in world.sites.values()}) >= 10


def test_about_three_quarters_of_the_feed_are_dead_in_every_way() -> None:
    world = World(1)
    assert {dead.fate for dead in world.dead.values()} == set(Fate)
    assert 0.7 < len(world.dead) / (len(world.dead) + len(listed(world))) < 0.8
    assert Counter(dead.fate for dead in world.dead.values()) == COUNTS


def test_every_address_of_the_lab_looks_public() -> None:
    for pool in POOLS.values():
        for block in pool.blocks:
            assert block.network[9].is_global


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_no_two_sites_have_one_name(seed: int) -> None:
    assert World(seed).sites


def test_one_seed_is_one_world_and_another_seed_another() -> None:
    first, again, other = World(1), World(1), World(2)
    assert feed(first) == feed(again)
    assert feed(first) != feed(other)
    assert list(first.dead.values()) == list(again.dead.values())
    assert not set(first.dead) & set(other.dead)


def replies(world: World) -> dict[tuple[str, str], Reply]:
    """What every site says to every phone."""
    return {
        (site.host, device): site.answer(asked(site, agent))
        for site in world.sites.values()
        for device, agent in AGENTS.items()
    }


def asked(site: Site, agent: str) -> Request:
    path, _, query = site.path.partition("?")
    headers = {"user-agent": agent, "accept-language": site.language}
    return Request(
        method="GET", scheme="http", host=site.host, path=path, query=query, headers=headers, count=1
    )


def test_one_seed_gives_the_same_bytes_everywhere() -> None:
    assert replies(World(5)) == replies(World(5))


def test_the_feed_has_every_kind_of_row() -> None:
    kinds = Counter(row["type"] for row in rows(feed(World(1))))
    comments = Counter(row["comment"] for row in rows(feed(World(1))))
    assert kinds["domain"] + kinds["url"] - 3 + kinds["ip"] - 10 >= 300
    assert (kinds["md5"], kinds["sha1"], kinds["sha256"]) == (1, 1, 1)
    assert comments["MoqHao C2 server"] == 10
    assert comments["Imgur profile used as Dead Drop resolvers"] == 3


def test_the_feed_is_defanged_as_campaign_reports_are() -> None:
    for row in rows(feed(World(1))):
        if row["type"] in {"domain", "ip"}:
            assert re.fullmatch(r"[a-z0-9.-]+\[\.\][a-z0-9-]+", row["ioc"])
        if row["type"] == "url":
            assert re.match(r"hxxps?://[a-z0-9.-]+\[\.\][a-z]+/", row["ioc"])


def test_an_unknown_name_is_dead_three_times_in_four() -> None:
    world = World(1)
    names = [f"unknown-{number}.example-name{number % 7}.net" for number in range(800)]
    alive = sum(world.name(name).fate is None for name in names)
    assert 150 < alive < 250
    assert {world.name(name).fate for name in names} >= {None, Fate.NXDOMAIN, Fate.REFUSED}


def test_an_unknown_name_that_is_alive_has_a_page() -> None:
    world = World(1)
    alive = [name for name in (f"n{number}.net" for number in range(60)) if world.name(name).fate is None]
    assert alive
    for name in alive:
        site = world.site(name)
        assert site
        assert site.host == name


def test_an_unknown_address_serves_a_landing_page_or_a_default_page_or_is_dead() -> None:
    world = World(1)
    addresses = [f"103.80.134.{last}" for last in range(1, 201)]
    fates = Counter(world.fate_of_address(address) for address in addresses)
    designs = Counter(site.design for site in map(world.site, addresses) if site)
    assert set(fates) == {None, Fate.REFUSED, Fate.CONNECT_TIMEOUT}
    living = [address for address in addresses if world.fate_of_address(address) is None]
    assert 0.35 < designs["mantis-generated"] / len(addresses) < 0.65
    assert len(living) > len(addresses) / 2


def test_no_address_of_a_campaign_is_on_a_list_that_excuses_it() -> None:
    for name, pool in POOLS.items():
        if name != "parking":
            assert not [block for block in pool.blocks if lists.lists_of_address(str(block.network[20]))]


def test_the_sinkholes_are_known_as_such() -> None:
    for address in SINKHOLES:
        assert "sinkholes" in lists.lists_of_address(address)
