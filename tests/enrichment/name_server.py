"""A little DNS server on loopback, whose names say how it answers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

# Zone-file lines by name; a name that stands here without lines has no data.
ZONE: dict[str, tuple[str, ...]] = {
    "both.example.": ("A 8.8.8.8", "A 1.1.1.1", "AAAA 2606:4700::2"),
    "four.example.": ("A 8.8.8.8",),
    "six.example.": ("AAAA 2606:4700::2",),
    "alias.example.": ("CNAME middle.example.", "A 8.8.8.8"),
    "inside.example.": ("A 10.0.0.1", "A 127.0.0.1"),
    "mixed.example.": ("A 10.0.0.1", "A 8.8.8.8"),
    "held.example.": ("A 192.42.116.41",),
    "half-held.example.": ("A 192.42.116.41", "A 8.8.8.8"),
    "mapped.example.": ("AAAA ::ffff:10.0.0.1",),
    "nothing.example.": (),
    "dangling.example.": ("CNAME gone.example.",),
    "twist.example.": ("CNAME twist.example.",),
    # Its two questions end differently.
    "half-broken.example.": ("A 8.8.8.8",),
    "half-gone.example.": (),
}
RCODES = {
    ("broken.example.", None): dns.rcode.SERVFAIL,
    ("lame.example.", None): dns.rcode.REFUSED,
    ("half-broken.example.", "AAAA"): dns.rcode.SERVFAIL,
    ("half-gone.example.", "AAAA"): dns.rcode.SERVFAIL,
}
SILENT = {"silent.example."}


class NameServer(asyncio.DatagramProtocol):
    """Answers from the zone; counts what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()
        self.address = ("127.0.0.1", 0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)
        self.address = transport.get_extra_info("sockname")

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text().lower()
        kind = dns.rdatatype.to_text(query.question[0].rdtype)
        self.asked[name, kind] += 1
        if name not in SILENT:
            self.transport.sendto(answer(query, name, kind).to_wire(), addr)


def answer(query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
    """Return the reply that the zone holds to a question."""
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.RA
    rcode = RCODES.get((name, kind), RCODES.get((name, None)))
    if rcode is not None:
        reply.set_rcode(rcode)
    elif name not in ZONE:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    else:
        owner = name
        for line in ZONE[name]:
            line_kind, value = line.split()
            if line_kind in {kind, "CNAME"}:
                reply.answer.append(dns.rrset.from_text(owner, 60, "IN", line_kind, value))
            owner = value if line_kind == "CNAME" else owner
    return reply


@asynccontextmanager
async def name_server() -> AsyncIterator[NameServer]:
    """Run a name server on a free port of loopback."""
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(NameServer, local_addr=("127.0.0.1", 0))
    try:
        yield server
    finally:
        transport.close()
