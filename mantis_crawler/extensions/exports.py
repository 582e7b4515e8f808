"""When a run ends, its files are made from the ledger: also of a run that was cut short."""

import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from mantis_crawler import exports
from mantis_crawler.catalog import discover
from mantis_crawler.exports.base import Export
from mantis_crawler.exports.skipped import write_skips
from mantis_crawler.extensions.facts import FINISHED, run_facts
from mantis_crawler.report import write_report
from mantis_crawler.store import CaptureStore, is_full

logger = logging.getLogger(__name__)


class RunLog(logging.FileHandler):
    """The run's own log; a disk that is full is told in the terminal, once, and not for each line."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say nothing of a full disk."""
        if not is_full(sys.exc_info()[1]):
            super().handleError(record)

    def close(self) -> None:
        """Close the file, whether its last line finds room or not."""
        with suppress(OSError):
            super().close()


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
        self.log = RunLog(folder / "crawl.log", encoding="utf-8")
        self.log.setLevel(logging.INFO)
        self.log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(self.log)

    def closed(self, spider: Spider, reason: str) -> None:
        """Write everything that is made of records."""
        self.crawler.stats.set_value(FINISHED, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        folder: Path = spider.run_folder  # type: ignore[attr-defined]
        for export in discover(exports, Export).values():  # type: ignore[type-abstract]
            try:
                export.write(spider.ledger.records(), folder)  # type: ignore[attr-defined]
            except Exception as error:  # noqa: BLE001 - one format must not cost the others
                _failed(f"export {export.name}", error)
        try:
            write_skips(spider.ledger.skips(), folder)  # type: ignore[attr-defined]
            self.report(spider, reason)
        except Exception as error:  # noqa: BLE001 - the run is over, whatever it is
            _failed("report", error)
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


def _failed(what: str, error: Exception) -> None:
    """Say that a file could not be made; where the disk is full, no more is to be said."""
    if is_full(error):
        logger.error("The %s was not written: the disk is full", what)
    else:
        logger.error("The %s failed", what, exc_info=error)


def link_latest(folder: Path) -> None:
    """Point ``latest`` beside the run's folder at it, where the file system can."""
    latest = folder.parent / "latest"
    with suppress(OSError):
        if latest.is_symlink() or not latest.exists():
            latest.unlink(missing_ok=True)
            latest.symlink_to(folder.name, target_is_directory=True)
