"""What a person sees of a run: one live line, and at the end what came of it."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import get_terminal_size
from time import monotonic
from typing import Any, Self, TextIO

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from mantis_crawler.extensions.facts import BLOCKLIST, EXCLUDED, blocklisted, kept_off
from mantis_crawler.extensions.memory import MemorySampler
from mantis_crawler.extensions.tally import Tally, lasting
from mantis_crawler.items import Record

ON_TERMINAL = 1.0
"""Seconds between two updates of the line where it can be overwritten."""
IN_LOG = 15.0
"""Seconds between two lines where each stays."""
REPORT = "report/index.html"


class ProgressExtension:
    """Shows the live line on standard error and, after everything else has ended, the last lines."""

    def __init__(self, crawler: Crawler, stream: TextIO | None = None) -> None:
        self.crawler = crawler
        self.stream = stream or sys.stderr
        self.tally = Tally(started=monotonic())
        self.memory = MemorySampler()
        self.spider: Spider | None = None
        self.ended: float | None = None
        self.loop: AsyncioLoopingCall | LoopingCall | None = None
        self._shown = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen from the beginning of the run to its very end."""
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.scraped, signals.item_scraped)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        crawler.signals.connect(extension.last, signals.engine_stopped)
        return extension

    def opened(self, spider: Spider) -> None:
        """Start the clock, the line and the look at the memory."""
        self.spider = spider
        limit = getattr(getattr(spider, "turns", None), "left", None)
        self.tally = Tally(started=monotonic(), total=int(getattr(spider, "total", 0) or 0), limit=limit)
        self.memory.start()
        self.loop = create_looping_call(self.show)
        self.loop.start(ON_TERMINAL if self.stream.isatty() else IN_LOG, now=False)

    def scraped(self, item: Any) -> None:
        """Count a record, and keep the statistics fit to be read at any time."""
        if not isinstance(item, Record):
            return
        self.tally.add(item, monotonic())
        self._tell()

    def show(self) -> None:
        """Show the live line."""
        line = self.tally.line(monotonic())
        self._tell()
        if not self.stream.isatty():
            self._say(line)
            return
        width = get_terminal_size().columns - 1
        self._shown = line[:width]
        self._write(f"\r{self._shown}\x1b[K")

    def closed(self) -> None:
        """Stop the clock: what follows is writing, not visiting."""
        self.ended = monotonic()
        self._stop()
        self.memory.look()
        self._tell()

    def last(self) -> None:
        """Say what came of the run; exports and report are written by now."""
        if self.spider is None:
            return
        self._stop()
        self.memory.stop()
        self._tell()
        if self._shown:
            self._write("\r\x1b[K")
        self._say("\n".join(self.last_lines(getattr(self.spider, "run_folder", None))))

    def last_lines(self, folder: Path | None) -> Iterator[str]:
        """Yield what is said at the end."""
        tally, now = self.tally, self.ended or monotonic()
        yield ""
        yield f"{tally.done:,} artifacts done in {lasting(now - tally.started)}:"
        yield from tally.table()
        if tally.total > tally.done:
            yield f"  {'still to do':<24}{tally.total - tally.done:>7,}"
        yield ""
        yield (
            f"Visits     {tally.visits:,} ({tally.per_minute(tally.visits, now):.1f} a minute), "
            f"{tally.captures:,} captures ({tally.per_minute(tally.captures, now):.1f} a minute)"
        )
        yield f"Memory     {self.memory.peak_mb:,.0f} MB at the peak, all browsers included"
        yield f"Lures      {tally.lures:,} ({tally.cloaked:,} artifacts cloaked)"
        if folder is not None:
            yield from _places(folder)
        if tally.turned_away and not getattr(plan := getattr(self.spider, "plan", None), "exits", ()):
            home = getattr(getattr(plan, "country", None), "code", "")
            yield (
                f"Country    {tally.turned_away:,} of unknown country showed phones of {home!r} an error "
                "or nothing: they may show more to those in the victims' country, -a country=CODE"
            )
        if tally.only_errors:
            yield "WARNING    every visit ended in an error, so nothing was seen: crawl.log says why"

    def _stop(self) -> None:
        if self.loop and self.loop.running:
            self.loop.stop()

    def _tell(self) -> None:
        stats, tally, now = self.crawler.stats, self.tally, self.ended or monotonic()
        stats.set_value("mantis/artifacts", tally.done)
        stats.set_value("mantis/lures", tally.lures)
        stats.set_value("mantis/cloaked", tally.cloaked)
        stats.set_value("mantis/visits", tally.visits)
        stats.set_value("mantis/visits/per_minute", round(tally.per_minute(tally.visits, now), 1))
        stats.set_value("mantis/captures", tally.captures)
        stats.set_value("mantis/captures/per_minute", round(tally.per_minute(tally.captures, now), 1))
        stats.set_value("mantis/memory/peak_mb", round(self.memory.peak_mb, 1))
        for name, count in tally.outcomes.items():
            stats.set_value(f"mantis/outcome/{name}", count)
        for name, count in tally.holds.items():
            stats.set_value(f"mantis/hold/{name}", count)

    def _say(self, text: str) -> None:
        self._write(f"{text}\n")

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # a closed terminal must not stop a run
            self.stream.write(text)
            self.stream.flush()


def _places(folder: Path) -> Iterator[str]:
    names, report = blocklisted(folder), folder / REPORT
    if names is not None:
        off = kept_off(folder)
        why = f"; {off:,} lure{'' if off == 1 else 's'} kept off, see {EXCLUDED}" if off else ""
        yield f"Blocklist  {folder / BLOCKLIST} ({names:,} name{'' if names == 1 else 's'}{why})"
    if report.exists():
        yield f"Report     {report}"
    if not report.exists() and names is None:
        yield f"Folder     {folder}"
