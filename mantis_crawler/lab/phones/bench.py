"""The bench: a server on loopback that looks at whoever visits it, behind made-up public names."""

import asyncio
import json
import ssl
from functools import cache
from importlib import resources
from secrets import token_hex
from types import TracebackType
from typing import Self

from aiohttp import web

from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Answer, Outcome, Resolution
from mantis_crawler.lab.certificates import Certificates
from mantis_crawler.lab.phones.door import Entrance, Front
from mantis_crawler.lab.phones.hello import Hello
from mantis_crawler.lab.phones.session import Asked, Session
from mantis_crawler.lab.server import loopback_socket
from mantis_crawler.lab.site import Reply, Request, Site
from mantis_crawler.lab.world import World

ADDRESS = "11.42.250.20"
"""Public-looking; nothing is ever sent there: the route leads to loopback."""
ZONE = "phone-bench.net"
ELSEWHERE = "phone-parts.org"
"""Another site, for the cross-site frame."""
DOOR = "phone-door.net"
"""Where a visit comes in, over HTTP/2; it is sent on from there."""

HINTS = (
    "Sec-CH-UA-Model, Sec-CH-UA-Platform-Version, Sec-CH-UA-Arch, Sec-CH-UA-Bitness, "
    "Sec-CH-UA-Full-Version-List, Sec-CH-UA-Form-Factors, Device-Memory, Sec-CH-Device-Memory, DPR, "
    "Sec-CH-DPR, Viewport-Width, Sec-CH-Viewport-Width, RTT, Downlink, ECT, Sec-CH-Prefers-Color-Scheme"
)
ZONES = tuple(f".{zone}" for zone in (ZONE, ELSEWHERE, DOOR))
HOLD_SECONDS = 20.0
TYPES = {".html": "text/html", ".js": "text/javascript"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


class BenchRouteError(OSError):
    """The bench is nowhere but at its own address: there is no way out of it."""


class Names(Resolver):
    """The bench's names have its address, and no other name exists."""

    async def resolve(self, host: str) -> Resolution:
        """Answer without asking anybody."""
        if host.endswith((*ZONES, ".localhost")):
            return Resolution(host=host, outcome=None, answers=(Answer(address=ADDRESS),))
        return Resolution(host=host, outcome=Outcome.NXDOMAIN, detail="no name of the bench")


class _BenchWorld(World):
    """All of the bench's names are one site with a good certificate."""

    def site(self, host: str) -> Site | None:
        if not host.endswith(ZONES):
            return None
        return Site(host=host, design="bench", answer=_nothing, language="en", scheme="https")


def _nothing(_request: Request) -> Reply:
    return Reply()


class _DoorCertificates(Certificates):
    """Certificates of a server that speaks HTTP/2 alone."""

    def _context(self, host: str, kind: str) -> ssl.SSLContext:
        context = super()._context(host, kind)
        context.set_alpn_protocols(["h2"])
        return context


class Bench:
    """One running bench. Made by `start`; an asynchronous context manager.

    Attributes:
        names: Resolver for a gateway that leads here alone.
        scripts: Scripts by others that the page loads, by name; empty if there are none.
        sweep: Names of the web platform (``names``) and of properties (``css``) to look for; ``None``: none.
    """

    def __init__(self) -> None:
        self.names: Resolver = Names()
        self.scripts: dict[str, bytes] = {}
        self.sweep: dict[str, list[str]] | None = None
        self._sessions: dict[str, Session] = {}
        self._ports: dict[int, int] = {}
        self._inner = self._door = 0
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.1)
        self._entrance = Entrance(self._came, _DoorCertificates(_BenchWorld(1)).listening_context())
        self._front = Front(self._greeted, self._behind)

    @classmethod
    async def start(cls) -> Self:
        """Start a bench in the running event loop.

        Raises:
            OSError: loopback has no free port.
        """
        bench = cls()
        await bench._runner.setup()
        plain, secure = loopback_socket(), loopback_socket()
        await web.SockSite(bench._runner, plain, backlog=256).start()
        context = Certificates(_BenchWorld(1)).listening_context()
        await web.SockSite(bench._runner, secure, ssl_context=context, backlog=256).start()
        bench._inner = secure.getsockname()[1]
        bench._door = await bench._entrance.start()
        bench._ports = {80: plain.getsockname()[1], 443: await bench._front.start()}
        return bench

    async def close(self) -> None:
        """Stop answering."""
        for session in self._sessions.values():
            session.over.set()
        await self._front.close()
        await self._entrance.close()
        await self._runner.cleanup()
        await self.names.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def open(self, *, tap: bool = True) -> Session:
        """Return a new session: hosts that nobody has visited yet."""
        token = f"p{token_hex(5)}"
        session = Session(
            token=token,
            host=f"{token}.{ZONE}",
            elsewhere=f"{token}.{ELSEWHERE}",
            door=f"{token}.{DOOR}",
            tap=tap,
            others=tuple(self.scripts),
        )
        self._sessions[token] = session
        return session

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Return where on loopback the bench is.

        Raises:
            BenchRouteError: for every other address or port.
        """
        if address != ADDRESS or port not in self._ports:
            raise BenchRouteError(f"the bench holds no {address!r} port {port}")
        return "127.0.0.1", self._ports[port]

    def _behind(self, name: str) -> int:
        return self._door if name.endswith(f".{DOOR}") else self._inner

    def _greeted(self, hello: Hello) -> None:
        session = self._sessions.get(hello.name.partition(".")[0])
        if session is not None and hello.name == session.door and not session.tls:
            session.tls = hello.facts()

    def _came(self, headers: list[tuple[str, str]], fingerprint: str) -> str | None:
        known = dict(headers)
        session = self._sessions.get(known.get(":authority", "").partition(".")[0])
        if session is None or known.get(":path") != "/":
            return None
        plain = tuple((name, value) for name, value in headers if not name.startswith(":"))
        session.asked.append(Asked(scheme="https", host=session.door, path="/", headers=plain, version="2"))
        session.h2 = session.h2 or fingerprint
        return f"https://{session.host}/"

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        host = (request.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        session = self._sessions.get(host.partition(".")[0])
        if session is None:
            return web.Response(status=404)
        asked = Asked(
            scheme=request.scheme,
            host=host,
            path=request.raw_path,
            headers=tuple(
                (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.raw_headers
            ),
        )
        session.asked.append(asked)
        path = asked.path.partition("?")[0]
        if path.startswith("/collect/"):
            session.take(path.removeprefix("/collect/"), json.loads(await request.text()))
            return web.Response(status=204)
        if path == "/hold":
            await _until(session.over)
            return web.Response(status=204)
        if path == "/r/socket" and request.headers.get("Upgrade", "").lower() == "websocket":
            return await _socket(request)
        return self._answer(session, path)

    def _answer(self, session: Session, path: str) -> web.Response:
        headers = {"Server": "nginx", "Cache-Control": "no-store", "Accept-CH": HINTS}
        if path == "/settings":
            facts = {"elsewhere": f"https://{session.elsewhere}", "tap": session.tap, "sweep": self.sweep}
            return web.json_response(facts, headers=headers)
        if path == "/r/image.png":
            return web.Response(body=PNG, content_type="image/png", headers=headers)
        if path.startswith("/others/"):
            body = self.scripts.get(path.removeprefix("/others/"))
            return web.Response(body=body, content_type="text/javascript", headers=headers)
        if path.startswith("/r/") and path != "/r/broken.png":
            return web.Response(text="ok", headers=headers)
        name = {
            "/": "start.html",
            "/main": "main.html",
            "/plain": "plain.html",
            "/popup.html": "popup.html",
        }.get(path, path.lstrip("/"))
        body = page(name)
        if body is None:
            return web.Response(status=404, headers={"Server": "nginx"})
        if name == "start.html":
            headers["Set-Cookie"] = "sid=abc; Path=/"
        if name == "main.html":
            tags = "".join(f'<script src="/others/{script}"></script>' for script in session.others)
            body = body.replace(b"<!--others-->", tags.encode())
        kind = TYPES[name[name.rindex(".") :]]
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)


async def _until(event: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(event.wait(), HOLD_SECONDS)
    except TimeoutError:
        return


async def _socket(request: web.BaseRequest) -> web.StreamResponse:
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for _ in socket:
        break
    return socket


@cache
def page(name: str) -> bytes | None:
    """Return a page or script of the bench; ``None`` if it has none of that name."""
    folder = resources.files("mantis_crawler.lab.phones") / "pages"
    known = {entry.name: entry for entry in folder.iterdir()}
    return known[name].read_bytes() if name in known else None
