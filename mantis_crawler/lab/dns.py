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

from mantis_crawler.lab.addresses import CDN_ALIAS, address_of
from mantis_crawler.lab.dead import Fate
from mantis_crawler.lab.hostile.page import DOMAIN
from mantis_crawler.lab.hostile.places import records
from mantis_crawler.lab.world import World
from mantis_crawler.lab.zones import SERIAL, TIMES, ZoneRecords, zone_of

TTL = 300
"""Seconds."""
_SOA = f"ns.lab-registry.net. hostmaster.lab-registry.net. {SERIAL} {TIMES}"
_HEAD = 12
"""Bytes of a message before its question."""
_HOSTILE = DOMAIN.partition(".")[0].encode()
_MOST_KEPT = 100_000
"""Answers, of about a hundred bytes."""


def answer(
    world: World, wire: bytes, asked: Counter[str] | None = None, *, filtered: bool = False
) -> bytes | None:
    """Return the answer to a query, in wire format; ``None`` where the server stays silent.

    Args:
        world: What is known.
        wire: The query.
        asked: How often each hostile name was asked for: one that rebinds changes its answer.
        filtered: Whether names that others have reported are denied, as some resolvers do.

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
    kind = dns.rdatatype.to_text(question.rdtype)
    if host.endswith(f".{DOMAIN}"):
        _be_hostile(world, reply, host, kind, asked if asked is not None else Counter())
    elif filtered and host in world.case.bad:
        _deny(reply, f"{host.rpartition('.')[2]}.", missing=True)
    elif not _fill(world, reply, host, kind):
        return None
    return reply.to_wire()


def _fill(world: World, reply: dns.message.Message, host: str, kind: str) -> bool:
    """Write what the world knows into the reply; return whether the server answers at all."""
    if host.endswith(f".{CDN_ALIAS}"):
        _deny(reply, f"{CDN_ALIAS}.", missing=False)
        return True
    name, zone = world.name(host), zone_of(world, host)
    own = [*zone.of(kind)] if zone and zone.domain == host else []
    if name.fate is Fate.DNS_TIMEOUT:
        return False
    if name.fate is Fate.SERVFAIL:
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif own:
        _add(reply, host, kind, *own)
    elif name.address is not None and (kind == "A" or name.alias):
        owner = name.alias or host
        if name.alias:
            _add(reply, host, "CNAME", f"{name.alias}.")
        if kind == "A":
            _add(reply, owner, "A", name.address)
    else:
        missing = name.fate is Fate.NXDOMAIN and not (zone and zone.domain == host)
        _deny(reply, f"{zone.domain if zone else host.rpartition('.')[2]}.", missing=missing, zone=zone)
    return True


def _be_hostile(world: World, reply: dns.message.Message, host: str, kind: str, asked: Counter[str]) -> None:
    """Write the records of a hostile name, those that lead inside among them; they live for a second."""
    asked[host] += kind == "A"
    for word, value in records(host, max(asked[host], 1), address_of(world.seed, host, "hostile")):
        if word in {"CNAME", kind}:
            owner = "localhost" if word == "A" and host.startswith("alias.") else host
            reply.answer.append(dns.rrset.from_text(f"{owner}.", 1, "IN", word, value))
    if not reply.answer:
        _deny(reply, f"{DOMAIN}.", missing=False)


def _add(reply: dns.message.Message, owner: str, kind: str, *values: str) -> None:
    reply.answer.append(dns.rrset.from_text(f"{owner}.", TTL, "IN", kind, *values))


def _deny(reply: dns.message.Message, apex: str, *, missing: bool, zone: ZoneRecords | None = None) -> None:
    if missing:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    reply.authority.append(dns.rrset.from_text(apex, TTL, "IN", "SOA", zone.soa if zone else _SOA))


class _Answers:
    """A world's answers, of which those that stay the same are kept: a query's number alone differs."""

    def __init__(self, world: World, *, filtered: bool) -> None:
        self._world, self._filtered = world, filtered
        self._asked: Counter[str] = Counter()
        self._kept: dict[tuple[bytes, bool], bytes | None] = {}

    def of(self, wire: bytes) -> bytes | None:
        """Return the answer to a query, as `answer` does."""
        ends = _question_end(wire)
        if not ends or wire[4:6] != b"\0\1" or _HOSTILE in wire[_HEAD:ends].lower():
            return answer(self._world, wire, self._asked, filtered=self._filtered)
        # what follows a question are options, whose values make no difference to the answer
        key = (wire[2:ends], len(wire) > ends)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = answer(self._world, wire, filtered=self._filtered)
        kept = self._kept[key]
        return wire[:2] + kept[2:] if kept else None


def _question_end(wire: bytes) -> int:
    """Return where a query's first question ends; 0 if it is broken or compressed."""
    at = _HEAD
    while at < len(wire) and wire[at]:
        if wire[at] > 63:
            return 0
        at += wire[at] + 1
    return at + 5 if at + 5 <= len(wire) else 0


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answers: _Answers) -> None:
        self._answers = answers
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        with suppress(dns.exception.DNSException):
            wire = self._answers.of(data)
            if wire is not None and self._transport:
                self._transport.sendto(wire, addr)


class NameServer:
    """Answers for every name of a world, on one port of loopback.

    Args:
        world: What is known.
        filtered: Whether it denies names that others have reported.
    """

    def __init__(self, world: World, *, filtered: bool = False) -> None:
        self._answers = _Answers(world, filtered=filtered)
        self._datagrams: asyncio.DatagramTransport | None = None
        self._streams: asyncio.Server | None = None

    async def start(self) -> tuple[str, int]:
        """Listen on a free port, UDP and TCP, and return the address."""
        loop = asyncio.get_running_loop()
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._answers), local_addr=("127.0.0.1", 0)
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
                wire = self._answers.of(await reader.readexactly(size))
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
