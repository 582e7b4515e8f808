"""When a run ends, its files are made from the ledger: also of a run that was cut short."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from mantis_crawler import exports
from mantis_crawler.catalog import discover
from mantis_crawler.exports.base import Export
from mantis_crawler.exports.skipped import write_skips
from mantis_crawler.extensions.facts import run_facts
from mantis_crawler.report import write_report
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)


class ExportsExtension:
    """Writes exports and report at the end, and the run's log from the beginning."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.log: logging.Handler | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the beginning and the end of the run."""
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def opened(self, spider: Spider) -> None:
        """Start the run's own log."""
        folder: Path = spider.run_folder  # type: ignore[attr-defined]
        self.log = logging.FileHandler(folder / "crawl.log", encoding="utf-8")
        self.log.setLevel(logging.INFO)
        self.log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(self.log)

    def closed(self, spider: Spider, reason: str) -> None:
        """Write everything that is made of records."""
        folder: Path = spider.run_folder  # type: ignore[attr-defined]
        for export in discover(exports, Export).values():  # type: ignore[type-abstract]
            try:
                export.write(spider.ledger.records(), folder)  # type: ignore[attr-defined]
            except Exception:  # one format must not cost the others
                logger.exception("Export %s failed", export.name)
        try:
            write_skips(spider.ledger.skips(), folder)  # type: ignore[attr-defined]
            self.report(spider, reason)
        except Exception:
            logger.exception("The report failed")
        link_latest(folder)

    def report(self, spider: Spider, reason: str) -> None:
        """Write the case report."""
        folder: Path = spider.run_folder  # type: ignore[attr-defined]
        write_report(
            spider.ledger.records(),  # type: ignore[attr-defined]
            folder,
            store=CaptureStore(folder),
            facts=run_facts(self.crawler, spider, reason),
        )


def link_latest(folder: Path) -> None:
    """Point ``latest`` beside the run's folder at it, where the file system can."""
    latest = folder.parent / "latest"
    with suppress(OSError):
        if latest.is_symlink() or not latest.exists():
            latest.unlink(missing_ok=True)
            latest.symlink_to(folder.name, target_is_directory=True)
