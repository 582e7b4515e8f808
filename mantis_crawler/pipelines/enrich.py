"""Ask every source of enrichment about a record, all at once."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from scrapy.crawler import Crawler

from mantis_crawler import enrichment
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.items import Enrichment, Record

logger = logging.getLogger(__name__)


class EnrichPipeline:
    """Adds what others know; a source that cannot say is recorded, never fatal, never *clean*."""

    def __init__(self, enrichers: Iterable[Enricher]) -> None:
        self.enrichers = tuple(enrichers)
        self._spider: object = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the sources from their shelf and tell them the run's settings."""
        shelf = tuple(discover(enrichment, Enricher).values())  # type: ignore[type-abstract]
        options = {name: value for name, value in crawler.settings.items() if name.startswith("MANTIS_")}
        options |= getattr(crawler.spider, "enrichment_options", {})
        for enricher in shelf:
            enricher.configure(options)
        pipeline = cls(shelf)
        pipeline._spider = crawler.spider
        return pipeline

    async def process_item(self, item: Record) -> Record:
        """Return the record with one enrichment a source."""
        if asker := getattr(self._spider, "asker", None):
            self._spider = None
            for enricher in self.enrichers:
                enricher.meet(asker)
        answers = await asyncio.gather(*(self.ask(enricher, item) for enricher in self.enrichers))
        return replace(item, enrichments=tuple(answers))

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
