"""The main job: resolve each artifact, visit what is alive on each device, give one record each."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.handler import VisitResponse, visit_request
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.visit import BrowserGoneError, DiskFullError
from mantis_crawler.items import COUNTRIES, Depth, Hold, Outcome, Record, Resolution, Visit
from mantis_crawler.lab import Lab
from mantis_crawler.ledger import Unit
from mantis_crawler.pipelines.classify import ClassifyPipeline
from mantis_crawler.spiders.asker import Asker
from mantis_crawler.spiders.depth import Look, SecondLook
from mantis_crawler.spiders.network import Network
from mantis_crawler.spiders.plan import Plan, make_plan
from mantis_crawler.spiders.turns import Turns, in_turns, way_of
from mantis_crawler.store import is_full

logger = logging.getLogger(__name__)

LOOKUPS = 100
"""Names that are resolved at the same time."""
IN_HAND = 200
"""Records that may be on their way to the ledger before more names are resolved."""
ATTEMPTS = 2
"""A unit that was in hand at two deaths of the crawler is not begun a third time."""


class ArtifactsSpider(Spider):
    """Visits artifacts; `ARGUMENTS` of its plan says what may be asked of it."""

    name = "artifacts"

    def __init__(self, plan: Plan, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.plan = plan
        self.run = plan.run
        self.run_folder = plan.folder
        self.ledger = plan.ledger
        self.browser = plan.browser
        self.webkit = plan.webkit
        units = plan.ledger.open_units()
        self.turns = Turns(plan.visits, (unit.artifact for unit in units))
        self.units: tuple[Unit, ...] = tuple(
            units if plan.visits is None else in_turns(units, lambda unit: way_of(unit.artifact))
        )
        self.total = len(self.units)
        # one exit after the other: what differs between its devices is not the minute
        self.ways = [(exit_, device) for exit_ in plan.exits or (None,) for device in plan.devices]
        self.again = [way for way in self.ways if not way[1].control] if plan.look is Look.SECOND_LOOK else []
        self.deep_browser = plan.deep_browser
        self.turns.taken = sum(bool(record.visits) for record in self._before())
        self._awaited: set[str] = set()
        self._on_its_way = asyncio.Semaphore(IN_HAND)
        self.network: Network | None = None
        self.asker: Asker | None = None
        self.enrichment_options: dict[str, str] = {}
        if plan.lab_seed is not None:
            self.enrichment_options["MANTIS_ASN_DATABASE"] = str(Lab.asn_database(plan.folder))

    def _before(self) -> Iterable[Record]:
        """The records of before the run was resumed, where their number matters."""
        return self.ledger.records() if self.plan.visits is not None and self.plan.resumed else ()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> Self:
        """Make the spider of a plan; where none is given, from the arguments.

        Raises:
            PlanError: the arguments are not right.
        """
        plan = arguments.pop("plan", None) or make_plan(crawler.settings, arguments)
        spider = super().from_crawler(crawler, *args, plan=plan)
        crawler.signals.connect(spider.begun, signals.request_reached_downloader)
        crawler.signals.connect(spider.ended, signals.engine_stopped)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.arrived, signal)
        return spider

    @property
    def gateway(self) -> Gateway:
        """The run's door to the network."""
        assert self.network is not None
        return self.network.gateway

    async def start(self) -> AsyncIterator[Request | Record]:
        """Yield a record for each artifact that is not worth a visit, a first visit for each other."""
        self.network = await Network.open(self.plan, self.settings)
        self.asker = Asker.from_crawler(self.crawler, self.network.lab, self.plan.feeds)
        browsers = filter(None, (self.browser, self.webkit))
        self.crawler.stats.set_value("mantis/browser", "; ".join(map(str, browsers)))
        todo = iter(self.units)
        waiting: set[asyncio.Task[Record]] = set()
        while True:
            while len(waiting) < LOOKUPS and (unit := next(todo, None)):
                waiting.add(asyncio.create_task(self.opened(unit)))
            if not waiting:
                break
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                record = task.result()
                if self.turns.must_wait(record):
                    continue
                for result in self.advance(record):
                    yield await self._room_for(result)
        for record in self.turns.late():
            for result in self.advance(record):
                yield await self._room_for(result)

    async def _room_for(self, result: Request | Record) -> Request | Record:
        """Return what is to be yielded, a record once not too many are on their way."""
        if isinstance(result, Record):
            await self._on_its_way.acquire()
            self._awaited.add(result.id)
        return result

    async def opened(self, unit: Unit) -> Record:
        """Return the unit's record as far as it is known before any visit."""
        artifact = unit.artifact
        record = Record(id=artifact.id, artifact=artifact, run=self.run, attempts=unit.attempts + 1)
        if artifact.hold:
            return record
        if unit.attempts >= ATTEMPTS:
            why = f"the crawler died {unit.attempts} times with this artifact in hand; not visited again"
            return replace(record, outcome=Outcome.CRASHED, error=why, attempts=unit.attempts)
        try:
            assert self.network is not None
            resolution = await self.network.resolver.resolve(artifact.host)
        except Exception as error:  # one name must not stop the others
            logger.exception("Resolving failed")
            resolution = Resolution(host=artifact.host, outcome=Outcome.ERROR, detail=repr(error)[:200])
        return replace(record, resolution=resolution, outcome=resolution.outcome)

    def advance(self, record: Record) -> Iterator[Request | Record]:
        """Yield the visit that the record still lacks, or the record once it has all."""
        alive = record.resolution is not None and record.resolution.alive
        if not alive or not self.lacks(record):
            yield record
            return
        if not record.visits and not self.turns.take(record.artifact):
            yield replace(record, artifact=replace(record.artifact, hold=Hold.LIMIT))
            return
        yield visit_request(
            self.order(record),
            callback=self.visited,
            errback=self.failed,
            cb_kwargs={"record": record},
            priority=len(record.visits),
        )

    def lacks(self, record: Record) -> bool:
        """Return whether there is another visit to be made for a record."""
        done, first = len(record.visits), len(self.ways)
        if done != first or not self.again:
            return done < first + (len(self.again) if done > first else 0)
        classify = ClassifyPipeline.from_crawler(self.crawler)
        return SecondLook(classify, self.plan.devices).wanted(record.visits)

    def order(self, record: Record) -> Order:
        """Return the next visit of a record. With an exit, the phone is at home where the exit is."""
        artifact = record.artifact
        assert artifact.url is not None
        done = len(record.visits)
        exit_, device = [*self.ways, *self.again][done]
        depth = self.plan.look.first if done < len(self.ways) else Depth.DEEP
        victims = COUNTRIES.get(artifact.country or "", self.plan.country)
        home = COUNTRIES[exit_.country] if exit_ is not None else victims
        code = exit_.country if exit_ is not None else ""
        return Order(url=artifact.url, device=device, country=home, exit=code, depth=depth)

    def visited(self, response: Response, record: Record) -> Iterator[Request | Record]:
        """Take a visit and go on with its record."""
        assert isinstance(response, VisitResponse)
        yield from self.advance(replace(record, visits=(*record.visits, response.visit)))

    def failed(self, failure: Failure) -> Iterator[Request | Record]:
        """Take a visit that could not even be made: it is a visit with another outcome."""
        if isinstance(failure.value, BrowserGoneError | DiskFullError):
            return  # nothing was seen, and nothing is to be said of the artifact: its unit stays open
        request = failure.request  # type: ignore[attr-defined]
        record: Record = request.cb_kwargs["record"]
        order = self.order(record)
        logger.error("Visit failed: %r", failure.value)
        visit = Visit(
            device=order.device.name,
            outcome=Outcome.ERROR,
            url=order.url,
            exit=order.exit,
            country=order.country.code,
            depth=order.depth,
            started=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            error=repr(failure.value)[:300],
        )
        yield from self.advance(replace(record, visits=(*record.visits, visit)))

    def begun(self, request: Request) -> None:
        """Count an attempt at a unit when its first visit starts."""
        record = request.cb_kwargs.get("record")
        if record is not None and not record.visits:
            self.ledger.begin(record.id)

    def arrived(self, item: Any) -> None:
        """Let the next record set out, where it came without a visit: Scrapy holds back the others."""
        if isinstance(item, Record) and item.id in self._awaited:
            self._awaited.discard(item.id)
            self._on_its_way.release()

    async def ended(self) -> None:
        """Let go of the network, and of what is in hand: an orderly stop is nobody's fault."""
        try:
            self.ledger.release()
        except Exception as error:
            if not is_full(error):
                raise
            logger.warning("What is in hand stays so until the run is resumed: the disk is full")
        if self.asker is not None:
            self.asker.close()
        if self.network is not None:
            for name, count in self.network.gateway.totals.items():
                self.crawler.stats.set_value(f"mantis/gateway/{name}", count)
            await self.network.close()
