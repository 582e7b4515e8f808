"""The last pipeline: a record is committed to the ledger before its unit counts as done."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from mantis_crawler.items import Record
from mantis_crawler.ledger import Ledger, LedgerError

logger = logging.getLogger(__name__)


class LedgerPipeline:
    """Commits."""

    def __init__(self, ledger: Ledger, crawler: Crawler | None = None) -> None:
        self.ledger = ledger
        self.crawler = crawler
        self.stopped = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the run's ledger."""
        assert crawler.spider is not None
        return cls(crawler.spider.ledger, crawler)  # type: ignore[attr-defined]

    def process_item(self, item: Record) -> Record:
        """Return the record as it was committed."""
        record = replace(item, finished=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        try:
            self.ledger.commit(record)
        except LedgerError as error:
            self.stop(error)
            raise DropItem(f"record {record.id} stays to be done") from error
        return record

    def stop(self, error: LedgerError) -> None:
        """End the run, once: what cannot be kept need not be visited."""
        if not self.stopped:
            self.stopped = True
            logger.error("The ledger takes no more records: %s. Make room, then resume the run", error)
            assert self.crawler is not None
            assert self.crawler.engine is not None
            task = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="ledger_failed"))
            task.add_done_callback(lambda done: done.exception())
