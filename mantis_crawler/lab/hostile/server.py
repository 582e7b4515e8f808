"""The server of the hostile web: it writes what a page says onto the wire, byte by byte."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator

from mantis_crawler.lab.certificates import Certificates
from mantis_crawler.lab.connections import Connections
from mantis_crawler.lab.hostile import page_at
from mantis_crawler.lab.hostile.page import Asked
from mantis_crawler.lab.hostile.places import ASKING

HEAD_LIMIT = 4 * 1024 * 1024
"""Bytes of a request's head: pages make URLs of megabytes."""
BODY_LIMIT = 1024 * 1024
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class HostileServer:
    """Answers for every hostile page over http and https, on ports of loopback.

    Attributes:
        hits: How often each host was asked for something.
        inside: Port at which listeners wait on forbidden addresses; pages lead there.
    """

    def __init__(self, certificates: Certificates) -> None:
        self.hits: Counter[str] = Counter()
        self.inside = 80
        self._plain = self._secure = self._asking = 0
        self._certificates = certificates
        self._servers: list[asyncio.Server] = []
        self._connections = Connections()

    async def start(self) -> None:
        """Listen on free ports."""
        ports = []
        asking = self._certificates.listening_context()
        asking.verify_mode = ssl.CERT_OPTIONAL
        asking.load_verify_locations(cadata=self._certificates.authority)
        for context in (None, self._certificates.listening_context(), asking):
            server = await asyncio.start_server(
                self._connections.serving(self._answer),
                "127.0.0.1",
                0,
                limit=HEAD_LIMIT,
                ssl=context,
                backlog=512,
            )
            self._servers.append(server)
            ports.append(int(server.sockets[0].getsockname()[1]))
        self._plain, self._secure, self._asking = ports

    def port_of(self, address: str, port: int) -> int:
        """Return the port of loopback at which a port of one of their addresses is served."""
        if port == 80:
            return self._plain
        return self._asking if address == ASKING else self._secure

    async def close(self) -> None:
        """Stop answering, also those answers that never end."""
        for server in self._servers:
            server.close()
        await self._connections.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = _read(await reader.readuntil(b"\r\n\r\n"), self.inside)
        size = asked.headers.get("content-length", "0")
        if size.isdecimal():
            await reader.readexactly(min(int(size), BODY_LIMIT))
        self.hits[asked.host] += 1
        page = page_at(asked.host)
        said = page.answer(asked) if page else _MISSING
        async for piece in _pieces(said):
            writer.write(piece)
            await writer.drain()


async def _pieces(said: bytes | AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if isinstance(said, bytes):
        yield said
        return
    async for piece in said:
        yield piece


def _read(raw: bytes, inside: int) -> Asked:
    first, *lines = raw.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, _, rest = first.partition(" ")
    target = rest.rpartition(" ")[0]
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    path, _, query = target.partition("?")
    host = headers.get("host", "").rsplit(":", 1)[0].lower()
    return Asked(method=method, host=host, path=path, query=query, headers=headers, inside=inside)
