"""One look at the phones for all tests of this folder: browsers as a crawl starts them."""

import asyncio
from functools import cache, partial
from typing import Any

from scrapy.settings import Settings

from mantis_crawler import devices, settings
from mantis_crawler.browser.bench import open_pool, visit_bench
from mantis_crawler.browser.find import Browser, find_browser
from mantis_crawler.catalog import discover
from mantis_crawler.items import Depth, Device, country
from mantis_crawler.lab.phones.bench import Bench
from mantis_crawler.lab.phones.others.install import OthersError, install
from mantis_crawler.lab.phones.selftest import Report, examine, prepare, self_test

SHELF = discover(devices, Device)
PHONES = ("android", "iphone")


@cache
def others() -> str:
    """Install the scripts of others; return why they cannot be had, empty if they can."""
    try:
        install()
    except OthersError as error:
        return str(error)
    return ""


@cache
def found() -> Browser:
    return find_browser(settings.MANTIS_BROWSER)


@cache
def looked() -> tuple[dict[str, Report], dict[str, Any]]:
    """Look at both phones, and at one in the short form."""
    others()
    return asyncio.run(_look())


@cache
def looked_deep() -> dict[str, Report]:
    """Look at both phones in depth."""
    others()
    return asyncio.run(_look_deep())


async def _look_deep() -> dict[str, Report]:
    config, where = Settings(), country("us")
    config.setmodule(settings)
    async with await Bench.start() as bench, open_pool(config, found(), bench, Depth.DEEP) as pool:
        go = partial(visit_bench, pool)
        major = int(found().version.partition(".")[0])
        control = await prepare(bench, go, SHELF["desktop"], where, major)
        return {name: await examine(bench, go, SHELF[name], where, control=control) for name in PHONES}


async def _look() -> tuple[dict[str, Report], dict[str, Any]]:
    config, where = Settings(), country("us")
    config.setmodule(settings)
    async with await Bench.start() as bench, open_pool(config, found(), bench) as pool:
        go = partial(visit_bench, pool)
        major = int(found().version.partition(".")[0])
        control = await prepare(bench, go, SHELF["desktop"], where, major)
        reports = {name: await examine(bench, go, SHELF[name], where, control=control) for name in PHONES}
        return reports, await self_test(go, [SHELF["android"]], where)
