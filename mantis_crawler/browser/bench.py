"""How the bench is visited: by the crawl's own pool and visitor, through a gateway that leads there alone."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Order, Visitor
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Country, Device, Visit
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
    """A bench that runs."""

    names: Resolver
    route: Callable[[str, int], tuple[str, int]]


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
    async with pool.lend(device) as browser:
        pages = [page for context in browser.contexts for page in context.pages]
        for page in pages:
            if session.host in page.url:
                with suppress(PlaywrightError):
                    await _touch(page, device)


async def _touch(page: Page, device: Device) -> None:
    if device.touch_points:
        await page.touchscreen.tap(*TAP_AT)
    else:
        await page.mouse.click(*TAP_AT)
