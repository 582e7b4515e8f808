"""A little DNS server on loopback, whose names say how it answers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
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


Zone = Mapping[str, Sequence[str]]
Rcodes = Mapping[tuple[str, str | None], int]


class NameServer(asyncio.DatagramProtocol):
    """Answers from a zone; counts what it was asked. ``*.NAME`` stands for what is below a name."""

    def __init__(self, zone: Zone, rcodes: Rcodes, silent: Collection[str]) -> None:
        self.zone, self.rcodes, self.silent = zone, rcodes, silent
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
        if name not in self.silent:
            self.transport.sendto(self.answer(query, name, kind).to_wire(), addr)

    def answer(self, query: dns.message.Message, name: str, kind: str) -> dns.message.Message:
        """Return the reply that the zone holds to a question."""
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        rcode = self.rcodes.get((name, kind), self.rcodes.get((name, None)))
        lines = self.zone.get(name, self.zone.get(f"*.{name.partition('.')[2]}"))
        if rcode is not None:
            reply.set_rcode(dns.rcode.Rcode(rcode))
        elif lines is None:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        else:
            owner = name
            for line in lines:
                line_kind, _, value = line.partition(" ")
                if line_kind in {kind, "CNAME"}:
                    reply.answer.append(dns.rrset.from_text(owner, 60, "IN", line_kind, value))
                owner = value if line_kind == "CNAME" else owner
        return reply


@asynccontextmanager
async def name_server(
    zone: Zone = ZONE, rcodes: Rcodes = RCODES, silent: Collection[str] = SILENT
) -> AsyncIterator[NameServer]:
    """Run a name server on a free port of loopback."""
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(
        lambda: NameServer(zone, rcodes, silent), local_addr=("127.0.0.1", 0)
    )
    try:
        yield server
    finally:
        transport.close()
