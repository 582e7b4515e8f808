import asyncio
from collections.abc import Awaitable, Callable

import pytest

from mantis_crawler.enrichment.lists import is_sinkhole
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Outcome, Resolution
from tests.enrichment.name_server import NameServer, name_server


def ask(*hosts: str, tries: int = 2) -> tuple[list[Resolution], NameServer]:
    async def run() -> tuple[list[Resolution], NameServer]:
        async with name_server() as server:
            resolver = Resolver([server.address], timeout=0.25, tries=tries, sinkholes=is_sinkhole)
            try:
                return [await resolver.resolve(host) for host in hosts], server
            finally:
                await resolver.close()

    return asyncio.run(run())


def resolve(host: str) -> Resolution:
    (found,), _ = ask(host)
    return found


def addresses(found: Resolution) -> list[str]:
    return [answer.address for answer in found.answers]


def test_a_live_name_has_its_addresses_of_both_families_in_order() -> None:
    found = resolve("both.example")
    assert found.alive
    assert addresses(found) == ["1.1.1.1", "8.8.8.8", "2606:4700::2"]
    assert {answer.ttl for answer in found.answers} == {0}


@pytest.mark.parametrize(
    ("host", "expected"), [("four.example", ["8.8.8.8"]), ("six.example", ["2606:4700::2"])]
)
def test_a_name_of_one_family_is_alive(host: str, expected: list[str]) -> None:
    assert addresses(resolve(host)) == expected
    assert resolve(host).alive


@pytest.mark.parametrize(
    ("host", "outcome"),
    [
        ("nowhere.example", Outcome.NXDOMAIN),
        ("nothing.example", Outcome.NO_ADDRESS),
        ("dangling.example", Outcome.NO_ADDRESS),
        ("twist.example", Outcome.NO_ADDRESS),
        ("broken.example", Outcome.SERVFAIL),
        ("lame.example", Outcome.SERVFAIL),
        ("silent.example", Outcome.DNS_TIMEOUT),
        ("inside.example", Outcome.NOT_PUBLIC),
        ("mapped.example", Outcome.NOT_PUBLIC),
        ("half-gone.example", Outcome.SERVFAIL),
    ],
)
def test_each_way_of_being_dead_has_its_outcome(host: str, outcome: Outcome) -> None:
    found = resolve(host)
    assert found.outcome is outcome
    assert found.answers == ()
    assert found.detail


def test_a_sinkholed_name_is_dead_and_keeps_the_address_of_the_sinkhole() -> None:
    found = resolve("held.example")
    assert found.outcome is Outcome.SINKHOLE
    assert addresses(found) == ["192.42.116.41"]
    assert found.detail == "sinkhole: 192.42.116.41"


def test_one_family_that_fails_does_not_hide_the_other() -> None:
    assert addresses(resolve("half-broken.example")) == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("host", "detail"),
    [("mixed.example", "not public: 10.0.0.1"), ("half-held.example", "sinkhole: 192.42.116.41")],
)
def test_an_address_not_to_visit_is_dropped_and_noted(host: str, detail: str) -> None:
    found = resolve(host)
    assert found.alive
    assert addresses(found) == ["8.8.8.8"]
    assert found.detail == detail


def test_aliases_are_kept_in_order() -> None:
    assert resolve("alias.example").aliases == ("middle.example",)
    assert resolve("dangling.example").aliases == ("gone.example",)


@pytest.mark.parametrize(
    ("host", "outcome"),
    [
        ("8.8.8.8", None),
        ("[2606:4700::2]", None),
        ("127.0.0.1", Outcome.NOT_PUBLIC),
        ("::1", Outcome.NOT_PUBLIC),
        ("192.42.116.41", Outcome.SINKHOLE),
    ],
)
def test_a_literal_address_resolves_to_itself_without_a_question(host: str, outcome: Outcome | None) -> None:
    (found,), server = ask(host)
    assert found.outcome is outcome
    assert addresses(found) == ([] if outcome is Outcome.NOT_PUBLIC else [host.strip("[]")])
    assert not server.asked


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "both..example",
        "both.example\0.evil",
        "a b.example",
        "ünï.example",
        "-a.example",
        "127.1",
        "0x7f.0x1",
        "2130706433",
        "fe80::1%eth0",
        "x" * 64 + ".example",
        "abcdefgh." * 30 + "example",
    ],
)
def test_what_is_no_name_is_never_asked(host: str) -> None:
    (found,), server = ask(host)
    assert found.outcome is Outcome.NXDOMAIN
    assert found.detail == "not a DNS name"
    assert not server.asked


def test_a_name_is_asked_once_in_any_spelling() -> None:
    found, server = ask("both.example", "BOTH.example.", "both.example")
    assert found[0] == found[1] == found[2]
    assert server.asked == {("both.example.", "A"): 1, ("both.example.", "AAAA"): 1}


def test_a_failure_is_pinned_as_well() -> None:
    _, server = ask("silent.example", "silent.example", tries=1)
    assert server.asked["silent.example.", "A"] == 2  # twice by the first, not at all by the second


def test_names_are_asked_without_a_search_domain_or_the_hosts_file() -> None:
    found, server = ask("ip6-loopback", "intranet")
    assert [one.outcome for one in found] == [Outcome.NXDOMAIN, Outcome.NXDOMAIN]
    assert {name for name, _ in server.asked} == {"ip6-loopback.", "intranet."}


def with_resolver(work: Callable[[Resolver, NameServer], Awaitable[None]], **options: float) -> None:
    async def run() -> None:
        async with name_server() as server:
            resolver = Resolver([server.address], timeout=options.get("timeout", 1.0), tries=1, concurrency=8)
            try:
                await work(resolver, server)
            finally:
                await resolver.close()

    asyncio.run(run())


def test_askers_of_one_name_share_the_question() -> None:
    async def work(resolver: Resolver, server: NameServer) -> None:
        found = await asyncio.gather(*(resolver.resolve("four.example") for _ in range(50)))
        assert set(found) == {found[0]}
        assert server.asked["four.example.", "A"] == 1

    with_resolver(work)


def test_an_asker_that_gives_up_leaves_the_answer_to_the_others() -> None:
    async def work(resolver: Resolver, server: NameServer) -> None:
        impatient = asyncio.create_task(resolver.resolve("four.example"))
        patient = asyncio.create_task(resolver.resolve("four.example"))
        await asyncio.sleep(0)
        impatient.cancel()
        assert (await patient).alive
        assert impatient.cancelled()
        assert server.asked["four.example.", "A"] == 1

    with_resolver(work)


def test_many_names_are_resolved_at_once() -> None:
    async def work(resolver: Resolver, _: NameServer) -> None:
        hosts = [f"n{number}.example" for number in range(300)]
        found = await asyncio.gather(*map(resolver.resolve, hosts))
        assert [one.host for one in found] == hosts
        assert {one.outcome for one in found} == {Outcome.NXDOMAIN}

    with_resolver(work, timeout=5.0)


def test_closing_ends_what_is_under_way() -> None:
    async def work(resolver: Resolver, _: NameServer) -> None:
        asker = asyncio.create_task(resolver.resolve("silent.example"))
        await asyncio.sleep(0.05)
        await resolver.close()
        with pytest.raises(asyncio.CancelledError):
            await asker

    with_resolver(work, timeout=60.0)


def test_a_name_server_that_is_not_there_is_a_timeout_that_says_so() -> None:
    async def run() -> Resolution:
        async with name_server() as server:
            closed = server.address
        await asyncio.sleep(0)
        resolver = Resolver([closed], timeout=0.25, tries=1)
        try:
            return await resolver.resolve("four.example")
        finally:
            await resolver.close()

    assert asyncio.run(run()).outcome is Outcome.DNS_TIMEOUT


def test_names_of_this_machine_are_never_asked_for() -> None:
    async def run() -> None:
        resolver = Resolver([("127.0.0.1", 9)], timeout=0.1, tries=1)
        for name in ("localhost", "localhost.", "app.localhost"):
            assert (await resolver.resolve(name)).outcome is Outcome.NOT_PUBLIC
        await resolver.close()

    asyncio.run(run())


def test_the_latest_answers_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        monkeypatch.setattr("mantis_crawler.enrichment.resolver.MOST_KNOWN", 3)
        resolver = Resolver([("127.0.0.1", 9)])
        for number in range(1, 6):
            await resolver.resolve(f"8.8.8.{number}")
        assert list(resolver._known) == ["8.8.8.3", "8.8.8.4", "8.8.8.5"]
        await resolver.close()

    asyncio.run(run())
