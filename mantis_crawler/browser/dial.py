"""Through an exit to an address: a small client of HTTP CONNECT (RFC 9110) and SOCKS5 (RFC 1928, 1929)."""

import asyncio
from base64 import b64encode
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from mantis_crawler.browser.exits import Exit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

PATIENCE = 10.0
"""Seconds that an exit may take to be reached, and again to make a connection."""
HEAD_LIMIT = 64 * 1024

CREDENTIALS = "wants other credentials than it was given"
REFUSED, UNREACHABLE, SLOW = "refused", "unreachable", "timeout"
"""What an exit says of the address that it was to connect to; nothing if it is connected."""

_SOCKS_SAYS = {0: "", 1: UNREACHABLE, 3: UNREACHABLE, 4: UNREACHABLE, 5: REFUSED, 6: SLOW}
_HTTP_SAYS = {500: UNREACHABLE, 502: UNREACHABLE, 503: UNREACHABLE, 504: SLOW}
_MARKS = ("proxy-", "via:", "x-squid-error:")
"""Header lines with which a proxy says that it is one, also where its answer is a page."""


class ExitError(Exception):
    """An exit does not do its work; the message names it and says how it failed."""


class DeniedError(ExitError):
    """An exit that works does not want to lead to this address."""


async def dial(exit_: Exit, address: str, port: int, *, patience: float = PATIENCE) -> Streams:
    """Return a connection to an address through an exit.

    Args:
        exit_: the way out.
        address: IPv4 or IPv6; never a name, so that what was checked is what is connected to.
        port: of the address.
        patience: seconds for reaching the exit, and again for its work.

    Raises:
        ExitError: the exit is not there, does not take the credentials, or speaks another protocol.
        OSError: by the exit's word the address is at fault: a refused connection, a time-out, or no
            way to it. Also where the exit says nothing in time, or hangs up: `check` tells which it is.
    """
    reader, writer = await _reach(exit_, patience)
    try:
        said = await _Talk(exit_, reader, writer).ask(address, port, patience)
    except BaseException:
        _drop(writer)
        raise
    if not said:
        return reader, writer
    _drop(writer)
    kinds: dict[str, type[OSError]] = {REFUSED: ConnectionRefusedError, SLOW: TimeoutError}
    raise kinds.get(said, OSError)(f"{exit_}: {said}")


async def check(exit_: Exit, target: tuple[str, int] | None = None, *, patience: float = PATIENCE) -> None:
    """Ask an exit for a connection to itself: proves protocol and credentials, and disturbs nobody.

    What it says of that connection is no matter, if it says it in its protocol.

    Args:
        exit_: the way out.
        target: address and port to ask for instead.
        patience: seconds, as of `dial`.

    Raises:
        ExitError: it is not fit for visits.
    """
    reader, writer = await _reach(exit_, patience)
    address, port = target or writer.get_extra_info("peername")[:2]
    try:
        await _Talk(exit_, reader, writer, wary=True).ask(address.partition("%")[0], port, patience)
    except DeniedError:
        pass
    except TimeoutError:
        raise ExitError(f"{exit_} took the call but did not answer within {patience:g} s") from None
    finally:
        _drop(writer)


async def check_all(exits: Iterable[Exit], target: tuple[str, int] | None = None) -> None:
    """Check exits side by side.

    Raises:
        ExitError: at least one is not fit for visits; the message has a sentence for each.
    """
    found = await asyncio.gather(*(check(one, target) for one in exits), return_exceptions=True)
    for error in found:
        if error is not None and not isinstance(error, ExitError):
            raise error
    if said := "; ".join(str(error) for error in found if error):
        raise ExitError(said)


async def _reach(exit_: Exit, patience: float) -> Streams:
    try:
        opening = asyncio.open_connection(exit_.host, exit_.port, limit=HEAD_LIMIT)
        return await asyncio.wait_for(opening, patience)
    except TimeoutError:
        raise ExitError(f"{exit_} did not answer within {patience:g} s") from None
    except ConnectionRefusedError:
        raise ExitError(f"{exit_} refuses connections: is it down?") from None
    except (OSError, UnicodeError):  # a name may be none
        raise ExitError(f"{exit_} cannot be reached: unknown name, or no way to it") from None


@dataclass(frozen=True, slots=True)
class _Talk:
    """One request to an exit."""

    exit_: Exit
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    wary: bool = False
    """Whether a web page, or no answer, means that it is no proxy; one that is known may do so too."""

    async def ask(self, address: str, port: int, patience: float) -> str:
        """Return what the exit says of the address; empty if it is connected."""
        talk = self._http if self.exit_.scheme == "http" else self._socks
        try:
            async with asyncio.timeout(patience):
                return await talk(address, port)
        except TimeoutError:
            raise
        except (OSError, asyncio.IncompleteReadError):
            if not self.wary:
                return UNREACHABLE  # some proxies hang up where an address is dead
            kind = self.exit_.scheme
            raise ExitError(f"{self.exit_} hung up without an answer: is it a {kind} proxy?") from None
        except asyncio.LimitOverrunError:
            raise ExitError(f"{self.exit_} answers without an end: it is no proxy") from None

    async def _http(self, address: str, port: int) -> str:
        place = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
        if self._known:
            secret = b64encode(f"{self.exit_.user}:{self.exit_.password}".encode()).decode()
            lines.append(f"Proxy-Authorization: Basic {secret}")
        self.writer.write("\r\n".join((*lines, "", "")).encode())
        start = await self.reader.readexactly(5)
        if start != b"HTTP/":
            raise ExitError(f"{self.exit_} does not speak HTTP: it answers with {start!r}")
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        first, *headers = head.strip().splitlines()
        status = next((int(word) for word in first.split()[1:2] if word.isdecimal()), 0)
        return self._said(status, headers)

    def _said(self, status: int, headers: list[str]) -> str:
        page = any(map(_of_a_page, headers))
        if status == 407:
            raise ExitError(f"{self.exit_} {CREDENTIALS} (HTTP 407)")
        if 200 <= status < 300 and not page:
            return ""
        sincere = status >= 400 and (not self.wary or any(line.startswith(_MARKS) for line in headers))
        if page and not sincere:
            raise ExitError(f"{self.exit_} answers with a web page (HTTP {status}): it is no proxy")
        if status in _HTTP_SAYS:
            return _HTTP_SAYS[status]
        kind = DeniedError if status == 403 else ExitError
        raise kind(f"{self.exit_} does not connect us (HTTP {status})")

    async def _socks(self, address: str, port: int) -> str:
        self.writer.write(b"\x05\x02\x00\x02" if self._known else b"\x05\x01\x00")
        start = await self.reader.readexactly(2)
        if start[0] != 5:
            raise ExitError(f"{self.exit_} does not speak SOCKS5: it answers with {start!r}")
        if start[1] and not (start[1] == 2 and self._known and await self._greeted()):
            raise ExitError(f"{self.exit_} {CREDENTIALS}")
        packed = ip_address(address).packed
        kind = 1 if len(packed) == 4 else 4
        self.writer.write(bytes([5, 1, 0, kind, *packed, *port.to_bytes(2, "big")]))
        version, reply, _, bound = await self.reader.readexactly(4)
        if version != 5:
            raise ExitError(f"{self.exit_} does not speak SOCKS5")
        if reply in {2, 8}:
            raise DeniedError(f"{self.exit_} does not connect us (SOCKS reply {reply})")
        if reply not in _SOCKS_SAYS:
            raise ExitError(f"{self.exit_} does not connect us (SOCKS reply {reply})")
        if reply == 0:
            sizes = {1: 4, 3: (await self.reader.readexactly(1))[0] if bound == 3 else 0, 4: 16}
            await self.reader.readexactly(sizes.get(bound, 0) + 2)
        return _SOCKS_SAYS[reply]

    async def _greeted(self) -> bool:
        user, password = self.exit_.user.encode(), self.exit_.password.encode()
        self.writer.write(bytes([1, len(user), *user, len(password), *password]))
        return (await self.reader.readexactly(2))[1] == 0

    @property
    def _known(self) -> bool:
        return bool(self.exit_.user or self.exit_.password)


def _of_a_page(line: str) -> bool:
    """Whether a header line, in lower case, goes with a body; a tunnel's answer has none (RFC 9110)."""
    name, _, value = line.partition(":")
    return (
        (name == "content-type" and "html" in value)
        or name == "transfer-encoding"
        or (name == "content-length" and value.strip() != "0")
    )


def _drop(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, RuntimeError):
        writer.close()
