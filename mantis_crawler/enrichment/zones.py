"""What a domain has in the DNS beside addresses: name servers, mail servers, and who answers for it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pycares

from mantis_crawler.enrichment.channel import Channel, Failed
from mantis_crawler.items import Outcome

KINDS = ("NS", "MX", "SOA")
_NOTHING = {Outcome.NO_ADDRESS, Outcome.NXDOMAIN}
"""Ends of a question that are answers: there is no such record."""
_SINKHOLES = ("csof.net", "honeybot.us", "microsoftinternetsafety.net", "suspended-domain.org")
"""Domains of name servers to which defenders move names, and whose names do not say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What one resolver says of a domain. Names are in lower case, without the root's dot."""

    domain: str
    name_servers: tuple[str, ...] = ()
    mail_servers: tuple[str, ...] = ()
    """The preferred first; a null MX is none."""
    primary: str = ""
    """Of the SOA: the primary name server."""
    contact: str = ""
    """Of the SOA: the mailbox of who is responsible, with a dot for the @."""
    unknown: Mapping[str, str] = field(default_factory=dict)
    """By kind of record, why it is not known."""

    def records(self, kind: str) -> tuple[str, ...] | None:
        """Return what is known of a kind, to be compared; `None` if that is unknown."""
        if kind in self.unknown:
            return None
        soa = tuple(filter(None, (self.primary, self.contact)))
        return {"NS": self.name_servers, "MX": self.mail_servers, "SOA": soa}[kind]


async def read_zone(channel: Channel, domain: str) -> Zone:
    """Ask for all kinds at once, each with its own time limit."""
    replies = await asyncio.gather(*(channel.ask(domain, kind) for kind in KINDS))
    found: dict[str, list[object]] = {}
    unknown: dict[str, str] = {}
    for kind, reply in zip(KINDS, replies, strict=True):
        if not isinstance(reply, Failed):
            found[kind] = [record.data for record in reply.answer]
        elif reply.outcome not in _NOTHING:
            unknown[kind] = reply.detail
    servers = [item.nsdname for item in found.get("NS", ()) if isinstance(item, pycares.NSRecordData)]
    mails = [item for item in found.get("MX", ()) if isinstance(item, pycares.MXRecordData)]
    soa = next((item for item in found.get("SOA", ()) if isinstance(item, pycares.SOARecordData)), None)
    return Zone(
        domain=domain,
        name_servers=tuple(sorted(filter(None, map(_plain, servers)))),
        mail_servers=tuple(
            name for _, name in sorted((item.priority, _plain(item.exchange)) for item in mails) if name
        ),
        primary=_plain(soa.mname) if soa else "",
        contact=_plain(soa.rname) if soa else "",
        unknown=unknown,
    )


def is_sinkhole_server(name: str) -> bool:
    """Return whether a name server is one to which defenders move names."""
    return "sinkhole" in name or any(name == known or name.endswith(f".{known}") for known in _SINKHOLES)


def _plain(name: str) -> str:
    return name.lower().removesuffix(".")
