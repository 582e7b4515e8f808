"""The short self-test of the phones, beside a crawl's first visits and in the very browsers that make them.

A verdict is worth what the phones were worth: the manifest and the report say how they did.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from time import monotonic
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, NotConfigured

from mantis_crawler.browser.bench import visit_bench
from mantis_crawler.browser.handler import ORDER, VisitDownloadHandler
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.items import Country, Device
from mantis_crawler.lab.phones.selftest import self_test

logger = logging.getLogger(__name__)

LIMIT = 30.0
"""Seconds after which a crawl goes on without it; it takes about four on an idle machine."""
GRACE = 5.0
"""Seconds that a crawl which has nothing else to do waits for it."""
STEP = 0.1
STAT = "mantis/self_test"
ELSEWHERE = "it is visited on WebKit, and the bench is Chromium's"

self_tested = object()
"""Signal of the end of the self-test, with its ``results`` by device."""


class SelfTestExtension:
    """Sends each device of the crawl to the bench once; whatever comes of it, the crawl goes on."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.task: asyncio.Task[None] | None = None
        self.devices: tuple[Device, ...] = ()
        self.others: dict[str, dict[str, Any]] = {}
        """Devices that are not tested, and why."""
        self.waiting_since: float | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the first visit, and for the end.

        Raises:
            NotConfigured: the self-test is switched off.
        """
        if not crawler.settings.getbool("MANTIS_SELF_TEST"):
            raise NotConfigured
        extension = cls(crawler)
        crawler.signals.connect(extension.begun, signals.request_reached_downloader)
        crawler.signals.connect(extension.idle, signals.spider_idle)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def begun(self, request: Request, spider: Spider) -> None:
        """Start it with the first visit: what has nothing to visit needs no phones."""
        order = request.meta.get(ORDER)
        if self.task is None and order is not None:
            # the country of the first visit: another one would take browsers of its own
            self.devices = tuple(_devices(spider))
            self.others = {device.name: {"left_out": ELSEWHERE} for device in _others(spider)}
            self.task = asyncio.ensure_future(self._run(order.country))

    def idle(self) -> None:
        """Let a crawl of a few visits wait for it, but not for long."""
        if self.task is None or self.task.done():
            return
        now = monotonic()
        self.waiting_since = self.waiting_since or now
        if now - self.waiting_since < GRACE:
            raise DontCloseSpider
        self._drop()

    async def closed(self) -> None:
        """End it where the crawl is stopped before it is done."""
        if self.task is not None:
            self._drop()
            await asyncio.gather(self.task, return_exceptions=True)

    def _drop(self) -> None:
        if self.task is not None and self.task.cancel():
            self._tell(self._failed("the crawl was over before it"))

    async def _run(self, country: Country) -> None:
        try:
            async with asyncio.timeout(LIMIT):
                results = await self_test(partial(visit_bench, await self._pool()), self.devices, country)
        except TimeoutError:
            results = self._failed(f"it was not done within {LIMIT:g} seconds")
        except Exception as error:  # a crawl never ends for its self-test
            logger.exception("The self-test failed")
            results = self._failed(repr(error)[:200])
        self._tell(results)

    def _tell(self, results: dict[str, Any]) -> None:
        results = results | self.others
        self.crawler.stats.set_value(STAT, results)
        self.crawler.signals.send_catch_log(self_tested, results=results)
        logger.info("Self-test: %s", summary(results))

    def _failed(self, why: str) -> dict[str, Any]:
        return {device.name: {"error": why} for device in self.devices}

    async def _pool(self) -> BrowserPool:
        handler = VisitDownloadHandler.from_crawler(self.crawler)
        while handler.visitor is None:  # noqa: ASYNC110 - opened by the visit that we are beside of
            await asyncio.sleep(STEP)
        return handler.visitor.pool


def summary(results: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the self-test's results in a line for a person; empty if there are none."""
    counted = {name: told for name, told in results.items() if "of" in told}
    parts = []
    if counted:
        passed, of = (sum(told[name] for told in counted.values()) for name in ("passed", "of"))
        parts.append(f"The devices passed {passed} of {of} checks of their self-test")
    parts += [
        f"{name} failed {', '.join(told['failing'].values())}"
        for name, told in counted.items()
        if told["failing"]
    ]
    parts += [
        f"{name} was not tested: {told[why]}"
        for name, told in results.items()
        for why in ("error", "left_out")
        if why in told
    ]
    return f"{'; '.join(parts)}." if parts else ""


def _devices(spider: Spider) -> Iterator[Device]:
    """Yield the crawl's devices that Chromium wears: the bench's way is its own."""
    others = {device.name for device in _others(spider)}
    yield from (device for device in spider.plan.devices if device.name not in others)  # type: ignore[attr-defined]


def _others(spider: Spider) -> list[Device]:
    """Return the crawl's devices that are visited on their own engine."""
    webkit = getattr(spider, "webkit", None)
    devices: Iterable[Device] = spider.plan.devices  # type: ignore[attr-defined]
    return [device for device in devices if webkit is not None and device.engine == webkit.engine]
