"""Where a Scrapy request becomes a visit: the capture happens inside the download handler.

So ``CONCURRENT_REQUESTS`` bounds the browsers, and callbacks stay pure.
"""

import asyncio
import logging
from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from playwright.async_api import BrowserType
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from mantis_crawler.browser.deep import DeepPool
from mantis_crawler.browser.evidence import Wishes
from mantis_crawler.browser.find import Browser
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import BrowserGoneError, DiskFullError, Visitor
from mantis_crawler.browser.webkit import DRIVERS, WebkitHandler
from mantis_crawler.items import Visit
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

ORDER = "mantis_order"
GONE = "No browser starts any more ({}): the run is closed, resume it later"


class VisitResponse(Response):
    """A response that carries a visit instead of a body."""

    def __init__(self, url: str, visit: Visit) -> None:
        super().__init__(url, status=200)
        self.visit = visit


class VisitDownloadHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """One for http and https alike: two would be two drivers and twice the browsers."""

    lazy = True
    _shared: ClassVar[WeakKeyDictionary[Crawler, "VisitDownloadHandler"]] = WeakKeyDictionary()

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.visitor: Visitor | None = None
        self.webkit: WebkitHandler | None = None
        self._closed = False
        self._drivers = 0
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "VisitDownloadHandler":
        """Return the crawler's one handler."""
        if crawler not in cls._shared:
            cls._shared[crawler] = cls(crawler)
        return cls._shared[crawler]

    async def download_request(self, request: Request) -> Response:
        """Make the visit that the request's meta orders; other requests go Scrapy's way."""
        order = request.meta.get(ORDER)
        if order is None:
            return cast("Response", await super().download_request(request))
        try:
            visit = await self._visit(cast("Order", order))
        except DiskFullError as error:
            self._give_up("disk_full", f"The disk takes no more evidence ({error}): make room, then resume")
            raise
        return VisitResponse(request.url, visit)

    async def close(self) -> None:
        """End the browsers, once."""
        if self._closed:
            return
        self._closed = True
        if self.webkit is not None:
            await self.webkit.close()
        if self.visitor is not None:
            await self.visitor.close()
        await super().close()

    async def _visit(self, order: Order) -> Visit:
        webkit: Browser | None = getattr(self.crawler.spider, "webkit", None)
        if webkit is not None and order.device.engine == webkit.engine:
            return await self._on_webkit(order, webkit)
        visitor = await self._ready()
        try:
            return await visitor.visit(order)
        except BrowserGoneError as error:
            again = await self._again(visitor, error)
            return await again.visit(order)

    async def _on_webkit(self, order: Order, found: Browser) -> Visit:
        if self.webkit is None:
            # without DevTools nothing is tapped, and no WARC written; a time stamp can be had
            stamped = Wishes(authority=self._wishes().authority)
            self.webkit = WebkitHandler(found, *self._room(), wishes=stamped)
        try:
            return await self.webkit.visit(order)
        except BrowserGoneError as error:
            self._give_up("browser_gone", GONE.format(error))
            raise

    async def _again(self, dead: Visitor, error: BrowserGoneError) -> Visitor:
        """Return a visitor with a new driver, where the old one is dead; give up after a few.

        Raises:
            BrowserGoneError: it was tried often enough: the run is closed, its units stay open.
        """
        async with self.browser_launch_lock:
            if self.visitor is not dead and self.visitor is not None:
                return self.visitor
            if self._drivers >= DRIVERS:
                self._give_up("browser_gone", GONE.format(error))
                raise error
            logger.warning("The browser's driver is gone (%s): starting another", error)
            await dead.close()
            self.browser_provider = self.browser_provider_cls(self.config)
            await self.browser_provider.start()
            self.visitor = await self._open()
            return self.visitor

    def _give_up(self, reason: str, message: str) -> None:
        """Close the run, once; its open units stay open."""
        if self._closing is not None:
            return
        logger.error("%s", message)
        assert self.crawler.engine is not None
        # not awaited: the closing waits for the very request that we are in
        self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    async def _ready(self) -> Visitor:
        async with self.browser_launch_lock:
            if self.visitor is None:
                self.visitor = await self._open()
            return self.visitor

    async def _open(self) -> Visitor:
        self._drivers += 1
        if not hasattr(self, "browser_provider"):
            await self._launch()
        spider = self.crawler.spider
        assert spider is not None
        gateway, store, patience, retire_after = self._room()
        kind = cast("BrowserType", self.browser_provider.browser_type)
        found: Browser = spider.browser  # type: ignore[attr-defined]
        pool = BrowserPool(kind, found, gateway, retire_after=retire_after)
        full: Browser | None = getattr(spider, "deep_browser", None)
        wishes = self._wishes()
        deep = Visitor(DeepPool(kind, full, gateway), gateway, store, patience, wishes) if full else None
        return Visitor(pool, gateway, store, patience, wishes, deep=deep)

    def _room(self) -> tuple[Gateway, CaptureStore, Patience, int]:
        """Return what visits are made with, whatever the engine."""
        spider = self.crawler.spider
        assert spider is not None
        settings = self.crawler.settings
        patience = Patience(
            bides=True,
            quiet=settings.getfloat("MANTIS_QUIET_SECONDS"),
            cap=settings.getfloat("MANTIS_SETTLE_SECONDS"),
            deadline=settings.getfloat("MANTIS_VISIT_SECONDS"),
        )
        return (
            cast("Gateway", spider.gateway),  # type: ignore[attr-defined]
            CaptureStore(spider.run_folder),  # type: ignore[attr-defined]
            patience,
            settings.getint("MANTIS_VISITS_PER_BROWSER"),
        )

    def _wishes(self) -> Wishes:
        settings = self.crawler.settings
        return Wishes(
            tap=settings.getbool("MANTIS_TAP"),
            warc=settings.getbool("MANTIS_WARC"),
            authority=settings.get("MANTIS_TIMESTAMP_URL", ""),
        )


def visit_request(order: Order, **options: object) -> Request:
    """Return the request that makes a visit; the options are Scrapy's.

    The URL of the request only names the download slot: what is opened is the order's, untouched.
    """
    return Request(order.url, meta={ORDER: order}, dont_filter=True, **options)  # type: ignore[arg-type]
