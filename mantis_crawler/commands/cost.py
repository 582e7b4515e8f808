"""What a dress costs: CPU time of the same visit with it and without."""

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from scrapy.settings import BaseSettings

from mantis_crawler.browser.bare import BarePool
from mantis_crawler.browser.bench import open_pool
from mantis_crawler.browser.find import Browser
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.items import Country, Depth, Device, Outcome
from mantis_crawler.lab.phones.bench import Bench
from mantis_crawler.lab.phones.selftest import BenchError
from mantis_crawler.store import CaptureStore

PATIENCE = Patience(quiet=0.5)
ROUNDS = 6
"""How often the two take turns, so that a busy machine burdens both."""
VISITS = 4
"""Of each in a round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU-seconds a visit: browser, driver and we ourselves; one of each kind a round."""

    device: str
    dressed: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How much more the dressed visit takes."""
        return median(self.dressed) / median(self.bare) if any(self.bare) else 0.0

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the greatest ratio of a round."""
        ratios = [one / other for one, other in zip(self.dressed, self.bare, strict=True) if other]
        return (min(ratios), max(ratios)) if ratios else (0.0, 0.0)

    def __str__(self) -> str:
        low, high = self.spread
        return (
            f"{self.device}: {median(self.dressed):.2f} CPU-seconds a visit, {median(self.bare):.2f} without "
            f"a dress: {self.ratio:.2f} times ({low:.2f} to {high:.2f} by round)"
        )


async def cost(
    settings: BaseSettings, found: Browser, device: Device, country: Country, depth: Depth = Depth.DEFAULT
) -> Cost:
    """Measure one device on a page like a lure's.

    Raises:
        BenchError: a visit failed.
    """
    taken = {"dressed": [], "bare": []}  # type: dict[str, list[float]]
    async with await Bench.start() as bench, open_pool(settings, found, bench, depth) as pool:
        bare = BarePool(pool.kind, found, Gateway(bench.names, route=bench.route))
        pools = {"dressed": pool, "bare": bare}
        try:
            for one in pools.values():
                await _visits(one, bench, device, country, 1)
            for _ in range(ROUNDS):
                for name, one in pools.items():
                    before = spent()
                    await _visits(one, bench, device, country, VISITS)
                    taken[name].append((spent() - before) / VISITS)
        finally:
            await pools["bare"].close()
    return Cost(device=device.name, dressed=tuple(taken["dressed"]), bare=tuple(taken["bare"]))


async def _visits(pool: BrowserPool, bench: Bench, device: Device, country: Country, times: int) -> None:
    with TemporaryDirectory() as folder:
        gateway = Gateway(bench.names, route=bench.route)
        visitor = Visitor(pool, gateway, CaptureStore(Path(folder)), PATIENCE)
        for _ in range(times):
            url = f"https://{bench.open(tap=False).host}/lure.html"
            visit = await visitor.visit(Order(url=url, device=device, country=country))
            if visit.outcome is not Outcome.LOADED:
                raise BenchError(f"{device.name} did not load the page: {visit.outcome}, {visit.error}")


def spent() -> float:
    """CPU-seconds of this process and all below it, those that ended and were waited for included."""
    total = 0.0
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
        if process != me:
            total += times.children_user + times.children_system
    return total
