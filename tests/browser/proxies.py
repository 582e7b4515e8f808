"""Tiny real proxies on loopback, HTTP CONNECT and SOCKS5, and a program that runs another behind them."""

import asyncio
import sys
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from mantis_crawler.browser.exits import Exit


@dataclass
class Proxy:
    """A proxy; everything that it does can be read from it."""

    scheme: str
    user: str = ""
    password: str = ""
    instead: tuple[str, int] | None = None
    """Where it leads whatever it is asked for: another country's view of the world."""
    lives: int = 1_000_000
    """How many calls it takes before it is gone."""
    port: int = 0
    asked: list[tuple[str, int]] = field(default_factory=list)
    server: asyncio.Server | None = None

    def exit(self, country: str, **changes: str) -> Exit:
        facts = {"user": self.user, "password": self.password} | changes
        return Exit(country=country, scheme=self.scheme, host="127.0.0.1", port=self.port, **facts)

    async def start(self) -> None:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self.server is not None
        self.server.close()
        await asyncio.sleep(0)

    async def serve(self, reader: Reader, writer: Writer) -> None:
        self.lives -= 1
        if self.lives == 0:
            await self.stop()
        try:
            await (self.http if self.scheme == "http" else self.socks)(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def http(self, reader: Reader, writer: Writer) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, place, _ = head.split("\r\n")[0].split(" ")
        secret = b64encode(f"{self.user}:{self.password}".encode()).decode()
        if method != "CONNECT":
            writer.write(b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")
        elif self.user and f"Proxy-Authorization: Basic {secret}\r\n" not in head:
            writer.write(b'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n')
        else:
            host, _, port = place.rpartition(":")
            ways = await self.reach(host.strip("[]"), int(port))
            if isinstance(ways, OSError):
                writer.write(b"HTTP/1.1 502 No way\r\nContent-Length: 0\r\n\r\n")
            else:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await both_ways(reader, writer, *ways)

    async def socks(self, reader: Reader, writer: Writer) -> None:
        version, count = await reader.readexactly(2)
        assert version == 5
        methods = await reader.readexactly(count)
        wanted = 2 if self.user else 0
        writer.write(bytes([5, wanted if wanted in methods else 255]))
        if wanted not in methods:
            return
        if wanted:
            _, size = await reader.readexactly(2)
            user = await reader.readexactly(size)
            password = await reader.readexactly((await reader.readexactly(1))[0])
            right = (user.decode(), password.decode()) == (self.user, self.password)
            writer.write(bytes([1, 0 if right else 1]))
            if not right:
                return
        _, _, _, kind = await reader.readexactly(4)
        host = ".".join(map(str, await reader.readexactly(4))) if kind == 1 else "?"
        ways = await self.reach(host, int.from_bytes(await reader.readexactly(2), "big"))
        reply = 5 if isinstance(ways, ConnectionRefusedError) else 4 if isinstance(ways, OSError) else 0
        writer.write(bytes([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
        if not isinstance(ways, OSError):
            await both_ways(reader, writer, *ways)

    async def reach(self, host: str, port: int) -> tuple[Reader, Writer] | OSError:
        self.asked.append((host, port))
        try:
            return await asyncio.open_connection(*(self.instead or (host, port)))
        except OSError as error:
            return error


async def both_ways(reader: Reader, writer: Writer, back: Reader, forth: Writer) -> None:
    async def pump(source: Reader, sink: Writer) -> None:
        with suppress(OSError):
            while chunk := await source.read(65536):
                sink.write(chunk)
                await sink.drain()
        sink.close()

    await asyncio.gather(pump(reader, forth), pump(back, writer))


@asynccontextmanager
async def a_proxy(scheme: str, **facts: object) -> AsyncIterator[Proxy]:
    proxy = Proxy(scheme, **facts)  # type: ignore[arg-type]
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()


async def nothing_here(reader: Reader, writer: Writer) -> None:
    """A site that shows 404 to whoever comes from the wrong country."""
    body = b"<h1>404 Not Found</h1><p>The requested page was not found on this server.</p>"
    head = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nConnection: close\r\n"
    with suppress(asyncio.IncompleteReadError):  # a check says nothing, TLS something else
        await reader.readuntil(b"\r\n\r\n")
    writer.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


async def main(user: str, password: str, command: list[str]) -> int:
    """Run a command beside proxies whose ports stand for words of it.

    ``{lab}`` leads where it is told, ``{blind}`` to a 404, and ``{dies}`` is gone after one call.
    """
    blind = await asyncio.start_server(nothing_here, "127.0.0.1", 0)
    instead = blind.sockets[0].getsockname()[:2]
    async with (
        a_proxy("http", user=user, password=password) as first,
        a_proxy("socks5", user=user, password=password, instead=instead) as second,
        a_proxy("http", user=user, password=password, lives=1) as third,
    ):
        ports = {"{lab}": first.port, "{blind}": second.port, "{dies}": third.port}
        words = command
        for name, port in ports.items():
            words = [word.replace(name, str(port)) for word in words]
        return await (await asyncio.create_subprocess_exec(*words)).wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:])))
