"""How the bench is visited: by the crawl's own pool and visitor, through a gateway that leads there alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from playwright.async_api import Page
from scrapy.settings import BaseSettings

from mantis_crawler.browser import find
from mantis_crawler.browser.deep import DeepPool
from mantis_crawler.browser.driver import DRIVER_ERRORS, started
from mantis_crawler.browser.gateway import Gateway, Route
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Country, Depth, Device, Visit
from mantis_crawler.store import CaptureStore

PATIENCE = Patience(quiet=0.5, stalled=8.0, cap=20.0, deadline=30.0)
TAP_AT = (120, 200)


class Session(Protocol):
    """One visit's place at the bench."""

    host: str
    tap: bool
    ready: asyncio.Event

    @property
    def url(self) -> str:
        """Where the visit begins."""


class Place(Protocol):
    """Something on loopback that browsers are sent to: a bench that runs, or a saved page."""

    @property
    def names(self) -> Resolver:
        """Which names there are."""

    @property
    def route(self) -> Route:
        """The way there, and no other."""


@asynccontextmanager
async def open_pool(
    settings: BaseSettings, found: find.Browser, bench: Place, depth: Depth = Depth.DEFAULT
) -> AsyncIterator[BrowserPool]:
    """Open a pool outside of a crawl, with the driver that a crawl would use."""
    async with started(settings) as kind:
        gateway = Gateway(bench.names, route=bench.route)
        deep = depth is Depth.DEEP
        pool = DeepPool(kind, find.fuller(found), gateway) if deep else BrowserPool(kind, found, gateway)
        try:
            yield pool
        finally:
            await pool.close()


async def visit_bench(
    pool: BrowserPool, bench: Place, session: Session, device: Device, country: Country
) -> Visit:
    """Visit the bench as a crawl visits an artifact; where the session wants it, somebody taps the page."""
    with TemporaryDirectory() as folder:
        gateway = Gateway(bench.names, route=bench.route)
        visitor = Visitor(pool, gateway, CaptureStore(Path(folder)), PATIENCE)
        tapping = asyncio.create_task(_tap(pool, session, device)) if session.tap else None
        try:
            return await visitor.visit(Order(url=session.url, device=device, country=country))
        finally:
            if tapping is not None:
                tapping.cancel()
                await asyncio.gather(tapping, return_exceptions=True)


async def _tap(pool: BrowserPool, session: Session, device: Device) -> None:
    await session.ready.wait()
    for page in pool.pages():
        if session.host in page.url:
            with suppress(*DRIVER_ERRORS):
                await _touch(page, device)


async def _touch(page: Page, device: Device) -> None:
    if device.touch_points:
        session = await page.context.new_cdp_session(page)
        point = {"x": TAP_AT[0], "y": TAP_AT[1]}
        await session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        await page.mouse.click(*TAP_AT)
