"""Every cloak shows both phones its lure, and the desktop its decoy: real visits, as a crawl makes them."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from mantis_crawler import detectors, devices
from mantis_crawler.browser.driver import PATCHED, installed, started
from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.fonts import lacking
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.catalog import discover
from mantis_crawler.detectors.base import Detector
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Device, Visit, country
from mantis_crawler.lab import Lab
from mantis_crawler.lab.feed import feed, url_of
from mantis_crawler.lab.site import Site
from mantis_crawler.lab.sites.cloaks import LURE
from mantis_crawler.lab.world import World
from mantis_crawler.pipelines.classify import ClassifyPipeline
from mantis_crawler.store import CaptureStore
from tests.browser.stage import configured
from tests.builders import a_record

SHELF = discover(devices, Device)
SITES = World(1).families["cloaks"]
WATCHERS = ("android", "iphone", "desktop")
AT_ONCE = 6
PATIENCE = Patience(quiet=0.8)
"""The crawl's own, but for the pages' end: none of these goes on after a silence."""


async def _visits(folder: Path) -> dict[tuple[str, str], Visit]:
    async with AsyncExitStack() as stack:
        lab = await stack.enter_async_context(await Lab.start(1))
        names = Resolver([lab.dns])
        stack.push_async_callback(names.close)
        gateway = Gateway(names, route=lab.route)
        kind = await stack.enter_async_context(started(configured()))
        pool = BrowserPool(kind, find_browser(None), gateway)
        stack.push_async_callback(pool.close)
        visitor = Visitor(pool, gateway, CaptureStore(folder), PATIENCE)
        turn = asyncio.Semaphore(AT_ONCE)

        async def visit(site: Site, device: str) -> tuple[tuple[str, str], Visit]:
            order = Order(url=url_of(site), device=SHELF[device], country=country("fr"))
            async with turn:
                return (site.design, device), await visitor.visit(order)

        return dict(await asyncio.gather(*(visit(site, device) for device in WATCHERS for site in SITES)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cloaks")


@pytest.fixture(scope="module")
def visits(folder: Path) -> dict[tuple[str, str], Visit]:
    return asyncio.run(_visits(folder))


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.design)
def test_a_cloak_shows_phones_its_lure_and_the_desktop_its_decoy(
    site: Site, visits: dict[tuple[str, str], Visit]
) -> None:
    if site.design == "cloak-console" and installed()[0] != PATCHED:
        pytest.skip("without patchright a page can tell that its console is read")
    if site.design in {"cloak-fonts", "cloak-emoji"} and (lacks := lacking(SHELF["android"])):
        pytest.skip(f"the machine has no {', '.join(lacks)}")
    seen = {device: visits[site.design, device].final_url.endswith(LURE) for device in WATCHERS}
    assert seen == {"android": True, "iphone": True, "desktop": False}


def test_a_lure_for_both_phones_and_a_decoy_for_the_desktop_is_a_cloaked_lure(
    folder: Path, visits: dict[tuple[str, str], Visit]
) -> None:
    shelf = discover(detectors, Detector).values()  # type: ignore[type-abstract]
    classify = ClassifyPipeline(shelf, CaptureStore(folder))
    for site in SITES:
        seen = tuple(visits[site.design, device] for device in WATCHERS)
        if [visit.final_url.endswith(LURE) for visit in seen] != [True, True, False]:
            continue  # what the machine lacks for that is told above
        record = classify.process_item(a_record(url_of(site), visits=seen))
        assert record.cloaking is not None
        assert record.cloaking.kinds == ("user_agent_filtering",), site.design
        assert record.lure is not None
        assert record.lure.is_lure, (site.design, record.lure)


def test_cloaks_are_no_part_of_the_labs_own_feed() -> None:
    told = feed(World(1))
    assert not any(site.host.rpartition(".")[0] in told for site in SITES)
