"""A stage for visits: made pages on loopback behind public-looking names, and the real browser."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web
from scrapy.settings import Settings

from mantis_crawler import devices, settings
from mantis_crawler.browser.driver import started
from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.addresses import is_public, parse
from mantis_crawler.items import Answer, Device, Outcome, Resolution, Visit, country
from mantis_crawler.store import CaptureStore

DEVICES = discover(devices, Device)
Handler = Callable[[web.Request], "web.StreamResponse | web.Response"]


class Names:
    """Every name leads to one public-looking address, but for those that say where they lead."""

    async def resolve(self, host: str) -> Resolution:
        literal = parse(host)
        if host == "inside.stage-site.com" or (literal is not None and not is_public(host)):
            return Resolution(host=host, outcome=Outcome.NOT_PUBLIC)
        if not host.endswith("stage-site.com"):
            return Resolution(host=host, outcome=Outcome.NXDOMAIN)
        return Resolution(host=host, outcome=None, answers=(Answer(address="11.1.1.1"),))


STOCK = "scrapy_playwright.provider.PlaywrightBrowserProvider"


def configured(provider: str = "") -> Settings:
    """Return the crawler's settings; with another driver if one is named."""
    config = Settings()
    config.setmodule(settings)
    if provider:
        config.set("PLAYWRIGHT_BROWSER_PROVIDER", provider)
    return config


class Stage:
    """Pages by path; visits to them; the log of what was asked for. Lives in a loop of its own."""

    def __init__(self, folder: Path, patience: Patience | None = None, provider: str = "") -> None:
        self.provider = provider
        self.pages: dict[str, str | bytes | web.Response | Callable[[web.Request], object]] = {}
        self.hits: list[str] = []
        self.inside: list[str] = []
        self.store = CaptureStore(folder)
        self.patience = patience or Patience(quiet=0.8, stalled=2, cap=6, navigation=6, deadline=20)
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()
        self.visitor: Visitor
        self.inside_port = 0

    def __enter__(self) -> Self:
        self._runner.run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._stack.aclose())
        self._runner.close()

    def visit(self, path: str = "/", device: str = "android", code: str = "us") -> Visit:
        """Visit a page as a device."""
        order = Order(url=f"http://www.stage-site.com{path}", device=DEVICES[device], country=country(code))
        return self._runner.run(self.visitor.visit(order))

    def visits(self, *paths: str) -> list[Visit]:
        """Visit several pages at the same time."""

        async def together() -> list[Visit]:
            orders = [
                Order(
                    url=f"http://www.stage-site.com{path}", device=DEVICES["android"], country=country("us")
                )
                for path in paths
            ]
            return list(await asyncio.gather(*(self.visitor.visit(order) for order in orders)))

        return self._runner.run(together())

    def text(self, visit: Visit, kind: object) -> str:
        """Return a capture of a visit as text."""
        capture = next(item for item in visit.captures if item.kind is kind)
        return self.store.get(capture).decode()

    async def _open(self) -> None:
        gateway = await self._gateway()
        kind = await self._stack.enter_async_context(started(configured(self.provider)))
        pool = BrowserPool(kind, find_browser(None), gateway)
        self._stack.push_async_callback(pool.close)
        self.visitor = Visitor(pool, gateway, self.store, self.patience)

    async def _gateway(self) -> Gateway:
        port = await self._serve(self._answer)
        self.inside_port = await self._serve(self._trespass)
        return Gateway(Names(), route=lambda _address, _port: ("127.0.0.1", port))  # type: ignore[arg-type]

    async def _serve(self, answer: Callable[[web.Request], object]) -> int:
        server = web.ServerRunner(web.Server(answer))  # type: ignore[arg-type]
        await server.setup()
        self._stack.push_async_callback(server.cleanup)
        site = web.TCPSite(server, "127.0.0.1", 0)
        await site.start()
        return int(server.addresses[0][1])

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.hits.append(request.path_qs)
        page = self.pages.get(request.path)
        if callable(page):
            answer = page(request)
            return await answer if asyncio.iscoroutine(answer) else answer  # type: ignore[return-value]
        if page is None:
            return web.Response(status=404, text="nothing here")
        if isinstance(page, web.Response):
            return page
        return web.Response(body=page if isinstance(page, bytes) else page.encode(), content_type="text/html")

    async def _trespass(self, request: web.Request) -> web.StreamResponse:
        self.inside.append(request.path_qs)
        return web.Response(text="the inside")


def headers_of(seen: list[Mapping[str, str]]) -> Callable[[web.Request], web.Response]:
    """Return a page that notes the headers it is asked with."""

    def answer(request: web.Request) -> web.Response:
        seen.append({name.lower(): value for name, value in request.headers.items()})
        return web.Response(text="<p>hello", content_type="text/html")

    return answer
