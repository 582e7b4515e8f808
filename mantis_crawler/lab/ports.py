"""Ports of loopback at which nothing good answers, each in its own way and really so."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from mantis_crawler.lab.dead import Fate
from mantis_crawler.lab.server import loopback_socket

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_GARBAGE = b"\x00\x13lab-device/3.1\x00\xff\xfe no such command\r\n\x07\x00"


class DeadPorts:
    """One port for each way in which an address is dead."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._servers: list[asyncio.Server] = []
        self._ports: dict[Fate, int] = {}

    async def start(self) -> None:
        """Open the ports."""
        self._ports = {
            Fate.REFUSED: self._refusing(),
            Fate.CONNECT_TIMEOUT: self._never_accepting(),
            Fate.GARBAGE: await self._serve(_talk_garbage),
            Fate.MUTE: await self._serve(_say_nothing),
        }

    def of(self, fate: Fate, port: int) -> int:
        """Return where an address of that fate leads for its port 80 or 443."""
        if fate is Fate.TLS_BROKEN:
            return self._ports[Fate.GARBAGE if port == 443 else Fate.REFUSED]
        return self._ports.get(fate, self._ports[Fate.REFUSED])

    async def close(self) -> None:
        """Close the ports."""
        for server in self._servers:
            server.close()
        for held in self._sockets:
            held.close()

    def _refusing(self) -> int:
        held = loopback_socket()
        self._sockets.append(held)
        return _port(held)

    def _never_accepting(self) -> int:
        held = loopback_socket()
        held.listen(0)
        self._sockets.append(held)
        # a full queue of connections that nobody accepts lets the kernel drop all later ones
        for _ in range(2):
            filler = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            filler.settimeout(0)
            filler.connect_ex(held.getsockname())
            self._sockets.append(filler)
        return _port(held)

    async def _serve(self, behaviour: Behaviour) -> int:
        held = loopback_socket()
        self._servers.append(await asyncio.start_server(behaviour, sock=held))
        return _port(held)


async def _talk_garbage(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        await reader.read(1)
        writer.write(_GARBAGE)
        await writer.drain()
    writer.close()


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        await reader.read(1)
    writer.close()


def _port(held: socket.socket) -> int:
    port: int = held.getsockname()[1]
    return port
