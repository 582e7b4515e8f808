"""The web server of the embedded internet: one for all names, by the Host header."""

import asyncio
import socket
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace

from aiohttp import web

from mantis_crawler.lab.certificates import Certificates
from mantis_crawler.lab.providers import services
from mantis_crawler.lab.site import Reply, Request
from mantis_crawler.lab.stock import missing
from mantis_crawler.lab.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request that reached the lab."""

    scheme: str
    host: str
    path: str
    device: str
    language: str
    count: int
    """How often this path of this host was asked for on this kind of phone, this time included."""


class WebServer:
    """Answers for every site of a world over http and https, on two ports of loopback."""

    def __init__(self, world: World, certificates: Certificates) -> None:
        self.hits: list[Hit] = []
        self._world = world
        self._certificates = certificates
        self._counts: Counter[tuple[str, str, str]] = Counter()
        # its log of accesses would hold the keys that stand in queries
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1)
        self._endings: set[asyncio.Event] = set()
        self._services = services(world)

    async def start(self) -> tuple[int, int]:
        """Listen on two free ports, and return that of http and that of https."""
        await self._runner.setup()
        plain, secure = loopback_socket(), loopback_socket()
        await web.SockSite(self._runner, plain, backlog=256).start()
        context = self._certificates.listening_context()
        await web.SockSite(self._runner, secure, ssl_context=context, backlog=256).start()
        return plain.getsockname()[1], secure.getsockname()[1]

    async def close(self) -> None:
        """Stop answering, also those answers that never end."""
        for ending in self._endings:
            ending.set()
        await self._runner.cleanup()

    async def _handle(self, asked: web.BaseRequest) -> web.StreamResponse:
        host = (asked.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        request = self._request(asked, host)
        service = self._services.get(host)
        if service:
            reply = service(replace(request, body=await asked.text()))
        else:
            site = self._world.site(host)
            reply = site.answer(request) if site else missing()
        await self._wait(reply.delay)
        headers = {"Server": "nginx", "Content-Type": reply.type, **reply.headers}
        if not reply.endless:
            return web.Response(body=reply.body, status=reply.status, headers=headers)
        return await self._endless(asked, reply, headers)

    def _request(self, asked: web.BaseRequest, host: str) -> Request:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        raw_path, _, query = asked.raw_path.partition("?")
        if "://" in raw_path:
            raw_path = "/" + raw_path.split("://", 1)[1].partition("/")[2]
        made = Request(
            method=asked.method,
            scheme=asked.scheme,
            host=host,
            path=raw_path,
            query=query,
            headers=headers,
            count=1,
        )
        self._counts[host, raw_path, made.device] += 1
        made = replace(made, count=self._counts[host, raw_path, made.device])
        self.hits.append(_hit(made))
        return made

    async def _endless(
        self, asked: web.BaseRequest, reply: Reply, headers: dict[str, str]
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=reply.status, headers=headers)
        await response.prepare(asked)
        await response.write(reply.body)
        with suppress(ConnectionResetError):  # a visitor who has seen enough
            while not await self._wait(1):
                await response.write(b" ")
        return response

    async def _wait(self, seconds: float) -> bool:
        """Wait so long, or until the lab closes; return whether it closes."""
        if not seconds:
            return False
        ending = asyncio.Event()
        self._endings.add(ending)
        try:
            await asyncio.wait_for(ending.wait(), seconds)
        except TimeoutError:
            return False
        finally:
            self._endings.discard(ending)
        return True


def loopback_socket() -> socket.socket:
    """Return a TCP socket that is bound to a free port of loopback, and does not listen yet."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.bind(("127.0.0.1", 0))
    bound.settimeout(0)
    return bound


def _hit(request: Request) -> Hit:
    return Hit(
        scheme=request.scheme,
        host=request.host,
        path=request.path,
        device=request.device,
        language=request.language,
        count=request.count,
    )
