"""The last pipeline: a record is committed to the ledger before its unit counts as done."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from scrapy.crawler import Crawler

from mantis_crawler.items import Record
from mantis_crawler.ledger import Ledger


class LedgerPipeline:
    """Commits."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the run's ledger."""
        assert crawler.spider is not None
        return cls(crawler.spider.ledger)  # type: ignore[attr-defined]

    def process_item(self, item: Record) -> Record:
        """Return the record as it was committed."""
        record = replace(item, finished=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        self.ledger.commit(record)
        return record
