"""The lab's name server, asked over the wire."""

import asyncio
import contextlib
from typing import Any

import dns.asyncquery
import dns.exception
import dns.message
import dns.rcode
import pytest
from dns.message import Message
from dns.rcode import Rcode

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
