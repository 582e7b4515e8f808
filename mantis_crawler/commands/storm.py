"""The hostile pages, visited side by side and beside ordinary ones, and what is left of it afterwards."""

import asyncio
import gc
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from scrapy.settings import BaseSettings

from mantis_crawler.browser.bench import open_pool
from mantis_crawler.browser.find import Browser
from mantis_crawler.browser.gateway import Gateway, Route
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.enrichment.addresses import is_public
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.extensions.memory import tree_mb
from mantis_crawler.items import CaptureKind, Country, Device, Visit
from mantis_crawler.lab import Lab
from mantis_crawler.lab.hostile import HostilePage
from mantis_crawler.lab.hostile.inside import Inside
from mantis_crawler.store import CaptureStore

GRACE = 5.0
"""Seconds after the deadline within which a visit has to be over."""
REST_SECONDS = 3.0
"""For closed pages to be cleared away before what is left is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How the visit to one hostile page ended."""

    page: HostilePage
    visit: Visit
    seconds: float

    @property
    def pictured(self) -> bool:
        """Whether there is a screenshot."""
        return self.visit.capture(CaptureKind.SCREENSHOT) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is there between two rounds."""

    memory_mb: float
    """Of this process and all below it when no browser is left: what stays is ours and the driver's. What
    they share is counted once where the kernel tells."""
    files: int
    """Open files of this process."""
    processes: int
    temporary: int
    """Entries of the folder for temporary files."""
    tasks: int


@dataclass(slots=True, kw_only=True)
class Storm:
    """All rounds."""

    results: list[list[Result]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    """Before the first round, and after each."""
    alone: list[Visit] = field(default_factory=list)
    beside: list[Visit] = field(default_factory=list)
    """The same visits once more for each round, made beside the hostile ones."""
    reached: list[str] = field(default_factory=list)
    """Who came to the listeners inside."""
    places: list[str] = field(default_factory=list)
    """Where those listened."""
    launched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How a storm is made."""

    device: Device
    country: Country
    patience: Patience
    rounds: int = 1
    side_by_side: int = 6
    shore: int | None = None
    """Where this process has a network of its own with nothing in it: the file that all goes to which
    would leave it, or -1. See `Inside.start`."""


async def storm(
    settings: BaseSettings,
    found: Browser,
    pages: Sequence[HostilePage],
    ordinary: Sequence[str],
    weather: Weather,
) -> Storm:
    """Visit hostile pages, round after round, with ordinary URLs of the lab among them.

    Args:
        settings: of the project.
        found: the browser.
        pages: hostile ones.
        ordinary: URLs of the lab that are visited alone at first, and once in each round.
        weather: how.
    """
    seen = Storm()
    async with _sea(settings, found, weather) as (visitor, inside):
        seen.places = inside.places
        seen.alone = [await _go(visitor, url, weather) for url in ordinary]
        seen.left.append(await _left(visitor.pool))
        for _ in range(weather.rounds):
            results, beside = await _round(visitor, pages, ordinary, weather)
            seen.results.append(results)
            seen.beside.extend(beside)
            seen.left.append(await _left(visitor.pool))
        seen.reached = inside.reached
        seen.launched = visitor.pool.launched
    return seen


@asynccontextmanager
async def _sea(
    settings: BaseSettings, found: Browser, weather: Weather
) -> AsyncIterator[tuple[Visitor, Inside]]:
    """The lab with listeners inside, and a visitor whose gateway is all that keeps it from them."""
    inside = Inside()
    await inside.start(shore=weather.shore)
    with tempfile.TemporaryDirectory(prefix="mantis-storm-") as folder:
        async with await Lab.start() as lab:
            lab.hostile.inside = inside.port
            names = Resolver([lab.dns])
            where = _Where(names, _route(lab))
            async with open_pool(settings, found, where) as pool:
                gateway = Gateway(names, route=where.route)
                yield Visitor(pool, gateway, CaptureStore(Path(folder)), weather.patience), inside
            await names.close()
    inside.close()


@dataclass(slots=True)
class _Where:
    names: Resolver
    route: Route


def _route(lab: Lab) -> Route:
    """The lab's way, which leads nowhere but to the lab, and beside it the way of the real internet.

    If the gateway let a forbidden address pass, the connection would be made.
    """
    return lambda address, port: lab.route(address, port) if is_public(address) else (address, port)


async def _round(
    visitor: Visitor, pages: Iterable[HostilePage], ordinary: Sequence[str], weather: Weather
) -> tuple[list[Result], list[Visit]]:
    slots = asyncio.Semaphore(weather.side_by_side)

    async def hostile(page: HostilePage) -> Result:
        async with slots:
            before = asyncio.get_running_loop().time()
            visit = await _go(visitor, page.url, weather)
            return Result(page=page, visit=visit, seconds=asyncio.get_running_loop().time() - before)

    async def calm() -> list[Visit]:
        return [await _go(visitor, url, weather) for url in ordinary]

    beside = asyncio.create_task(calm())
    results = await asyncio.gather(*map(hostile, pages))
    return list(results), await beside


async def _go(visitor: Visitor, url: str, weather: Weather) -> Visit:
    return await visitor.visit(Order(url=url, device=weather.device, country=weather.country))


async def _left(pool: BrowserPool) -> Left:
    await pool.empty()
    await asyncio.sleep(REST_SECONDS)
    gc.collect()
    me = psutil.Process()
    return Left(
        memory_mb=round(tree_mb(), 1),
        files=me.num_fds(),
        processes=len(me.children(recursive=True)),
        temporary=sum(1 for _ in os.scandir(tempfile.gettempdir())),
        tasks=len(asyncio.all_tasks()),
    )
