"""The running lab: routes, dead ports, hits, its own networks."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import maxminddb
import pytest

from mantis_crawler.lab import Hit, Lab, LabRouteError
from mantis_crawler.lab.dead import ADDRESSES, Fate
from tests.lab.visits import ask, host_of, run


async def spoken(lab: Lab, address: str, port: int) -> bytes:
    """What a server says when it is spoken to."""
    reader, writer = await asyncio.open_connection(*lab.route(address, port))
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    said = await asyncio.wait_for(reader.read(), 2)
    writer.close()
    return said


def test_public_looking_addresses_lead_to_loopback() -> None:
    async def question(lab: Lab) -> Any:
        place = lab.world.name(host_of(lab, "mantis-fr-alert")).address
        assert place
        return lab.route(place, 80), lab.route(place, 443), lab.http_port, lab.https_port

    plain, secure, http_port, https_port = run(question)
    assert plain == ("127.0.0.1", http_port)
    assert secure == ("127.0.0.1", https_port)


@pytest.mark.parametrize(
    ("address", "port"),
    [
        ("127.0.0.1", 80),
        ("10.0.0.138", 80),
        ("169.254.169.254", 80),
        ("224.0.0.251", 80),
        ("::1", 80),
        ("2606:4700::1111", 443),
        ("no address", 80),
        ("11.42.7.20", 22),
        ("11.42.7.20", 8080),
        (ADDRESSES[Fate.SINKHOLE][0], 80),
    ],
)
def test_there_is_no_way_out_of_the_lab(address: str, port: int) -> None:
    async def question(lab: Lab) -> None:
        with pytest.raises(LabRouteError):
            lab.route(address, port)

    run(question)
    assert issubclass(LabRouteError, OSError)


def test_a_refusing_address_refuses() -> None:
    async def question(lab: Lab) -> None:
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*lab.route(ADDRESSES[Fate.REFUSED][0], 80))

    run(question)


def test_an_address_that_never_accepts_lets_nobody_in() -> None:
    async def question(lab: Lab) -> None:
        place = lab.route(ADDRESSES[Fate.CONNECT_TIMEOUT][0], 80)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.open_connection(*place), 0.4)

    run(question)


def test_garbage_is_no_http_and_a_mute_server_says_nothing() -> None:
    async def question(lab: Lab) -> Any:
        garbage = await spoken(lab, ADDRESSES[Fate.GARBAGE][0], 80)
        with contextlib.suppress(ConnectionError):
            return garbage, await spoken(lab, ADDRESSES[Fate.MUTE][0], 80)
        return garbage, b""

    garbage, nothing = run(question)
    assert garbage
    assert not garbage.startswith(b"HTTP")
    assert nothing == b""


def test_a_site_with_broken_tls_is_there_on_443_alone() -> None:
    async def question(lab: Lab) -> Any:
        address = ADDRESSES[Fate.TLS_BROKEN][0]
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*lab.route(address, 80))
        return await spoken(lab, address, 443)

    # 0x16 begins a TLS handshake record, 0x15 an alert
    assert run(question)[:1] not in {b"\x16", b"\x15", b""}


def test_every_request_is_written_down() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-ja-alert")
        await ask(lab, host, "/?a=1", language="ja-JP,ja;q=0.9")
        await ask(lab, host, "/", language="ja")
        return host, lab.hits

    host, hits = run(question)
    assert hits[0] == Hit(scheme="http", host=host, path="/", device="android", language="ja", count=1)
    assert [hit.count for hit in hits] == [1, 2]


def test_each_lab_counts_from_the_beginning() -> None:
    async def question(lab: Lab) -> Any:
        return (await ask(lab, host_of(lab, "trick-once"), "/s/8Kq2vX")).status, len(lab.hits)

    assert run(question) == run(question) == (200, 1)


def test_two_labs_of_one_seed_give_the_same_bytes() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-fr-alert")
        return (await ask(lab, host)).body, lab.feed, lab.authority

    assert run(question) == run(question)
    assert not set(run(question)) & set(run(question, seed=2))


def test_a_name_of_nobody_gets_the_servers_404() -> None:
    async def question(lab: Lab) -> Any:
        return await ask(lab, "localhost")

    assert run(question).status == 404


def test_the_networks_can_be_read_from_a_database(tmp_path: Path) -> None:
    async def question(lab: Lab) -> Any:
        address = lab.world.name(host_of(lab, "mantis-fr-alert")).address
        return address, lab.asn_database(tmp_path)

    address, path = run(question)
    with maxminddb.open_database(path) as database:
        facts: Any = database.get(address)
        assert facts["country_code"] in {"HK", "TW"}
        assert facts["asn"] in {64496, 64497}
        assert facts["as_org"]
        assert database.get("8.8.8.8") is None
