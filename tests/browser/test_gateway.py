"""The gateway, with real connections, against the lab."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest

from mantis_crawler.browser.gateway import BROWSER_OWN, Door, Gateway, straight
from mantis_crawler.browser.held import Held
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Resolution
from mantis_crawler.items.record import Answer
from mantis_crawler.lab import Lab
from tests.browser.proxies import Proxy, a_proxy

ANDROID = {"User-Agent": "Mozilla/5.0 (Linux; Android 10; K)", "Accept-Language": "fr-FR,fr;q=0.9"}


@asynccontextmanager
async def a_gateway(**options: Any) -> AsyncIterator[tuple[Lab, Gateway]]:
    async with await Lab.start(1) as lab:
        resolver = Resolver([lab.dns], timeout=0.5, tries=1)
        try:
            yield lab, Gateway(resolver, route=lab.route, connect_timeout=1, **options)
        finally:
            await resolver.close()


async def ask(door: Door, url: str) -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession(headers=ANDROID) as session,
        session.get(url, proxy=door.url, ssl=False, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.read()


def through(test: Callable[[Lab, Gateway], Awaitable[None]], **options: Any) -> None:
    async def run() -> None:
        async with a_gateway(**options) as (lab, gateway):
            await test(lab, gateway)

    asyncio.run(run())


def a_site(lab: Lab, scheme: str = "http") -> str:
    return next(
        site.host
        for site in lab.world.sites.values()
        if site.scheme == scheme and site.path == "/" and site.design.startswith("companies")
    )


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_public_name_is_reached_and_logged_with_the_address_that_was_checked(scheme: str) -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        host = a_site(lab, scheme)
        async with gateway.door() as door:
            status, body = await ask(door, f"{scheme}://{host}/")
        assert status in {200, 302}
        assert door.bytes_in > len(body)
        (connection,) = door.log
        resolution = await gateway.resolver.resolve(host)
        assert connection.result == "connected"
        assert connection.address in {answer.address for answer in resolution.answers}

    through(test)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
    ],
)
def test_an_address_that_is_not_public_is_refused(host: str) -> None:
    async def test(_lab: Lab, gateway: Gateway) -> None:
        async with gateway.door() as door:
            status, _ = await ask(door, f"http://{host}/")
        assert status == 502
        assert [item.result for item in door.log] == ["not_public"]

    through(test)


def test_nothing_listens_to_a_refused_address() -> None:
    async def test(_lab: Lab, gateway: Gateway) -> None:
        hits: list[int] = []

        async def served(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            hits.append(1)
            writer.close()

        server = await asyncio.start_server(served, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with gateway.door() as door:
            await ask(door, f"http://127.0.0.1:{port}/")
        server.close()
        assert hits == []

    through(test)


def test_hosts_that_the_browser_asks_by_itself_are_denied() -> None:
    async def test(_lab: Lab, gateway: Gateway) -> None:
        async with gateway.door() as door:
            for host in BROWSER_OWN:
                await ask(door, f"http://{host}/")
        assert {item.result for item in door.log} == {"denied"}

    through(test)


def test_a_closed_door_lets_nothing_out() -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        async with gateway.door(closed=True) as door:
            status, _ = await ask(door, f"http://{a_site(lab)}/")
        assert status == 502
        assert lab.hits == []

    through(test)


@pytest.mark.parametrize("fate", ["nxdomain", "no_address", "servfail", "not_public", "refused"])
def test_a_dead_name_is_told_by_its_own_word(fate: str) -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        host = next(host for host, dead in lab.world.dead.items() if str(dead.fate) == fate)
        async with gateway.door() as door:
            await ask(door, f"http://{host}/")
        assert [item.result for item in door.log] == [fate]

    through(test)


def test_a_visit_that_takes_too_many_bytes_is_cut() -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        async with gateway.door() as door:
            with pytest.raises(aiohttp.ClientError):
                await ask(door, f"http://{a_site(lab)}/")
        assert door.cut == "bytes"

    through(test, byte_limit=300)


def test_a_visit_that_asks_for_too_many_connections_is_cut() -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        host = a_site(lab)
        async with gateway.door() as door:
            statuses = [(await ask(door, f"http://{host}/"))[0] for _ in range(4)]
        assert statuses[-1] == 502
        assert door.cut == "connections"

    through(test, connection_limit=3)


def test_a_name_cannot_rebind_within_a_visit() -> None:
    class Rebinding:
        calls = 0

        async def resolve(self, host: str) -> Resolution:
            self.calls += 1
            return Resolution(host=host, outcome=None, answers=(Answer(address="198.51.100.1"),))

    async def test(lab: Lab, gateway: Gateway) -> None:
        rebinding = Rebinding()
        gateway.resolver = rebinding  # type: ignore[assignment]
        async with gateway.door() as door:
            await ask(door, "http://twice.example/")
            await ask(door, "http://twice.example/")
        assert rebinding.calls == 1
        assert lab.hits == []

    through(test)


def test_an_address_that_slipped_past_the_resolver_is_refused_all_the_same() -> None:
    class Careless:
        async def resolve(self, host: str) -> Resolution:
            return Resolution(host=host, outcome=None, answers=(Answer(address="127.0.0.1"),))

    async def test(_lab: Lab, gateway: Gateway) -> None:
        gateway.resolver = Careless()  # type: ignore[assignment]
        async with gateway.door() as door:
            status, _ = await ask(door, "http://careless.example/")
        assert status == 502
        assert [item.result for item in door.log] == ["not_public"]

    through(test)


def test_garbage_is_answered_with_an_error_and_ends() -> None:
    async def test(_lab: Lab, gateway: Gateway) -> None:
        async with gateway.door() as door:
            reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
            writer.write(b"\x16\x03\x01 garbage\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 2)
            writer.close()
        assert answer.startswith(b"HTTP/1.1 400")

    through(test)


def through_an_exit(test: Callable[[Lab, Gateway, Proxy], Awaitable[None]], scheme: str = "http") -> None:
    async def run() -> None:
        async with a_gateway() as (lab, gateway), a_proxy(scheme, user="ann", password="s3cret") as proxy:
            gateway.exits = {"fr": proxy.exit("fr")}
            await test(lab, gateway, proxy)

    asyncio.run(run())


@pytest.mark.parametrize("exit_scheme", ["http", "socks5"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_visit_with_an_exit_goes_through_it_and_no_other_way(scheme: str, exit_scheme: str) -> None:
    async def test(lab: Lab, gateway: Gateway, proxy: Proxy) -> None:
        host = a_site(lab, scheme)
        async with gateway.door(exit="fr") as door:
            status, _ = await ask(door, f"{scheme}://{host}/")
        assert status in {200, 302}
        (connection,) = door.log
        assert connection.result == "connected"
        assert proxy.asked == [lab.route(str(connection.address), connection.port)]

    through_an_exit(test, exit_scheme)


def test_an_exit_is_asked_for_the_address_that_was_checked_never_for_the_name() -> None:
    class Knows:
        async def resolve(self, host: str) -> Resolution:
            return Resolution(host=host, outcome=None, answers=(Answer(address="11.42.7.20"),))

    async def test(lab: Lab, gateway: Gateway, proxy: Proxy) -> None:
        gateway.resolver = Knows()  # type: ignore[assignment]
        gateway.route = straight
        proxy.instead = ("127.0.0.1", lab.http_port)
        async with gateway.door(exit="fr") as door:
            status, _ = await ask(door, f"http://{a_site(lab)}/")
        assert status in {200, 302}
        assert proxy.asked == [("11.42.7.20", 80)]
        assert [item.address for item in door.log] == ["11.42.7.20"]

    through_an_exit(test)


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]"])
def test_an_exit_is_not_asked_for_an_address_that_is_not_public(host: str) -> None:
    async def test(_lab: Lab, gateway: Gateway, proxy: Proxy) -> None:
        async with gateway.door(exit="fr") as door:
            await ask(door, f"http://{host}/")
        assert [item.result for item in door.log] == ["not_public"]
        assert proxy.asked == []

    through_an_exit(test)


def test_a_visit_whose_exit_is_dead_reaches_nothing() -> None:
    async def test(lab: Lab, gateway: Gateway, proxy: Proxy) -> None:
        async with gateway.door(exit="fr") as door:
            assert await gateway.exit_works(door)
            await proxy.stop()
            status, _ = await ask(door, f"http://{a_site(lab)}/")
            assert not await gateway.exit_works(door)
        assert status == 502
        assert [item.result for item in door.log] == ["exit_failed"]
        assert "is it down" in door.exit_error
        assert lab.hits == []

    through_an_exit(test)


def test_a_site_that_refuses_is_not_laid_to_the_exit() -> None:
    async def test(lab: Lab, gateway: Gateway, _proxy: Proxy) -> None:
        host = next(host for host, dead in lab.world.dead.items() if str(dead.fate) == "refused")
        async with gateway.door(exit="fr") as door:
            await ask(door, f"http://{host}/")
        assert [item.result for item in door.log] == ["refused"]

    through_an_exit(test, "socks5")


def test_there_is_no_door_for_an_exit_that_the_run_does_not_have() -> None:
    async def test(_lab: Lab, gateway: Gateway, _proxy: Proxy) -> None:
        with pytest.raises(KeyError):
            async with gateway.door(exit="jp"):
                pytest.fail("a door was opened")

    through_an_exit(test)


DOCUMENT = {"Accept": "text/html,*/*", "Upgrade-Insecure-Requests": "1"}


@pytest.mark.parametrize("place", ["127.0.0.1", "app.localhost", "[::ffff:7f00:1]"])
def test_a_page_that_leads_inside_stays_where_it_is(place: str) -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        async with gateway.door() as door, aiohttp.ClientSession(headers=DOCUMENT) as session:
            async with session.get(f"http://{place}/", proxy=door.url) as first:
                assert first.status == 502  # there is no page yet that could stay
            await ask(door, f"http://{a_site(lab)}/")
            async with session.get(f"http://{place}/", proxy=door.url) as then:
                assert then.status == 204
            status, _ = await ask(door, f"http://{place}/picture.png")
            assert status == 502

    through(test)


def test_what_the_doors_let_pass_and_refused_is_counted() -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        async with gateway.door() as door:
            await ask(door, f"http://{a_site(lab)}/")
            await ask(door, "http://10.0.0.1/")
        assert gateway.totals["visits"] == 1
        assert gateway.totals["connections/connected"] == gateway.totals["connections/not_public"] == 1
        assert gateway.totals["bytes"] == door.bytes_in > 0

    through(test)


@pytest.mark.parametrize("spelling", ["{}", "{}.", "X.{}", "a.b.{}"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_that_is_held_and_what_is_below_it_is_neither_looked_up_nor_reached(
    scheme: str, spelling: str
) -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        host = a_site(lab)
        gateway.held = Held([host])
        before = gateway.resolver
        gateway.resolver = None  # type: ignore[assignment]
        async with gateway.door() as door:
            with suppress(aiohttp.ClientError):
                status, _ = await ask(door, f"{scheme}://{spelling.format(host)}/")
                assert status == 502
        gateway.resolver = before
        assert [(one.address, one.result) for one in door.log] == [(None, "denied")]
        assert lab.hits == []

    through(test)


def test_an_address_that_is_held_is_not_reached_under_another_name() -> None:
    async def test(lab: Lab, gateway: Gateway) -> None:
        host = a_site(lab)
        resolution = await gateway.resolver.resolve(host)
        gateway.held = Held([resolution.answers[0].address])
        async with gateway.door() as door:
            assert (await ask(door, f"http://{host}/"))[0] == 502
        assert [one.result for one in door.log] == ["denied"]
        assert lab.hits == []

    through(test)
