"""Two resolvers are asked, each question once, and one that is silent is not asked for ever."""

import asyncio
from typing import Any

from mantis_crawler.enrichment.dns import Dns
from mantis_crawler.enrichment.lists import is_sinkhole
from mantis_crawler.enrichment.names import Names
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Outcome
from tests.builders import a_record
from tests.enrichment.name_server import NameServer, Rcodes, name_server

MAIN = {
    "evil.com.": (
        "A 8.8.8.8",
        "NS ns2.evil.com.",
        "NS ns1.evil.com.",
        "MX 20 b.evil.com.",
        "MX 10 a.evil.com.",
    ),
    "www.evil.com.": ("A 8.8.8.8",),
    "wild.com.": ("A 8.8.4.4", "NS ns1.sinkhole.example."),
    "*.wild.com.": ("A 8.8.4.4",),
    "own.wild.com.": ("A 1.1.1.1",),
    "parked.com.": ("A 8.8.4.4", "NS ns1.sedoparking.com.", "MX 0 ."),
    "moved.com.": ("A 8.8.8.8", "NS ns1.one.example."),
    "one.duckdns.org.": ("A 8.8.8.8",),
    "duckdns.org.": ("NS ns1.duckdns.org.",),
    "alias.com.": ("CNAME a.cdn.example.", "A 8.8.8.8"),
    "half.com.": ("A 8.8.8.8", "NS ns1.half.com."),
}
SOA = "SOA ns1.evil.com. hostmaster.evil.com. 7 2 3 4 5"
OTHER: dict[str, tuple[str, ...]] = {
    **MAIN,
    "www.evil.com.": (),
    "moved.com.": ("A 1.0.0.1", "NS ns1.two.example."),
    "alias.com.": ("CNAME b.cdn.example.", "A 8.8.8.8"),
}

Told = dict[str, Any]


def told(
    *hosts: str, second: bool = True, silent: frozenset[str] = frozenset()
) -> tuple[list[Told], NameServer, NameServer]:
    """Return what the source tells of names, and both servers with what they were asked."""

    async def run() -> tuple[list[Told], NameServer, NameServer]:
        zone = {**MAIN, "evil.com.": (*MAIN["evil.com."], SOA)}
        broken: Rcodes = {("half.com.", "MX"): 2}
        async with name_server(zone, broken) as one, name_server(OTHER, broken, silent) as two:
            resolver = Resolver([one.address], sinkholes=is_sinkhole)
            servers = [two.address] if second else None
            names = Names([one.address], servers, sinkholes=is_sinkhole, timeout=0.05)
            source = Dns()
            source.look_up_with(names)
            try:
                found = []
                for host in hosts:
                    resolution = await resolver.resolve(host)
                    found.append(await source.facts(a_record(f"http://{host}/", resolution=resolution)))
                return found, one, two
            finally:
                await names.close()
                await resolver.close()

    return asyncio.run(run())


def test_a_domain_tells_its_name_servers_mail_servers_and_who_answers_for_it() -> None:
    (found,), _, _ = told("evil.com")
    assert found["zone"] == "evil.com"
    assert found["name_servers"] == ["ns1.evil.com", "ns2.evil.com"]
    assert found["mail_servers"] == ["a.evil.com", "b.evil.com"]
    assert found["soa"] == {"primary": "ns1.evil.com", "contact": "hostmaster.evil.com"}
    assert found["unknown"] == {}


def test_resolvers_that_say_the_same_agree_and_a_zone_that_one_does_not_have_is_told() -> None:
    (found, soa), _, _ = told("parked.com", "evil.com")
    assert found["disagree"] == []
    assert found["second"]["addresses"] == found["addresses"]
    assert soa["disagree"] == ["SOA"]


def test_a_name_that_one_resolver_denies_or_leads_elsewhere_is_a_disagreement() -> None:
    (denied, moved, alias), _, _ = told("www.evil.com", "moved.com", "alias.com")
    assert "outcome" in denied["disagree"]
    assert denied["second"]["outcome"] == "no_address"
    assert moved["disagree"] == ["addresses", "NS"]
    assert moved["second"]["addresses"] == ["1.0.0.1"]
    assert alias["disagree"] == ["CNAME"]


def test_parked_and_sinkholed_are_told_by_the_name_server() -> None:
    (parked, wild, evil), _, _ = told("parked.com", "wild.com", "evil.com")
    assert parked["parked_by_name_server"]
    assert parked["mail_servers"] == []
    assert wild["sinkholed"]
    assert not any(evil[fact] for fact in ("parked_by_name_server", "sinkholed"))


def test_a_wildcard_is_told_and_whether_the_name_is_there_by_it_alone() -> None:
    (apex, by_it, own, none), _, _ = told("wild.com", "any.wild.com", "own.wild.com", "www.evil.com")
    assert [one["wildcard"] for one in (apex, by_it, own, none)] == [True, True, True, False]
    assert [one["only_by_wildcard"] for one in (apex, by_it, own, none)] == [False, True, False, False]
    assert by_it["wildcard_below"] == "wild.com"


def test_a_name_below_a_shared_suffix_has_the_suffixs_domain_and_siblings() -> None:
    (found,), _, _ = told("one.duckdns.org")
    assert (found["zone"], found["wildcard_below"]) == ("duckdns.org", "duckdns.org")
    assert found["name_servers"] == ["ns1.duckdns.org"]


def test_a_kind_that_fails_is_unknown_with_its_reason_and_the_others_are_known() -> None:
    (found,), _, _ = told("half.com")
    assert set(found["unknown"]) == {"MX", "MX (second)"}
    assert found["name_servers"] == ["ns1.half.com"]
    assert "MX" not in found["disagree"]


def test_a_dead_name_is_asked_twice_and_its_domain_not_at_all() -> None:
    (found,), one, two = told("gone.evil.com")
    assert found["outcome"] == found["second"]["outcome"] == "nxdomain"
    assert "zone" not in found
    assert {kind for _, kind in (*one.asked, *two.asked)} == {"A", "AAAA"}


def test_what_a_domain_has_is_asked_once_for_all_its_names() -> None:
    _, one, two = told("evil.com", "www.evil.com", "evil.com")
    for server in (one, two):
        assert {server.asked["evil.com.", kind] for kind in ("NS", "MX", "SOA")} == {1}
    assert sum(name.endswith(".evil.com.") and len(name) > 24 for name, _ in one.asked) == 2


def test_without_a_second_resolver_there_is_one_opinion() -> None:
    (found,), _, two = told("evil.com", second=False)
    assert "second" not in found
    assert found["disagree"] == []
    assert not two.asked


HOSTS = [f"n{number}.evil.com" for number in range(60)]
SILENT = frozenset(f"{host}." for host in HOSTS)


def test_a_second_resolver_that_never_answers_is_unknown_and_soon_left_alone() -> None:
    found, _, two = told(*HOSTS, silent=SILENT | {"com."})
    assert "does not answer" in found[0]["unknown"]["second"]
    assert "asked no more" in found[-1]["unknown"]["second"]
    assert len({name for name, kind in two.asked if kind == "A"}) == 25
    assert all(one["outcome"] == Outcome.NXDOMAIN for one in found)


def test_one_that_is_silent_about_bad_names_alone_is_asked_on() -> None:
    found, _, _ = told(*HOSTS[:27], "evil.com", silent=SILENT)
    assert "does not answer" in found[-2]["unknown"]["second"]
    assert found[-1]["second"]["addresses"] == ["8.8.8.8"]
