"""The name servers of the embedded internet: real DNS over UDP and TCP on loopback."""

import asyncio
import socket
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar, cast

import dns.exception

from mantis_crawler.lab.dns import answer
from mantis_crawler.lab.hostile.page import DOMAIN
from mantis_crawler.lab.world import World

_BUFFER = 1 << 22
"""Bytes of questions that may wait, where the system lets so many, while the program does other things."""
_HEAD = 12
"""Bytes of a message before its question."""
_HOSTILE = DOMAIN.partition(".")[0].encode()
_MOST_KEPT = 100_000
"""Answers, of about a hundred bytes."""

_Result = TypeVar("_Result")


class _Answers:
    """A world's answers, of which those that stay the same are kept: a query's number alone differs."""

    def __init__(self, world: World, *, filtered: bool) -> None:
        self._world, self._filtered = world, filtered
        self._asked: Counter[str] = Counter()
        self._kept: dict[tuple[bytes, bool], bytes | None] = {}

    def of(self, wire: bytes) -> bytes | None:
        """Return the answer to a query, as `answer` does."""
        ends = _question_end(wire)
        if not ends or wire[4:6] != b"\0\1" or _HOSTILE in wire[_HEAD:ends].lower():
            return answer(self._world, wire, self._asked, filtered=self._filtered)
        # what follows a question are options, whose values make no difference to the answer
        key = (wire[2:ends], len(wire) > ends)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = answer(self._world, wire, filtered=self._filtered)
        kept = self._kept[key]
        return wire[:2] + kept[2:] if kept else None


def _question_end(wire: bytes) -> int:
    """Return where a query's first question ends; 0 if it is broken or compressed."""
    at = _HEAD
    while at < len(wire) and wire[at]:
        if wire[at] > 63:
            return 0
        at += wire[at] + 1
    return at + 5 if at + 5 <= len(wire) else 0


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answers: _Answers) -> None:
        self._answers = answers
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        with suppress(dns.exception.DNSException):
            wire = self._answers.of(data)
            if wire is not None and self._transport:
                self._transport.sendto(wire, addr)


class NameServer:
    """Answers for every name of a world, on one port of loopback, in a thread of its own.

    Of its own, because a resolver takes silence for a lost packet: what keeps a crawl busy for half a second
    would look like hundreds of them.

    Args:
        world: What is known.
        filtered: Whether it denies names that others have reported.
    """

    def __init__(self, world: World, *, filtered: bool = False) -> None:
        self._answers = _Answers(world, filtered=filtered)
        self._datagrams: asyncio.DatagramTransport | None = None
        self._streams: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="lab-dns", daemon=True)

    async def start(self) -> tuple[str, int]:
        """Listen on a free port, UDP and TCP, and return the address."""
        self._thread.start()
        return await self._there(self._listen())

    async def close(self) -> None:
        """Stop answering."""
        if self._thread.is_alive():
            await self._there(self._ended())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    async def _there(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _listen(self) -> tuple[str, int]:
        loop = asyncio.get_running_loop()
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._answers), local_addr=("127.0.0.1", 0)
        )
        wire: socket.socket = self._datagrams.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        place: tuple[str, int] = self._datagrams.get_extra_info("sockname")
        # somebody else may hold the same number for TCP: then there is UDP alone
        with suppress(OSError):
            self._streams = await asyncio.start_server(self._stream, *place)
        return place

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(dns.exception.DNSException, asyncio.IncompleteReadError, ConnectionError):
            while True:
                size = int.from_bytes(await reader.readexactly(2))
                wire = self._answers.of(await reader.readexactly(size))
                if wire is None:
                    break
                writer.write(len(wire).to_bytes(2) + wire)
                await writer.drain()
        writer.close()

    async def _ended(self) -> None:
        if self._datagrams:
            self._datagrams.close()
        if self._streams:
            self._streams.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
