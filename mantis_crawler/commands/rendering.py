"""Labelled pages as a crawl would see them: each one visit by the real browser, of the page alone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.settings import BaseSettings

from mantis_crawler.browser.bench import open_pool
from mantis_crawler.browser.find import Browser
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.commands.samples import NO_URL, Sample
from mantis_crawler.items import Device, Outcome, Page, country
from mantis_crawler.lab.saved import SavedPages
from mantis_crawler.pipelines.classify import SHOWN, page_of
from mantis_crawler.store import CaptureStore

PATIENCE = Patience(quiet=0.5, stalled=1.0, cap=4.0, navigation=8.0, deadline=20.0)
"""A saved page comes from memory and finds nothing else: it is done soon, or never."""
COUNTRY = "us"
JOBS = 6


class NotShownError(Exception):
    """The visit showed nothing that could be judged."""


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What one page's visit showed."""

    sample: Sample
    page: Page | None = None
    fault: str = ""
    """Why there is no page; empty if there is one."""


@dataclass(frozen=True, kw_only=True)
class _Studio:
    """What all visits share."""

    pool: BrowserPool
    pages: SavedPages
    device: Device
    turns: asyncio.Semaphore


async def render(
    settings: BaseSettings, found: Browser, device: Device, samples: Sequence[Sample], jobs: int = JOBS
) -> AsyncIterator[Rendered]:
    """Yield each page as its visit ends: one for each sample, whatever happens.

    Args:
        settings: of the project; the browser's driver comes from there.
        found: the browser.
        device: who visits.
        samples: the pages.
        jobs: visits at the same time.
    """
    async with (
        await SavedPages.start() as pages,
        pages.serve(NO_URL, b"") as nowhere,
        open_pool(settings, found, nowhere) as pool,
    ):
        studio = _Studio(pool=pool, pages=pages, device=device, turns=asyncio.Semaphore(jobs))
        tasks = [asyncio.create_task(_one(studio, sample)) for sample in samples]
        try:
            for task in asyncio.as_completed(tasks):
                yield await task
        finally:
            for running in tasks:
                running.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _one(studio: _Studio, sample: Sample) -> Rendered:
    async with studio.turns:
        try:
            return Rendered(sample=sample, page=await _page(studio, sample))
        except Exception as error:  # noqa: BLE001 - a page that fails is a line in the result
            return Rendered(sample=sample, fault=repr(error)[:300])


async def _page(studio: _Studio, sample: Sample) -> Page:
    """Return what is seen of a page; without its scripts, where they led away before anything was shown."""
    content = await asyncio.to_thread(sample.path.read_bytes)
    page, left = await _look(studio, sample.url, content)
    if page.outcome is Outcome.BLANK and left:
        page, _ = await _look(studio, sample.url, content, scripts=False)
    if page.outcome not in SHOWN:
        raise NotShownError(f"the visit ended as {page.outcome}: {page.visit.error}")
    return page


async def _look(studio: _Studio, url: str, content: bytes, *, scripts: bool = True) -> tuple[Page, bool]:
    with TemporaryDirectory(prefix="mantis-page-") as folder:
        store = CaptureStore(Path(folder))
        async with studio.pages.serve(url, content, scripts=scripts) as place:
            visitor = Visitor(studio.pool, Gateway(place.names, route=place.route), store, PATIENCE)
            order = Order(url=place.url, device=studio.device, country=country(COUNTRY))
            return page_of(await visitor.visit(order), store), place.left
