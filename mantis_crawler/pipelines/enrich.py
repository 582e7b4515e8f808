"""Ask every source of enrichment about a record, all at once."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from mantis_crawler import enrichment
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.enrichment.replies import check_wanted
from mantis_crawler.items import Enrichment, Record
from mantis_crawler.judge import lure_of
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

AT_ONCE = 64
"""Records that are enriched at the same time: the next ones wait here, where no source's time runs."""
_AFTER = 0.1
"""Seconds after which an item that was told of has been counted as ended."""


class EnrichPipeline:
    """Adds what others know; a source that cannot say is recorded, never fatal, never *clean*."""

    def __init__(self, enrichers: Iterable[Enricher]) -> None:
        self.enrichers = tuple(enrichers)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._spider: object = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the sources from their shelf and tell them the run's settings."""
        shelf = tuple(discover(enrichment, Enricher).values())  # type: ignore[type-abstract]
        options = {name: value for name, value in crawler.settings.items() if name.startswith("MANTIS_")}
        options |= getattr(crawler.spider, "enrichment_options", {})
        check_wanted(options, shelf)
        store = (
            CaptureStore(Path(folder)) if (folder := getattr(crawler.spider, "run_folder", None)) else None
        )
        for enricher in shelf:
            enricher.configure(options)
            if store is not None:
                enricher.keep(store)
        pipeline = cls(enricher for enricher in shelf if enricher.on)
        pipeline._spider = crawler.spider

        async def item_ended() -> None:
            asyncio.get_running_loop().call_later(_AFTER, _close_if_waited_for, crawler)

        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(item_ended, signal, weak=False)
        return pipeline

    async def process_item(self, item: Record) -> Record:
        """Return the record with one enrichment a source, and what those say of it as a lure."""
        if asker := getattr(self._spider, "asker", None):
            network = getattr(self._spider, "network", None)
            self._spider = None
            for enricher in self.enrichers:
                enricher.meet(asker)
                if network is not None:
                    enricher.look_up_with(network.names)
        async with self._slots:
            answers = await asyncio.gather(*(self.ask(enricher, item) for enricher in self.enrichers))
        enriched = replace(item, enrichments=tuple(answers))
        return replace(enriched, lure=lure_of(enriched)) if item.lure is not None else enriched

    async def ask(self, enricher: Enricher, record: Record) -> Enrichment:
        """Return a source's answer, or its error."""
        time = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            async with asyncio.timeout(enricher.seconds):
                facts = await enricher.facts(record)
        except TimeoutError:
            error = f"no answer in {enricher.seconds:g} s"
            return Enrichment(source=enricher.name, facts={}, time=time, error=error)
        except EnrichmentError as error:
            return Enrichment(source=enricher.name, facts={}, time=time, error=str(error)[:500])
        except Exception as error:  # a source must not cost the record
            logger.exception("Source of enrichment %s failed", enricher.name)
            return Enrichment(source=enricher.name, facts={}, time=time, error=repr(error)[:500])
        return Enrichment(source=enricher.name, facts=facts, time=time)


def _close_if_waited_for(crawler: Crawler) -> None:
    """Let a stopping crawl end with its last item.

    Scrapy 2.19 looks for that after responses alone: where the last item under way came from the spider's
    ``start()`` and had to wait for a source, the crawl would stay open forever.
    """
    scraper = getattr(crawler.engine, "scraper", None)
    closing = scraper.slot.closing if scraper is not None and scraper.slot is not None else None
    if scraper is not None and closing is not None and not closing.called:
        scraper._check_if_closing()  # noqa: SLF001 - there is no other way
