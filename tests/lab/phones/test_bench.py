"""The bench itself, asked without a browser."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from mantis_crawler.enrichment.addresses import is_public
from mantis_crawler.items import Outcome
from mantis_crawler.lab.phones.bench import ADDRESS, Bench, BenchRouteError
from mantis_crawler.lab.phones.measure import measure


def run(question: Callable[[Bench], Awaitable[Any]]) -> Any:
    async def ask() -> Any:
        async with await Bench.start() as bench:
            return await question(bench)

    return asyncio.run(ask())


def test_there_is_no_way_out_of_the_bench() -> None:
    async def question(bench: Bench) -> Any:
        for address, port in ((ADDRESS, 22), ("11.42.7.20", 443), ("127.0.0.1", 80)):
            with pytest.raises(BenchRouteError):
                bench.route(address, port)
        return await bench.names.resolve("update.googleapis.com"), await bench.names.resolve(
            bench.open().host
        )

    other, own = run(question)
    assert other.outcome is Outcome.NXDOMAIN
    assert [answer.address for answer in own.answers] == [ADDRESS]
    assert is_public(ADDRESS)


def test_requests_are_kept_whole_and_in_their_order() -> None:
    async def question(bench: Bench) -> Any:
        session = bench.open()
        port = bench.route(ADDRESS, 80)[1]
        async with aiohttp.ClientSession() as client:
            headers = {"Host": session.host, "User-Agent": "x", "X-b": "1", "x-A": "2"}
            await client.get(f"http://127.0.0.1:{port}/plain?q", headers=headers)
            await client.get(f"http://127.0.0.1:{port}/", headers={"Host": "p0.phone-bench.net"})
        return session

    session = run(question)
    (asked,) = session.asked
    assert (asked.scheme, asked.path) == ("http", "/plain?q")
    names = [name for name, _ in asked.headers]
    assert names.index("X-b") + 1 == names.index("x-A")


def test_a_visit_that_told_nothing_is_measured_all_the_same() -> None:
    async def question(bench: Bench) -> Any:
        return measure(bench.open())

    seen = run(question)
    assert seen["tls"] is None
    assert seen["contexts"]["service_worker"] == {"error": "nothing"}
