"""The link that works once: each device of a visit asks for it one time, seen in the lab's own log."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from mantis_crawler import devices
from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Device, Outcome, Visit, country
from mantis_crawler.lab import Lab
from mantis_crawler.store import CaptureStore
from tests.lab.visits import host_of

pytestmark = pytest.mark.browser
NAMES = ("android", "iphone", "desktop")


def test_a_link_that_works_once_is_asked_for_once_by_each_device(tmp_path: Path) -> None:
    shelf = discover(devices, Device)

    async def visits() -> tuple[list[Visit], Counter[str]]:
        async with await Lab.start() as lab, async_playwright() as playwright:
            names = Resolver([lab.dns])
            gateway = Gateway(names, route=lab.route)
            pool = BrowserPool(playwright.chromium, find_browser(None), gateway)
            visitor = Visitor(pool, gateway, CaptureStore(tmp_path), Patience(quiet=0.5))
            url = f"http://{host_of(lab, 'trick-once')}/s/8Kq2vX?t=7f3a"
            orders = [Order(url=url, device=shelf[name], country=country("fr")) for name in NAMES]
            made = [await visitor.visit(order) for order in orders]
            await pool.close()
            await names.close()
            return made, Counter(hit.device for hit in lab.hits if hit.path.startswith("/s/"))

    made, hits = asyncio.run(visits())
    assert len(hits) == len(NAMES)
    assert set(hits.values()) == {1}
    assert [visit.outcome for visit in made[:2]] == [Outcome.LOADED] * 2
