"""Saved pages, served from memory on loopback under their own names; nothing else answers.

A saved page is the whole site. Its other requests find nothing, and a navigation away from it is
answered with *204 No Content*, which leaves the page where it is: a copy whose script leads to where
it was saved from can still be looked at.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import web

from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Answer, Outcome, Resolution, host_of
from mantis_crawler.lab.certificates import Certificates
from mantis_crawler.lab.server import loopback_socket
from mantis_crawler.lab.site import Reply, Request, Site
from mantis_crawler.lab.world import World

ADDRESS = "11.42.250.30"
"""Public-looking; nothing is ever sent there: the route leads to loopback."""


class NoWayError(OSError):
    """A saved page is nowhere but at its own address."""


class _Names(Resolver):
    """One name, of the page; no other exists."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self._host = host

    async def resolve(self, host: str) -> Resolution:
        """Answer without asking anybody."""
        if host == self._host:
            return Resolution(host=host, outcome=None, answers=(Answer(address=ADDRESS),))
        return Resolution(host=host, outcome=Outcome.NXDOMAIN, detail="no name of the saved page")


class _AnyName(World):
    """Every name has a good certificate: which names there are, the resolver decides."""

    def site(self, host: str) -> Site | None:
        return Site(host=host, design="saved", answer=_nothing, language="en", scheme="https")


def _nothing(_request: Request) -> Reply:
    return Reply()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one saved page is served."""

    names: Resolver
    ports: dict[int, int]

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Return the way to the page.

        Raises:
            NoWayError: there is no way to anywhere else.
        """
        if address != ADDRESS or port not in self.ports:
            raise NoWayError(f"no saved page at {address}:{port}")
        return "127.0.0.1", self.ports[port]


@dataclass(slots=True)
class _Open:
    """A page that is being served."""

    content: bytes
    target: str = ""
    """Path and query that it is served at: those of the first navigation."""


class SavedPages:
    """A server of saved pages, any number at once. Made by `start`; an asynchronous context manager."""

    def __init__(self) -> None:
        self._pages: dict[int, _Open] = {}
        self._runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=0.1)
        self._tls = Certificates(_AnyName(1)).listening_context()

    @classmethod
    async def start(cls) -> Self:
        """Start in the running event loop."""
        pages = cls()
        await pages._runner.setup()
        return pages

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @asynccontextmanager
    async def serve(self, url: str, content: bytes) -> AsyncIterator[Place]:
        """Serve a page at its URL, over http and https, as long as the context lasts."""
        page = _Open(content)
        sites, ports = [], {}
        for port, tls in {_port_of(url, 80): None, _port_of(url, 443): self._tls}.items():
            held = loopback_socket()
            ports[port] = held.getsockname()[1]
            self._pages[ports[port]] = page
            sites.append(web.SockSite(self._runner, held, ssl_context=tls, backlog=64))
        try:
            await asyncio.gather(*(site.start() for site in sites))
            yield Place(names=_Names(host_of(url)), ports=ports)
        finally:
            for site in sites:
                await site.stop()
            for inner in ports.values():
                self._pages.pop(inner, None)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        name = request.transport.get_extra_info("sockname") if request.transport else None
        page = self._pages.get(name[1]) if name else None
        if page is None or not request.headers.get("Accept", "").startswith("text/html"):
            return web.Response(status=404)
        page.target = page.target or request.path_qs
        if request.method != "GET" or request.path_qs != page.target:
            return web.Response(status=204)
        return web.Response(body=page.content, headers={"Content-Type": content_type(page.content)})


def content_type(content: bytes) -> str:
    """Return the header that a page is served with: it names an encoding only where that is certain."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "text/html"
    return "text/html; charset=utf-8"


def _port_of(url: str, usual: int) -> int:
    """Return the port that a scheme of this usual port is served at: the URL's own where it names one."""
    parts = urlsplit(url)
    scheme = {80: "http", 443: "https"}[usual]
    return parts.port if parts.scheme == scheme and parts.port else usual
