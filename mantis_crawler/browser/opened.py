"""The page of a visit: in a fresh context, dressed as the device, with everything listening."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import BrowserContext, Page

from mantis_crawler.browser.bounds import Bounds
from mantis_crawler.browser.load import Load
from mantis_crawler.browser.pictures import Eyes, SessionEyes
from mantis_crawler.browser.pool import BrowserPool, Lent

SETUP_SECONDS = 8.0
"""A browser that gives no page for so long is too busy with another: nothing was asked for yet."""

_CLOSING: set[asyncio.Future[None]] = set()
"""Contexts whose end nobody waits for."""


class NoPageError(Exception):
    """A browser that lives did not open a page in time."""


@asynccontextmanager
async def opened(load: Load, browser: Lent, pool: BrowserPool) -> AsyncIterator[tuple[Page, Eyes]]:
    """A page in a fresh context, dressed as the device, with the recorder listening."""
    targets = pool.targets(browser)
    worn = targets.dress_in(load.order.country)
    context: BrowserContext | None = None
    known = ""
    try:
        try:
            async with asyncio.timeout(SETUP_SECONDS):
                context = await browser.new_context(**load.options)
                page = await context.new_page()
                session = await context.new_cdp_session(page)
                info = (await session.send("Target.getTargetInfo"))["targetInfo"]
                known = info["browserContextId"]
                await targets.wear(known, worn)
                targets.watch(known, load.evidence.joined, load.evidence.passed.passed)
                load.evidence.ours = (worn.page_script(), worn.worker_script())
                await load.evidence.attach(session, info["targetId"])
                await load.recorder.attach(page, session)
        except TimeoutError:
            raise NoPageError from None
        load.bounds = Bounds(load.recorder.chain.frame, session, load.recorder.keeper.note)
        load.bounds.attach()
        yield page, SessionEyes(session, load.recorder.chain.frame, load.order.device)
    finally:
        targets.forget(known)
        if not targets.alive:
            load.recorder.notes.append("new frames and workers were not dressed: the line to them was lost")
        if context is not None:
            await _closed(load, asyncio.ensure_future(pool.dispose(browser, context)))


async def _closed(load: Load, closing: asyncio.Future[None]) -> None:
    """Wait for the end of a context, as long as the visit has time: one that was cut has none."""
    _CLOSING.add(closing)
    closing.add_done_callback(_CLOSING.discard)
    if load.recorder.keeper.now < load.patience.deadline:
        await asyncio.wait({closing})
