"""``scrapy indicators FILE``: what is read from a feed, what is not and why, and how fast."""

import argparse
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from mantis_crawler import sources
from mantis_crawler.catalog import discover
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.items import Indicator
from mantis_crawler.sources.base import FeedError, Source
from mantis_crawler.sources.feed import Feed, read_feed

_QUIET = frozenset(("blank", "comment", "header", "duplicate"))


class Command(ScrapyCommand):
    """Reads a feed and accounts for every line of it; contacts nobody."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "FILE [--skips]"

    def short_desc(self) -> str:
        """Return the command in a line."""
        return "Say what is read from a file of indicators, and why the rest is not"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add whether skipped lines are printed."""
        super().add_options(parser)
        parser.add_argument(
            "--skips", action="store_true", help="print each line that was skipped for what is in it"
        )

    @interruptible
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, and print the account."""
        if len(args) != 1:
            raise UsageError("one file of indicators: scrapy indicators FILE")
        shelf = discover(sources, Source)  # type: ignore[type-abstract]
        begin = process_time()
        try:
            feed = read_feed(Path(args[0]).expanduser(), sources=shelf)
        except FeedError as error:
            raise UsageError(str(error), print_help=False) from error
        seconds = process_time() - begin
        for line in (*account(feed), *(_skips(feed) if opts.skips else ()), _cost(feed, seconds)):
            print(line)  # noqa: T201 - the command's output


def account(feed: Feed) -> Iterator[str]:
    """Yield what became of the lines of a feed."""
    found = [entry for entry in feed.indicators if isinstance(entry, Indicator)]
    yield f"{feed.name}: {feed.lines:,} lines, read as {feed.source}"
    yield f"  {len(feed.indicators):,} indicators: {_counts(Counter(str(entry.type) for entry in found))}"
    yield f"  roles: {_counts(Counter(str(entry.role) for entry in found))}"
    marked = Counter(f"TLP:{entry.tlp}" for entry in found if entry.tlp)
    marked.update(f"PAP:{entry.pap}" for entry in found if entry.pap)
    if marked:
        yield f"  markings: {_counts(marked)}"
    skipped = Counter({str(reason): count for reason, count in feed.reasons.items()})
    yield f"  {len(feed.skips):,} skips: {_counts(skipped)}"


def _skips(feed: Feed) -> Iterator[str]:
    for skip in feed.skips:
        if skip.reason not in _QUIET:
            why = f" ({skip.detail})" if skip.detail else ""
            yield f"  line {skip.line}: {str(skip.reason).replace('_', ' ')}{why}: {skip.raw!a}"


def _cost(feed: Feed, seconds: float) -> str:
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    return f"{feed.lines / max(seconds, 1e-6):,.0f} lines a CPU-second, {peak:,.0f} MB at the peak"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.most_common()) or "none"
