"""Saved pages, served from memory on loopback under their own names; nothing else answers.

A saved page is the whole web. What else is asked for is not found, and a navigation away from it, to
whatever host, is answered with *204 No Content*, which leaves the page where it is: a copy whose script
leads to where it was saved from can still be looked at, and so can one that loads itself over and over.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from aiohttp import web

from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Answer, Resolution
from mantis_crawler.lab.certificates import Certificates
from mantis_crawler.lab.server import loopback_socket
from mantis_crawler.lab.site import Reply, Request, Site
from mantis_crawler.lab.world import World

ADDRESS = "11.42.250.30"
"""Public-looking; nothing is ever sent there: the route leads to loopback."""
LOADS = 3
"""How often a page is given to a browser: one that loads itself again stays what it was at last."""


class NoWayError(OSError):
    """A saved page is nowhere but at its own address."""


class _EveryName(Resolver):
    """Whatever is asked for is at the one address: a page that leads away gets an answer that keeps it."""

    async def resolve(self, host: str) -> Resolution:
        """Answer without asking anybody."""
        return Resolution(host=host, outcome=None, answers=(Answer(address=ADDRESS),))


class _AnyName(World):
    """Every name has a good certificate."""

    def site(self, host: str) -> Site | None:
        return Site(host=host, design="saved", answer=_nothing, language="en", scheme="https")


def _nothing(_request: Request) -> Reply:
    return Reply()


@dataclass(slots=True)
class _Open:
    """A page that is being served."""

    content: bytes
    target: str = ""
    """Host, path and query that it is served at: those of the first navigation."""
    scripts: bool = True
    navigations: int = 0
    loads: int = 0

    def loaded_by(self, target: str) -> bool:
        """Whether a navigation gets the page."""
        self.navigations += 1
        self.target = self.target or target
        self.loads += target == self.target
        return target == self.target and self.loads <= LOADS


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where one saved page is served."""

    url: str
    """Where it is: its own URL without the port, as browsers refuse to go to some."""
    names: Resolver
    ports: dict[int, int]
    page: _Open

    @property
    def left(self) -> bool:
        """Whether the page tried to lead elsewhere, or to itself: its parser ends there, if it still ran."""
        return self.page.navigations > 1

    def route(self, address: str, port: int) -> tuple[str, int]:
        """Return the way to the page.

        Raises:
            NoWayError: there is no way to anywhere else.
        """
        if address != ADDRESS:
            raise NoWayError(f"no saved page at {address}:{port}")
        usual = 443 if str(port).endswith("443") else 80
        return "127.0.0.1", self.ports[usual]


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
    async def serve(self, url: str, content: bytes, *, scripts: bool = True) -> AsyncIterator[Place]:
        """Serve a page at its URL, over http and https, as long as the context lasts.

        Args:
            url: where it was found.
            content: the page.
            scripts: whether a browser may run what is in it.
        """
        page = _Open(content, scripts=scripts)
        sites, ports = [], {}
        for port, tls in {80: None, 443: self._tls}.items():
            held = loopback_socket()
            ports[port] = held.getsockname()[1]
            self._pages[ports[port]] = page
            sites.append(web.SockSite(self._runner, held, ssl_context=tls, backlog=64))
        try:
            await asyncio.gather(*(site.start() for site in sites))
            yield Place(url=_usual_port(url), names=_EveryName(), ports=ports, page=page)
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
        if request.method != "GET" or not page.loaded_by(f"{request.host}{request.path_qs}"):
            return web.Response(status=204)
        headers = {"Content-Type": content_type(page.content)}
        if not page.scripts:
            headers["Content-Security-Policy"] = "script-src 'none'"
        return web.Response(body=page.content, headers=headers)


def content_type(content: bytes) -> str:
    """Return the header that a page is served with: it names an encoding only where that is certain."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "text/html"
    return "text/html; charset=utf-8"


def _usual_port(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return urlunsplit(parts._replace(netloc=f"[{host}]" if ":" in host else host))
