"""What the name servers of the embedded internet answer, in real DNS messages."""

from collections import Counter
from functools import lru_cache

import dns.flags
import dns.message
import dns.rcode
import dns.rdata
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
    reply.answer.append(_records(f"{owner}.", kind, *values))


def _deny(reply: dns.message.Message, apex: str, *, missing: bool, zone: ZoneRecords | None = None) -> None:
    if missing:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    reply.authority.append(_records(apex, "SOA", zone.soa if zone else _SOA))


def _records(owner: str, kind: str, *values: str) -> dns.rrset.RRset:
    return dns.rrset.from_rdata_list(owner, TTL, [_record(kind, value) for value in values])


@lru_cache(maxsize=10_000)
def _record(kind: str, value: str) -> dns.rdata.Rdata:
    return dns.rdata.from_text("IN", kind, value)
