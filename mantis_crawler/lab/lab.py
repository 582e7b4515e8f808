"""The embedded internet, running: names, addresses, sites and all, on loopback ports alone."""

from pathlib import Path
from types import TracebackType
from typing import Self

from mmdb_writer import MMDBWriter
from netaddr import IPSet

from mantis_crawler.lab.addresses import POOLS, block_of
from mantis_crawler.lab.certificates import Certificates
from mantis_crawler.lab.dead import Fate
from mantis_crawler.lab.feed import feed
from mantis_crawler.lab.hostile.server import HostileServer
from mantis_crawler.lab.name_server import NameServer
from mantis_crawler.lab.ports import DeadPorts
from mantis_crawler.lab.server import Hit, WebServer
from mantis_crawler.lab.whois import WhoisServers
from mantis_crawler.lab.world import World, ipv4

_NEVER_ROUTED = (Fate.SINKHOLE, Fate.NOT_PUBLIC)


class LabRouteError(OSError):
    """The lab holds nothing at an address or port: there is no way out of it."""


class Lab:
    """One running embedded internet. Made by `start`; an asynchronous context manager.

    Attributes:
        world: What it holds.
        dns: Address and port of its name server, UDP and TCP.
        second_dns: The same of one that denies what others have reported, as some resolvers do.
        http_port: Port of loopback at which its sites answer http.
        https_port: The same for https.
        authority: Certificate of its authority, PEM.
        hostile: The server of its hostile pages.
        whois: Its WHOIS servers.
    """

    world: World
    dns: tuple[str, int]
    second_dns: tuple[str, int]
    http_port: int
    https_port: int
    authority: str

    def __init__(self, seed: int) -> None:
        self.world = World(seed)
        certificates = Certificates(self.world)
        self.authority = certificates.authority
        self._names = NameServer(self.world)
        self._filtered = NameServer(self.world, filtered=True)
        self._web = WebServer(self.world, certificates)
        self._dead = DeadPorts()
        self.hostile = HostileServer(certificates)
        self.whois = WhoisServers(self.world)

    @classmethod
    async def start(cls, seed: int = 1) -> Self:
        """Start a lab in the running event loop.

        Raises:
            OSError: loopback has no free port.
        """
        lab = cls(seed)
        try:
            lab.http_port, lab.https_port = await lab._web.start()
            await lab._dead.start()
            await lab.hostile.start()
            await lab.whois.start()
            lab.dns = await lab._names.start()
            lab.second_dns = await lab._filtered.start()
        except BaseException:
            await lab.close()
            raise
        return lab

    async def close(self) -> None:
        """Stop everything."""
        await self._names.close()
        await self._filtered.close()
        await self._web.close()
        await self._dead.close()
        await self.hostile.close()
        await self.whois.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def hits(self) -> list[Hit]:
        """Every request that reached its sites, in order."""
        return self._web.hits

    @property
    def feed(self) -> str:
        """The lab's own indicators, as a feed in CSV."""
        return feed(self.world)

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Return where on loopback the lab serves a public-looking address and port.

        Raises:
            LabRouteError: the lab holds no such address or port.
        """
        number = ipv4(address)
        if not number or not number.is_global or number.is_multicast:
            raise LabRouteError(f"the lab holds no address {address!r}")
        if port not in {80, 443}:
            raise LabRouteError(f"the lab holds no port {port} at {address}")
        fate = self.world.fate_of_address(address)
        if fate in _NEVER_ROUTED:
            raise LabRouteError(f"the lab does not lead to {address}: {fate}")
        if _is_hostile(address):
            return "127.0.0.1", self.hostile.port_of(address, port)
        if fate:
            return "127.0.0.1", self._dead.of(fate, port)
        return "127.0.0.1", self.http_port if port == 80 else self.https_port

    @property
    def case(self) -> str:
        """The indicators of the case at a published one's size, as a feed in CSV."""
        return self.world.case.feed()

    @staticmethod
    def asn_database(folder: Path) -> Path:
        """Write whose the lab's addresses are, as a MaxMind database, and return its path."""
        writer = MMDBWriter(4, "mantis-lab-asn", description="Made-up networks of the lab")
        for block in (block for pool in POOLS.values() for block in pool.blocks):
            facts = {
                "country_code": block.country.upper(),
                "asn": block.asn,
                "as_org": block.holder,
                "autonomous_system_number": block.asn,
                "autonomous_system_organization": block.holder,
            }
            writer.insert_network(IPSet([str(block.network)]), facts)
        path = folder / "lab-asn.mmdb"
        writer.to_db_file(str(path))
        return path


def _is_hostile(address: str) -> bool:
    return block_of(address) in POOLS["hostile"].blocks
