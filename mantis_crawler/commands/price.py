"""`scrapy price`: CPU time of a visit, against a bare Playwright load with a screenshot of the same page."""

import asyncio
import statistics
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from mantis_crawler import devices
from mantis_crawler.browser.bare import BarePool
from mantis_crawler.browser.bench import open_pool
from mantis_crawler.browser.evidence import Wishes
from mantis_crawler.browser.find import Browser, BrowserNotFoundError, find_browser
from mantis_crawler.browser.gateway import Gateway, Route
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.plain import plain_load
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.catalog import discover
from mantis_crawler.commands.cost import spent
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.items import Device, country
from mantis_crawler.lab import Lab
from mantis_crawler.store import CaptureStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """CPU-seconds of one page: browser, driver and we ourselves."""

    design: str
    visit: float
    plain: float


@dataclass(slots=True)
class _Place:
    names: Resolver
    route: Route


class Command(ScrapyCommand):
    """Visits sites of the lab in turn with bare loads of them."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--device NAME] [--sites N] [--no-tap]"

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Measure what a visit costs, against a bare load with a screenshot"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add whom and how many to measure."""
        super().add_options(parser)
        parser.add_argument("--device", default="android", metavar="NAME", help="which device (android)")
        parser.add_argument("--sites", type=int, default=24, metavar="N", help="how many sites (24)")
        parser.add_argument("--no-tap", action="store_true", help="without the tap")

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        """Measure, and print a line a site and the average."""
        assert self.settings is not None
        try:
            found = find_browser(self.settings.get("MANTIS_BROWSER"))
            device = discover(devices, Device)[opts.device]
        except (KeyError, BrowserNotFoundError) as error:
            raise UsageError(str(error), print_help=False) from None
        wishes = Wishes(tap=not opts.no_tap)
        for line in told(asyncio.run(prices(self.settings, found, device, opts.sites, wishes))):
            print(line)  # noqa: T201 - a command's output


def told(found: list[Price]) -> Iterable[str]:
    """Return the lines of the table."""
    for price in found:
        ratio = price.visit / price.plain if price.plain else 0.0
        yield f"{price.design:24} {price.visit:6.2f} {price.plain:6.2f} {ratio:6.2f}"
    visit, plain = (statistics.fmean(one) for one in zip(*((p.visit, p.plain) for p in found), strict=True))
    yield f"{'average of ' + str(len(found)):24} {visit:6.2f} {plain:6.2f} {visit / plain:6.2f}"


async def prices(
    settings: BaseSettings, found: Browser, device: Device, sites: int, wishes: Wishes
) -> list[Price]:
    """Measure sites of different designs, evenly out of all that the lab has."""
    where = country("us")
    async with await Lab.start() as lab:
        designs = {site.design: site.host for site in lab.world.sites.values()}
        chosen = list(designs.items())[:: max(1, len(designs) // sites)][:sites]
        place = _Place(Resolver([lab.dns]), lab.route)
        with TemporaryDirectory() as folder:
            async with open_pool(settings, found, place) as pool:
                gateway = Gateway(place.names, route=place.route)
                visitor = Visitor(pool, gateway, CaptureStore(Path(folder)), Patience(), wishes)
                bare = BarePool(pool.kind, found, gateway)
                result = []
                for number, (design, host) in enumerate([chosen[0], *chosen]):
                    url = f"http://{host}/"
                    before = spent()
                    await plain_load(bare, gateway, url, device, where)
                    between = spent()
                    await visitor.visit(Order(url=url, device=device, country=where))
                    if number:  # the first pays for the start of the browsers
                        price = Price(design=design, visit=spent() - between, plain=between - before)
                        result.append(price)
                await bare.close()
        await place.names.close()
    return result
