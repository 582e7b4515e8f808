"""Listeners in our own network: what no page may ever reach notes whoever comes."""

import asyncio
import os
import socket
from contextlib import suppress

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
        self._shore = -1
        self._closing: list[asyncio.Server | asyncio.DatagramTransport] = []

    async def start(self, *, shore: int | None) -> None:
        """Listen.

        Args:
            shore: file to read all from that would leave an island; -1 if it has none. There, every
                address of the machine is listened on, at port 80. ``None``: this is no island, and it
                is a few addresses of loopback, at a free port.

        Raises:
            OSError: an address that is needed is not to be had.
        """
        island = shore is not None
        self.port = 80 if island else _free_port()
        for place in ("0.0.0.0", "::") if island else LOOPBACK:  # noqa: S104 - behind no network
            try:
                await self._listen(place)
            except OSError:
                if ":" not in place:  # a machine may be without IPv6
                    raise
        if shore is not None and shore >= 0:
            self._watch(shore)

    def close(self) -> None:
        """Listen no more."""
        for one in self._closing:
            one.close()
        if self._shore >= 0:
            asyncio.get_running_loop().remove_reader(self._shore)

    async def _listen(self, place: str) -> None:
        server = await asyncio.start_server(self._came, place, self.port)
        self._closing.append(server)
        self.places.append(place)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self, f"{place} udp"), local_addr=(place, self.port)
        )
        self._closing.append(transport)

    def _watch(self, shore: int) -> None:
        """Note every frame that would leave the machine."""

        def read() -> None:
            with suppress(BlockingIOError):
                if said := _read_frame(os.read(shore, 65536)):
                    self.reached.append(f"beyond the shore: {said}")

        asyncio.get_running_loop().add_reader(shore, read)
        self._shore = shore
        self.places.append("everywhere else")

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


def _read_frame(frame: bytes) -> str:
    """Return where an Ethernet frame with IPv4 or a question for its address was to go; else nothing.

    Reports of multicast groups (IGMP) are the kernel's own.
    """
    kind, body = frame[12:14], frame[14:]
    if kind == b"\x08\x06" and len(body) >= 28:
        return f"who has {socket.inet_ntoa(body[24:28])}"
    if kind == b"\x08\x00" and len(body) >= 20 and body[9] != socket.IPPROTO_IGMP:
        return f"to {socket.inet_ntoa(body[16:20])}, protocol {body[9]}: {body[20:100]!r}"
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
