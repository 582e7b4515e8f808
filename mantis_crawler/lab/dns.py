"""The name server of the embedded internet: real DNS over UDP and TCP on loopback."""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import cast

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

from mantis_crawler.lab.addresses import CDN_ALIAS, address_of, pool
from mantis_crawler.lab.dead import Fate
from mantis_crawler.lab.hostile.page import DOMAIN
from mantis_crawler.lab.hostile.places import records
from mantis_crawler.lab.world import World

TTL = 300
"""Seconds."""
_SOA = "ns.lab-registry.net. hostmaster.lab-registry.net. 1 7200 900 1209600 300"


def answer(world: World, wire: bytes, asked: Counter[str] | None = None) -> bytes | None:
    """Return the answer to a query, in wire format; ``None`` where the server stays silent.

    Args:
        world: What is known.
        wire: The query.
        asked: How often each hostile name was asked for: one that rebinds changes its answer.

    Raises:
        dns.exception.DNSException: the query is no DNS message.
    """
    query = dns.message.from_wire(wire)
    reply = dns.message.make_response(query, recursion_available=True)
    if not query.question:
        reply.set_rcode(dns.rcode.FORMERR)
        return reply.to_wire()
    question = query.question[0]
    host = question.name.to_text(omit_final_dot=True).lower()
    if host.endswith(f".{DOMAIN}"):
        _be_hostile(world, reply, host, question.rdtype, asked if asked is not None else Counter())
        return reply.to_wire()
    silent = not _fill(world, reply, host, question.rdtype)
    return None if silent else reply.to_wire()


def _fill(world: World, reply: dns.message.Message, host: str, kind: dns.rdatatype.RdataType) -> bool:
    """Write what the world knows into the reply; return whether the server answers at all."""
    if host.endswith(f".{CDN_ALIAS}"):
        _deny(reply, host, missing=False)
        return True
    name = world.name(host)
    if name.fate is Fate.DNS_TIMEOUT:
        return False
    if name.fate is Fate.SERVFAIL:
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif name.address is None:
        _deny(reply, host, missing=name.fate is Fate.NXDOMAIN)
    elif kind == dns.rdatatype.A:
        owner = name.alias or host
        if name.alias:
            _add(reply, host, "CNAME", f"{name.alias}.")
        _add(reply, owner, "A", name.address)
    elif kind == dns.rdatatype.NS:
        site = world.site(host)
        server = pool(site.pool if site else "dead").name_server
        _add(reply, host, "NS", f"1.{server}.")
        _add(reply, host, "NS", f"2.{server}.")
    else:
        _deny(reply, host, missing=False)
    return True


def _be_hostile(
    world: World, reply: dns.message.Message, host: str, kind: dns.rdatatype.RdataType, asked: Counter[str]
) -> None:
    """Write the records of a hostile name, those that lead inside among them; they live for a second."""
    asked[host] += kind == dns.rdatatype.A
    for word, value in records(host, max(asked[host], 1), address_of(world.seed, host, "hostile")):
        if word == "CNAME" or word == dns.rdatatype.to_text(kind):
            owner = "localhost" if word == "A" and host.startswith("alias.") else host
            reply.answer.append(dns.rrset.from_text(f"{owner}.", 1, "IN", word, value))
    if not reply.answer:
        _deny(reply, host, missing=False)


def _add(reply: dns.message.Message, owner: str, kind: str, value: str) -> None:
    reply.answer.append(dns.rrset.from_text(f"{owner}.", TTL, "IN", kind, value))


def _deny(reply: dns.message.Message, host: str, *, missing: bool) -> None:
    if missing:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    zone = host.rpartition(".")[2]
    reply.authority.append(dns.rrset.from_text(f"{zone}.", TTL, "IN", "SOA", _SOA))


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, world: World, asked: Counter[str]) -> None:
        self._world = world
        self._asked = asked
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        with suppress(dns.exception.DNSException):
            wire = answer(self._world, data, self._asked)
            if wire is not None and self._transport:
                self._transport.sendto(wire, addr)


class NameServer:
    """Answers for every name of a world, on one port of loopback."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked: Counter[str] = Counter()
        self._datagrams: asyncio.DatagramTransport | None = None
        self._streams: asyncio.Server | None = None

    async def start(self) -> tuple[str, int]:
        """Listen on a free port, UDP and TCP, and return the address."""
        loop = asyncio.get_running_loop()
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._world, self._asked), local_addr=("127.0.0.1", 0)
        )
        place: tuple[str, int] = self._datagrams.get_extra_info("sockname")
        # somebody else may hold the same number for TCP: then there is UDP alone
        with suppress(OSError):
            self._streams = await asyncio.start_server(self._stream, *place)
        return place

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(dns.exception.DNSException, asyncio.IncompleteReadError, ConnectionError):
            while True:
                size = int.from_bytes(await reader.readexactly(2))
                wire = answer(self._world, await reader.readexactly(size), self._asked)
                if wire is None:
                    break
                writer.write(len(wire).to_bytes(2) + wire)
                await writer.drain()
        writer.close()

    async def close(self) -> None:
        """Stop answering."""
        if self._datagrams:
            self._datagrams.close()
        if self._streams:
            self._streams.close()
