"""Listeners in our own network: what no page may ever reach notes whoever comes."""

import asyncio
import socket
import struct
from contextlib import suppress

MDNS = "224.0.0.251"
MDNS_PORT = 5353
LOOPBACK = ("127.0.0.1", "127.8.9.1", "::1")


class Inside:
    """Sockets on forbidden addresses. Each connection and each datagram is noted, and none is answered.

    Attributes:
        port: Where they listen, TCP and UDP.
        reached: Who came: address and port that was reached, and its first bytes.
        places: Addresses that they listen on.
    """

    def __init__(self) -> None:
        self.port = 0
        self.reached: list[str] = []
        self.places: list[str] = []
        self._closing: list[asyncio.Server | asyncio.DatagramTransport] = []

    async def start(self, *, everywhere: bool) -> None:
        """Listen.

        Args:
            everywhere: on every address of this machine at port 80, and for multicast DNS: only where
                the machine has no network but loopback. Else on a few of loopback's, at a free port.

        Raises:
            OSError: an address that is needed is not to be had.
        """
        self.port = 80 if everywhere else _free_port()
        for place in ("0.0.0.0", "::") if everywhere else LOOPBACK:  # noqa: S104 - behind no network
            with suppress(OSError) if ":" in place else _nothing():
                await self._listen(place)
        if everywhere:
            await self._listen_to_multicast()

    def close(self) -> None:
        """Listen no more."""
        for one in self._closing:
            one.close()

    async def _listen(self, place: str) -> None:
        server = await asyncio.start_server(self._came, place, self.port)
        self._closing.append(server)
        self.places.append(place)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self, f"{place} udp"), local_addr=(place, self.port)
        )
        self._closing.append(transport)

    async def _listen_to_multicast(self) -> None:
        ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        ear.bind((MDNS, MDNS_PORT))
        member = struct.pack("4s4s", socket.inet_aton(MDNS), socket.inet_aton("127.0.0.1"))
        ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        ear.settimeout(0)
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Datagrams(self, f"{MDNS}:{MDNS_PORT}"), sock=ear
        )
        self._closing.append(transport)
        self.places.append(MDNS)

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = writer.get_extra_info("sockname")[:2]
        with suppress(OSError, TimeoutError):
            said = await asyncio.wait_for(reader.read(80), 1)
            self.reached.append(f"{place}: {said!r}")
        writer.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, inside: Inside, place: str) -> None:
        self._inside = inside
        self._place = place

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._inside.reached.append(f"{self._place} from {addr[0]}: {data[:80]!r}")


class _nothing:  # noqa: N801 - reads like suppress, which it stands beside
    def __enter__(self) -> None:
        return

    def __exit__(self, *_: object) -> None:
        return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
