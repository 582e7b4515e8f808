"""The WHOIS servers of the embedded internet: IANA's, a registry's and a registrar's, each on a port.

A label of the domain chooses how one fails, as with the other providers: ``fault-truncated.example``.
"""

import asyncio
import re
from typing import TYPE_CHECKING

from mantis_crawler.lab.case import NEW_REGISTRAR, PRIVACY
from mantis_crawler.lab.connections import Connections, Serve
from mantis_crawler.lab.providers.service import HTML, XML
from mantis_crawler.lab.providers.whoisxml import born, registered
from mantis_crawler.lab.server import loopback_socket

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World

IANA, REGISTRY, REGISTRAR = "whois.iana.org", "whois.lab-registry.net", "whois.proxy-harbour.com"
_LONGEST = 512
_SLOW = 3.0
_NO_SERVER = {"zz"}
"""Top-level domains whose registry has no WHOIS."""
_INSTEAD = {
    "html": HTML,
    "xml": XML,
    "error-200": b'{"ErrorMessage": {"msg": "an error"}}',
    "always-429": b"Your query rate limit was exceeded. Try again later.\r\n",
    "endless": b"x" * 70_000,
}


def answer(world: "World", server: str, query: str) -> bytes | None:
    """Return what a server says to a line; `None`: it hangs up."""
    found = re.search(r"fault-([a-z0-9-]+)", query)
    fault = found[1] if found else ""
    if server == IANA:
        return _iana(query).encode()
    if fault in _INSTEAD:
        return _INSTEAD[fault]
    if fault == "html-502":
        return None
    domain = query.rsplit(maxsplit=1)[-1].lower() if query.split() else ""
    text = _domain(world, server, domain).encode()
    return text[: len(text) // 2] if fault == "truncated" else text


def _iana(query: str) -> str:
    label = query.strip().lower()
    refer = "" if label in _NO_SERVER else f"refer:        {REGISTRY}\n\n"
    return f"% IANA WHOIS server\n\n{refer}domain:       {label.upper()}\nsource:       IANA\n"


def _domain(world: "World", server: str, domain: str) -> str:
    if not registered(world, domain):
        return f'No match for domain "{domain.upper()}".\r\n>>> Last update of WHOIS database: now <<<\r\n'
    created = born(world.seed, domain)
    lines = [
        f"Domain Name: {domain.upper()}",
        "Registry Domain ID: 1000_DOMAIN",
        f"Registrar WHOIS Server: {REGISTRAR}",
        f"Updated Date: {created:%Y-%m-%dT%H:%M:%SZ}",
        f"Creation Date: {created:%Y-%m-%dT%H:%M:%SZ}",
        f"Registry Expiry Date: {created.year + 10}-{created:%m}-01T00:00:00Z",
        f"Registrar: {NEW_REGISTRAR}",
        "Registrar IANA ID: 9999",
        "Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited",
        *(
            [f"Registrant Name: {PRIVACY}", f"Registrant Organization: {PRIVACY}", "Registrant Country: US"]
            if server == REGISTRAR
            else []
        ),
        "Name Server: NS1.HARBOUR-NAMES.NET",
        "Name Server: NS2.HARBOUR-NAMES.NET",
        ">>> Last update of WHOIS database: 2026-11-01T00:00:00Z <<<",
    ]
    return "".join(f"{line}\r\n" for line in lines)


class WhoisServers:
    """One port of loopback a server."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._servers: list[asyncio.Server] = []
        self._connections = Connections()
        self.ports: dict[str, int] = {}
        self.asked: list[tuple[str, str]] = []
        """Server and line of each question."""

    async def start(self) -> None:
        """Open the ports."""
        for name in (IANA, REGISTRY, REGISTRAR):
            bound = loopback_socket()
            self._servers.append(await asyncio.start_server(self._serving(name), sock=bound))
            self.ports[name] = bound.getsockname()[1]

    async def close(self) -> None:
        """Close them."""
        for one in self._servers:
            one.close()
        await self._connections.close()

    def _serving(self, name: str) -> Serve:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line = (await reader.readuntil(b"\n"))[:_LONGEST].decode("utf-8", "replace").strip()
            self.asked.append((name, line))
            if "fault-slow" in line:
                await asyncio.sleep(_SLOW)
            if body := answer(self._world, name, line):
                times = 10_000 if "fault-endless" in line else 1
                for _ in range(times):
                    writer.write(body)
                    await writer.drain()

        return self._connections.serving(serve)
