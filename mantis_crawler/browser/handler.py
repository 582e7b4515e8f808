"""Where a Scrapy request becomes a visit: the capture happens inside the download handler.

So ``CONCURRENT_REQUESTS`` bounds the browsers, and callbacks stay pure.
"""

from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from playwright.async_api import BrowserType
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Order, Visitor
from mantis_crawler.items import Visit
from mantis_crawler.store import CaptureStore

ORDER = "mantis_order"


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
        self._closed = False

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
        visitor = await self._ready()
        return VisitResponse(request.url, await visitor.visit(cast("Order", order)))

    async def close(self) -> None:
        """End the browsers, once."""
        if self._closed:
            return
        self._closed = True
        if self.visitor is not None:
            await self.visitor.pool.close()
        await super().close()

    async def _ready(self) -> Visitor:
        async with self.browser_launch_lock:
            if self.visitor is None:
                self.visitor = await self._open()
            return self.visitor

    async def _open(self) -> Visitor:
        if not hasattr(self, "browser_provider"):
            await self._launch()
        spider = self.crawler.spider
        assert spider is not None
        gateway = cast("Gateway", spider.gateway)  # type: ignore[attr-defined]
        settings = self.crawler.settings
        pool = BrowserPool(
            cast("BrowserType", self.browser_provider.browser_type),
            spider.browser,  # type: ignore[attr-defined]
            gateway,
            retire_after=settings.getint("MANTIS_VISITS_PER_BROWSER"),
        )
        patience = Patience(
            quiet=settings.getfloat("MANTIS_QUIET_SECONDS"),
            cap=settings.getfloat("MANTIS_SETTLE_SECONDS"),
            deadline=settings.getfloat("MANTIS_VISIT_SECONDS"),
        )
        store = CaptureStore(spider.run_folder)  # type: ignore[attr-defined]
        return Visitor(pool, gateway, store, patience)


def visit_request(order: Order, **options: object) -> Request:
    """Return the request that makes a visit; the options are Scrapy's.

    The URL of the request only names the download slot: what is opened is the order's, untouched.
    """
    return Request(order.url, meta={ORDER: order}, dont_filter=True, **options)  # type: ignore[arg-type]
