"""A tiny real crawl with only our extensions: ``python -m tests.extensions.crawl FOLDER [NAME=VALUE]``."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import CloseSpider

from mantis_crawler.items import Hold, Outcome, Record
from tests.builders import a_lure, a_record, an_artifact

SETTINGS: dict[str, Any] = {
    "EXTENSIONS": {
        "mantis_crawler.extensions.manifest.ManifestExtension": 200,
        "mantis_crawler.extensions.progress.ProgressExtension": 300,
        "tests.extensions.crawl.Exporting": 100,
    },
    "MANTIS_COUNTRY": "fr",
    "MANTIS_SOME_API_KEY": "a secret",
    "MANTIS_LEDGER": "postgresql://me:a secret@db.example/runs",
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


class Exporting:
    """Stands for the extension that writes exports when the spider is closed."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Exporting":
        extension = cls()
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def closed(self, spider: Spider) -> None:
        folder: Path = spider.run_folder  # type: ignore[attr-defined]
        (folder / "report").mkdir()
        (folder / "report" / "index.html").write_text("a report")
        (folder / "blocklist.domains.txt").write_text("# evidence 1\na.example\n# evidence 2\nb.example\n")
        (folder / "crawl.log").write_text("goes on growing")


class Tiny(Spider):
    """Yields made records."""

    name = "tiny"
    run = "run-1"
    total = 5

    async def start(self) -> AsyncIterator[Record]:
        self.crawler.stats.set_value("mantis/browser", "chromium 156.0")
        yield a_record("http://a.example/")
        yield a_record("http://b.example/", lure=a_lure(is_lure=False))
        yield a_record("http://c.example/", visits=(), outcome=Outcome.NXDOMAIN, lure=None, verdict=None)
        held = an_artifact("http://d.example/", hold=Hold.C2)
        yield a_record(artifact=held, visits=(), outcome=None, lure=None, verdict=None)
        if hasattr(self, "wait"):
            await asyncio.sleep(float(self.wait))
        if reason := getattr(self, "reason", ""):
            raise CloseSpider(reason)


if __name__ == "__main__":
    process = AsyncCrawlerProcess(SETTINGS)
    given = {"seed": "1", "token": "a secret"}
    more = dict(word.split("=", 1) for word in sys.argv[2:])
    process.crawl(Tiny, run_folder=Path(sys.argv[1]), arguments=given, **more)
    process.start()
