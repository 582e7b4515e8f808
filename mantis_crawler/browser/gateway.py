"""The only door to the network: a filtering forward proxy on loopback, with one door a visit.

Request interception in Playwright is not called for redirect targets, popups' first hop, service
workers or web sockets, so it protects nothing (CVE-2026-44439 was such a guard). A proxy sees them all.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from mantis_crawler.browser import dial
from mantis_crawler.browser.exits import Exit
from mantis_crawler.browser.held import Held
from mantis_crawler.browser.requests import BadRequestError, RequestHead
from mantis_crawler.enrichment.addresses import is_public
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Connection, Outcome

logger = logging.getLogger(__name__)

Route = Callable[[str, int], tuple[str, int]]
"""Where to connect to for a checked address and port; raises `OSError` where there is no way."""

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024
HELD = 4
"""Tunnels that are left without an answer at a time: a browser has 32 for all of a visit."""
HOLD_SECONDS = 12.0
"""How long a page's tunnel into our network is left without an answer: longer than a page takes to settle
and be looked at, and no longer than a visit."""

BROWSER_OWN = (
    "accounts.google.com",
    "android.clients.google.com",
    "clients2.google.com",
    "clientservices.googleapis.com",
    "content-autofill.googleapis.com",
    "edgedl.me.gvt1.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "safebrowsing.googleapis.com",
    "update.googleapis.com",
)
"""Hosts that Chromium asks by itself: never part of what a victim sees (seen in a proxy's log)."""


def straight(address: str, port: int) -> tuple[str, int]:
    """Route of the real internet: to the very address that was checked."""
    return address, port


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """The gateway does not make a connection; ``result`` is the word for it in the log."""

    def __init__(self, result: str, detail: str = "") -> None:
        super().__init__(detail or result)
        self.result = result


@dataclass(slots=True, kw_only=True)
class Door:
    """One visit's way out, and the log of what it asked for."""

    port: int = 0
    closed: bool = False
    """Whether everything is refused: the door of a browser that is not on a visit."""
    exit: Exit | None = None
    """What every connection is made through; `None`: straight from this machine."""
    exit_error: str = ""
    """How the exit failed, the last time that it did."""
    byte_limit: int
    connection_limit: int
    bytes_in: int = 0
    """Bytes that came from the network."""
    log: list[Connection] = field(default_factory=list)
    holding: int = 0
    """Tunnels that are left without an answer."""
    served: bool = False
    """Whether a connection was made: what is refused from then on is asked for by a page."""
    cut: str = ""
    """Which limit ended the visit's traffic; empty if none did."""
    pinned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Addresses of each name for the length of the visit: a name cannot re-bind."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        """The proxy's address, for the browser."""
        return f"http://127.0.0.1:{self.port}"

    def note(self, host: str, port: int, address: str | None, result: str) -> None:
        """Write a connection into the log, up to a bound."""
        if len(self.log) < self.connection_limit + 1:
            self.log.append(Connection(host=host, port=port, address=address, result=result))

    def spend(self, size: int) -> None:
        """Count bytes from the network.

        Raises:
            Refusal: the visit has taken too many.
        """
        self.bytes_in += size
        if self.bytes_in > self.byte_limit:
            self.cut = "bytes"
            raise Refusal("cut", f"more than {self.byte_limit} bytes in one visit")


class Gateway:
    """Opens doors. Resolves names itself and connects to nothing but globally routable addresses."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        route: Route = straight,
        exits: Iterable[Exit] = (),
        exit_check: tuple[str, int] | None = None,
        held: Held | None = None,
        connect_timeout: float = 6.0,
        byte_limit: int = 64 * 1024 * 1024,
        connection_limit: int = 500,
    ) -> None:
        self.resolver = resolver
        self.route = route
        self.exits = {item.country: item for item in exits}
        self.exit_check = exit_check
        self.held = held or Held()
        self.connect_timeout = connect_timeout
        self.byte_limit = byte_limit
        self.connection_limit = connection_limit
        self.totals: Counter[str] = Counter()
        """What all doors that were closed let pass and refused: ``visits``, ``bytes``, ``cut/...``, and the
        connections by how they ended."""

    @asynccontextmanager
    async def door(self, *, closed: bool = False, exit: str = "") -> AsyncIterator[Door]:  # noqa: A002 - our word
        """Open a door on a free loopback port, for one visit; its connections end with it.

        Args:
            closed: whether nothing is let out.
            exit: country of the exit that every connection of the visit is made through.

        Raises:
            KeyError: there is no such exit, and there is no other way for this visit.
        """
        door = Door(
            closed=closed,
            exit=self.exits[exit] if exit else None,
            byte_limit=self.byte_limit,
            connection_limit=self.connection_limit,
        )

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            door.tasks.add(task)
            try:
                await self._serve(door, reader, writer)
            except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError, Refusal):
                pass
            except Exception:
                logger.exception("The gateway failed to serve a connection")
            finally:
                door.tasks.discard(task)
                _abort(writer)

        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=HEAD_LIMIT)
        door.port = server.sockets[0].getsockname()[1]
        try:
            yield door
        finally:
            server.close()
            for task in tuple(door.tasks):
                task.cancel()
            self._count(door)
            with suppress(TimeoutError):
                await asyncio.wait_for(server.wait_closed(), 2)

    def _count(self, door: Door) -> None:
        self.totals["visits"] += not door.closed
        self.totals["bytes"] += door.bytes_in
        self.totals.update(f"connections/{item.result}" for item in door.log)
        if door.cut:
            self.totals[f"cut/{door.cut}"] += 1

    async def exit_works(self, door: Door) -> bool:
        """Return whether the door's exit is still fit for visits; a door without one has no need of it."""
        if door.exit is None:
            return True
        try:
            await dial.check(door.exit, self.exit_check)
        except dial.ExitError as error:
            door.exit_error = str(error)
            return False
        return True

    async def _serve(self, door: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream: _Upstream | None = None
        try:
            while True:
                try:
                    head = RequestHead.parse(await reader.readuntil(b"\r\n\r\n"))
                except (BadRequestError, asyncio.LimitOverrunError) as error:
                    await _answer(writer, 400, str(error))
                    return
                try:
                    if upstream is None or upstream.place != (head.host, head.port) or upstream.ended:
                        if upstream is not None:
                            await upstream.close()
                        upstream = await self._connect(door, head)
                except Refusal as refusal:
                    await _refuse(door, writer, head, refusal)
                    return
                if head.tunnel:
                    await _answer(writer, 200, "Connection established", close=False)
                    await _tunnel(door, reader, writer, upstream)
                    return
                upstream.relay_to(writer, door)
                upstream.writer.write(head.forwarded())
                await _pass_body(reader, upstream.writer, head)
                if head.upgrade:
                    await _pump(reader, upstream.writer)
                    return
        finally:
            if upstream is not None:
                await upstream.close()

    async def _connect(self, door: Door, head: RequestHead) -> "_Upstream":
        host, port = head.host, head.port
        address: str | None = None
        refusal = Refusal("refused")
        try:
            for address in await self._addresses(door, host):
                if not is_public(address):
                    refusal = Refusal("not_public")
                    break
                if address in self.held:  # a name that nothing is said of, at an address that is held
                    refusal = Refusal("denied")
                    break
                streams = await self._dial(door, address, port)
                if streams is not None:
                    door.note(host, port, address, "connected")
                    door.served = True
                    return _Upstream((host, port), *streams)
        except Refusal as other:
            refusal = other
        door.note(host, port, address, refusal.result)
        raise refusal

    async def _addresses(self, door: Door, host: str) -> tuple[str, ...]:
        if door.closed or host.rstrip(".") in BROWSER_OWN or host in self.held:
            raise Refusal("denied")
        if len(door.log) >= door.connection_limit:
            door.cut = "connections"
            raise Refusal("cut")
        if host not in door.pinned:
            resolution = await self.resolver.resolve(host)
            if resolution.outcome not in {None, Outcome.SINKHOLE}:
                assert resolution.outcome is not None
                raise Refusal(str(resolution.outcome))
            door.pinned[host] = tuple(answer.address for answer in resolution.answers)
        return door.pinned[host]

    async def _dial(
        self, door: Door, address: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Return the open streams; `None` if the address refuses and another may be tried."""
        try:
            where = self.route(address, port)
            if door.exit is not None:
                return await dial.dial(door.exit, *where)
            return await asyncio.wait_for(asyncio.open_connection(*where), self.connect_timeout)
        except dial.ExitError as error:
            door.exit_error = str(error)
            raise Refusal("exit_failed") from None
        except TimeoutError:
            raise Refusal("timeout") from None
        except ConnectionRefusedError:
            return None
        except OSError:
            raise Refusal("unreachable") from None


class _Upstream:
    """The connection to a site behind one connection of the browser."""

    def __init__(
        self, place: tuple[str, int], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.place = place
        self.reader = reader
        self.writer = writer
        self._relay: asyncio.Task[None] | None = None

    @property
    def ended(self) -> bool:
        return self._relay is not None and self._relay.done()

    def relay_to(self, client: asyncio.StreamWriter, door: Door) -> None:
        """Pass answers on to the browser until the site ends them; an end of theirs is one of ours."""
        if self._relay is None:
            self._relay = asyncio.create_task(self._pass_answers(client, door))

    async def _pass_answers(self, client: asyncio.StreamWriter, door: Door) -> None:
        with suppress(OSError, Refusal):
            await _pump(self.reader, client, door.spend)
        client.close()

    async def close(self) -> None:
        """End both directions."""
        if self._relay is not None:
            self._relay.cancel()
            with suppress(asyncio.CancelledError):
                await self._relay
        _abort(self.writer)


async def _refuse(door: Door, writer: asyncio.StreamWriter, head: RequestHead, refusal: Refusal) -> None:
    """Answer a request that is not let out.

    A page that leads itself into our network after it has shown a login stays where it is, and can still
    be looked at: the answer to a document without content (RFC 9110, 15.3.5) leaves the browser there.
    For a tunnel there is no such answer, so that it gets none for as long as a visit looks at a page.
    """
    held = refusal.result == "not_public" and door.served
    if held and head.document:
        await _answer(writer, 204, refusal.result)
        return
    if held and head.tunnel and door.holding < HELD:
        door.holding += 1
        try:
            await asyncio.sleep(HOLD_SECONDS)
        finally:
            door.holding -= 1
    await _answer(writer, 502, refusal.result)


async def _pump(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    spend: Callable[[int], None] = lambda _size: None,
) -> None:
    while chunk := await reader.read(CHUNK):
        spend(len(chunk))
        writer.write(chunk)
        await writer.drain()


async def _tunnel(
    door: Door, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, upstream: _Upstream
) -> None:
    """Pass bytes both ways until either side ends."""
    ways: tuple[Awaitable[None], ...] = (
        _pump(reader, upstream.writer),
        _pump(upstream.reader, writer, door.spend),
    )
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.exception()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: RequestHead) -> None:
    left = head.body_size
    while left:
        chunk = await reader.read(min(left, CHUNK))
        if not chunk:
            raise asyncio.IncompleteReadError(b"", left)
        writer.write(chunk)
        left -= len(chunk)
    await writer.drain()


async def _answer(writer: asyncio.StreamWriter, status: int, reason: str, *, close: bool = True) -> None:
    line = f"HTTP/1.1 {status} {reason.encode('ascii', 'replace').decode()[:80]}\r\n"
    tail = "Content-Length: 0\r\nConnection: close\r\n\r\n" if close else "\r\n"
    writer.write((line + tail).encode())
    with suppress(OSError):
        await writer.drain()


def _abort(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, RuntimeError):
        writer.close()
