"""The bench's front door: looks at TLS and HTTP/2 before anything is answered, then sends the visitor on.

Everything behind it speaks HTTP/1.1, where no header hides in a compressed block.
"""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress

from mantis_crawler.lab.connections import Connections
from mantis_crawler.lab.phones.hello import RECORD_LIMIT, Hello, parse
from mantis_crawler.lab.phones.hpack import Decoder, HpackError

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FRAME_LIMIT = 1 << 14
_DATA, _HEADERS, _SETTINGS, _PING, _GOAWAY, _WINDOW, _CONTINUATION = 0, 1, 4, 6, 7, 8, 9
_ACK, _END_HEADERS, _PADDED, _PRIORITY, _END_STREAM = 1, 4, 8, 32, 1

Seen = Callable[[Hello], None]
Came = Callable[[list[tuple[str, str]], str], str | None]
"""Takes the first headers and the connection's fingerprint, and returns where to send the visitor."""


class Front:
    """A port that reads the TLS hello of each connection and passes all bytes on to the port behind it."""

    def __init__(self, seen: Seen, behind: Callable[[str], int]) -> None:
        self._seen = seen
        self._behind = behind
        self._server: asyncio.Server | None = None
        self._connections = Connections()

    async def start(self) -> int:
        """Listen on a free port of loopback, and return it."""
        self._server = await asyncio.start_server(self._connections.serving(self._pass), "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Stop listening and drop what is open."""
        if self._server is not None:
            self._server.close()
        await self._connections.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readexactly(5)
        record = head + await reader.readexactly(min(int.from_bytes(head[3:5]), RECORD_LIMIT))
        hello = parse(record)
        if hello is None:
            return
        self._seen(hello)
        inner_reader, inner = await asyncio.open_connection("127.0.0.1", self._behind(hello.name))
        inner.write(record)
        ways = [
            asyncio.ensure_future(_pump(reader, inner)),
            asyncio.ensure_future(_pump(inner_reader, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            inner.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(1 << 16):
        writer.write(chunk)
        await writer.drain()


class Entrance:
    """Speaks as much HTTP/2 as is needed to read one navigation and redirect it."""

    def __init__(self, came: Came, context: ssl.SSLContext) -> None:
        self._came = came
        self._context = context
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen on a free port of loopback, and return it."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, HpackError, asyncio.CancelledError):
            if await reader.readexactly(len(PREFACE)) == PREFACE:
                await _Connection(reader, writer, self._came).run()
        writer.close()


class _Connection:
    """One connection, from its preface to its end."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, came: Came) -> None:
        self._reader = reader
        self._writer = writer
        self._came = came
        self._decoder = Decoder()
        self._settings = ""
        self._window = 0
        self._block = b""

    async def run(self) -> None:
        self._send(_SETTINGS, 0, 0, b"")
        while True:
            head = await self._reader.readexactly(9)
            size, kind, flags = int.from_bytes(head[:3]), head[3], head[4]
            stream = int.from_bytes(head[5:]) & 0x7FFFFFFF
            if size > FRAME_LIMIT or kind == _GOAWAY:
                return
            await self._take(kind, flags, stream, await self._reader.readexactly(size))

    async def _take(self, kind: int, flags: int, stream: int, body: bytes) -> None:
        if kind == _SETTINGS and not flags & _ACK:
            pairs = [
                (int.from_bytes(body[at : at + 2]), int.from_bytes(body[at + 2 : at + 6]))
                for at in range(0, len(body), 6)
            ]
            self._settings = ";".join(f"{name}:{value}" for name, value in pairs)
            self._send(_SETTINGS, _ACK, 0, b"")
        elif kind == _WINDOW and stream == 0:
            self._window = self._window or int.from_bytes(body)
        elif kind == _PING and not flags & _ACK:
            self._send(_PING, _ACK, 0, body)
        elif kind in {_HEADERS, _CONTINUATION}:
            self._block += _fragment(body, flags) if kind == _HEADERS else body
            if flags & _END_HEADERS:
                self._answer(stream, self._decoder.decode(self._block))
                self._block = b""
        await self._writer.drain()

    def _answer(self, stream: int, headers: list[tuple[str, str]]) -> None:
        order = ",".join(name[1] for name, _ in headers if name.startswith(":"))
        place = self._came(headers, f"{self._settings}|{self._window}|{order}")
        block = (
            _literal(":status", "302") + _literal("location", place) if place else _literal(":status", "404")
        )
        self._send(_HEADERS, _END_HEADERS | _END_STREAM, stream, block)

    def _send(self, kind: int, flags: int, stream: int, body: bytes) -> None:
        self._writer.write(len(body).to_bytes(3) + bytes((kind, flags)) + stream.to_bytes(4) + body)


def _fragment(body: bytes, flags: int) -> bytes:
    padding = body[0] if flags & _PADDED else 0
    start = (1 if flags & _PADDED else 0) + (5 if flags & _PRIORITY else 0)
    return body[start : len(body) - padding]


def _literal(name: str, value: str) -> bytes:
    """Return a header as an uncompressed literal; name and value are shorter than 127 bytes."""
    return b"\x00" + bytes((len(name),)) + name.encode() + bytes((len(value),)) + value.encode()
