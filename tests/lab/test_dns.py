"""The lab's name server, asked over the wire."""

import asyncio
import contextlib
from typing import Any

import dns.asyncquery
import dns.exception
import dns.message
import dns.rcode
import dns.rdatatype
import pytest
from dns.message import Message
from dns.rcode import Rcode

from mantis_crawler.enrichment.lists import is_parking_alias, registered_above, registrable
from mantis_crawler.lab import Lab
from mantis_crawler.lab.dead import Fate
from tests.lab.visits import host_of, run


def first(lab: Lab, fate: Fate) -> str:
    return next(dead.host for dead in lab.world.dead.values() if dead.fate is fate)


async def look_up(lab: Lab, name: str, kind: str = "A", *, tcp: bool = False) -> Message:
    address, port = lab.dns
    query = dns.message.make_query(name, kind)
    ask = dns.asyncquery.tcp if tcp else dns.asyncquery.udp
    return await ask(query, address, timeout=2, port=port)


def addresses(reply: Message) -> list[str]:
    return [record.to_text() for answer in reply.answer for record in answer if answer.rdtype == 1]


@pytest.mark.parametrize("tcp", [False, True])
def test_a_live_name_leads_to_a_public_looking_address_of_its_pool(*, tcp: bool) -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-fr-alert")
        reply = await look_up(lab, host, tcp=tcp)
        return addresses(reply), lab.world.name(host).address

    found, expected = run(question)
    assert found == [expected]
    assert expected.startswith(("11.42.7.", "22.71.5."))


@pytest.mark.parametrize(
    ("fate", "code", "has_address"),
    [
        (Fate.NXDOMAIN, dns.rcode.NXDOMAIN, False),
        (Fate.NO_ADDRESS, dns.rcode.NOERROR, False),
        (Fate.SERVFAIL, dns.rcode.SERVFAIL, False),
        (Fate.SINKHOLE, dns.rcode.NOERROR, True),
        (Fate.NOT_PUBLIC, dns.rcode.NOERROR, True),
        (Fate.REFUSED, dns.rcode.NOERROR, True),
    ],
)
def test_a_dead_name_gets_the_answer_of_its_fate(fate: Fate, code: Rcode, *, has_address: bool) -> None:
    async def question(lab: Lab) -> Any:
        return await look_up(lab, first(lab, fate))

    reply = run(question)
    assert reply.rcode() == code
    assert bool(addresses(reply)) is has_address


def test_a_silent_server_gives_no_answer() -> None:
    async def question(lab: Lab) -> Any:
        address, port = lab.dns
        query = dns.message.make_query(first(lab, Fate.DNS_TIMEOUT), "A")
        with contextlib.suppress(dns.exception.Timeout):
            return await dns.asyncquery.udp(query, address, timeout=0.3, port=port)
        return None

    assert run(question) is None


def test_no_name_has_an_ipv6_address() -> None:
    async def question(lab: Lab) -> Any:
        return await look_up(lab, host_of(lab, "mantis-fr-alert"), "AAAA")

    reply = run(question)
    assert reply.rcode() == dns.rcode.NOERROR
    assert not reply.answer
    assert reply.authority


def test_a_name_on_the_edge_network_is_an_alias() -> None:
    async def question(lab: Lab) -> Any:
        return await look_up(lab, host_of(lab, "parcel-single"))

    kinds = [answer.rdtype.name for answer in run(question).answer]
    assert kinds == ["CNAME", "A"]


def test_garbage_does_not_stop_the_server() -> None:
    async def question(lab: Lab) -> Any:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=lab.dns)
        transport.sendto(b"\xff" * 5)
        transport.close()
        return await look_up(lab, host_of(lab, "mantis-fr-alert"))

    assert addresses(run(question))


def texts(reply: Message) -> list[str]:
    return sorted(record.to_text() for answer in reply.answer for record in answer)


def test_a_domain_has_name_servers_mail_servers_and_an_soa_and_what_is_below_it_has_none() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-fr-alert")
        domain = registered_above(host)
        kinds = [texts(await look_up(lab, domain, kind)) for kind in ("NS", "SOA")]
        below = await look_up(lab, f"www.{host}", "SOA")
        return kinds, below.rcode(), [answer.rdtype for answer in below.authority]

    (servers, soa), code, authority = run(question)
    assert servers == ["1.dns.harbour-vps.net.", "2.dns.harbour-vps.net."]
    assert soa[0].startswith("1.dns.harbour-vps.net. hostmaster.dns.harbour-vps.net.")
    assert authority == [dns.rdatatype.SOA]
    assert code in {dns.rcode.NOERROR, dns.rcode.NXDOMAIN}


def test_companies_get_mail_and_the_campaign_does_not() -> None:
    async def question(lab: Lab) -> Any:
        kinds = {"company": 0, "mantis": 0}
        for domain, pool in lab.world.zones.items():
            if pool in kinds and registrable(domain):
                kinds[pool] += len(texts(await look_up(lab, domain, "MX")))
        return kinds

    mails = run(question)
    assert mails["company"] > 0
    assert mails["mantis"] == 0


def test_parked_domains_have_name_servers_of_a_listed_parking_provider() -> None:
    async def question(lab: Lab) -> Any:
        domain = next(name for name, pool in lab.world.zones.items() if pool == "parking")
        return texts(await look_up(lab, domain, "NS"))

    assert all(is_parking_alias(name.removesuffix(".")) for name in run(question))


def test_below_a_dynamic_dns_name_everything_leads_where_it_does_and_beside_it_nothing() -> None:
    async def question(lab: Lab) -> Any:
        case = lab.world.case.names
        host = next(name for name, address in case.items() if address and name.endswith(".duckdns.org"))
        label = "0123456789abcdef01234567"
        return [
            addresses(await look_up(lab, name)) for name in (f"{label}.{host}", f"{label}.duckdns.org")
        ], (case[host])

    (below, beside), address = run(question)
    assert below == [address]
    assert beside == []


def test_the_second_server_denies_what_was_reported_and_says_the_same_of_the_rest() -> None:
    async def question(lab: Lab) -> Any:
        case = lab.world.case
        bad = next(name for name in case.hosts if case.names[name])
        good = next(name for name, address in case.names.items() if address and name not in case.bad)
        first = [addresses(await look_up(lab, name)) for name in (bad, good)]
        lab.dns = lab.second_dns
        return first, [addresses(await look_up(lab, name)) for name in (bad, good)]

    first, second = run(question)
    assert first[0]
    assert second == [[], first[1]]


def test_an_answer_that_is_kept_has_the_number_of_each_question_and_its_own_options() -> None:
    async def question(lab: Lab) -> Any:
        host = host_of(lab, "mantis-fr-alert")
        replies = []
        for edns in (False, True, False, True):
            query = dns.message.make_query(host, "A", use_edns=0 if edns else -1)
            reply = await dns.asyncquery.udp(query, lab.dns[0], timeout=2, port=lab.dns[1])
            replies.append((reply.id == query.id, reply.edns >= 0, addresses(reply)))
        return replies

    replies = run(question)
    assert [kept for kept, _, _ in replies] == [True] * 4
    assert [edns for _, edns, _ in replies] == [False, True, False, True]
    assert len({tuple(found) for _, _, found in replies}) == 1
