"""What the report is told of the run, from the plan and the statistics."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler

from mantis_crawler.browser.exits import through
from mantis_crawler.browser.find import Browser
from mantis_crawler.extensions.selftest import STAT, summary
from mantis_crawler.items import Skip, SkipReason
from mantis_crawler.report import RunFacts

QUIET = frozenset({SkipReason.BLANK, SkipReason.COMMENT, SkipReason.HEADER})
"""Reasons for which a skipped line is only counted: nobody misses it."""
SKIPS = 500
"""Skipped lines that the report shows, whatever the feed holds; all are in ``skipped.csv``."""
FINISHED = "mantis/finished"
"""Statistic: when the last visit was done, for report and manifest alike."""
NO_SANDBOX = "The browser ran without its sandbox."
OWN_ADDRESS = (
    "Languages and clock were those of each campaign's country, the address was this machine's own: "
    "a site that looks at addresses may have shown something else."
)
BLOCKLIST = "blocklist.domains.txt"
EXCLUDED = "blocklist.excluded.csv"


def blocklisted(folder: Path) -> int | None:
    """Return how many names the run's blocklist holds; ``None`` if there is none yet."""
    try:
        with (folder / BLOCKLIST).open(encoding="utf-8") as lines:
            return sum(1 for line in lines if line.strip() and not line.startswith("#"))
    except FileNotFoundError:
        return None


def kept_off(folder: Path) -> int:
    """Return how many lures the run kept off its blocklist, each with its reason."""
    try:
        with (folder / EXCLUDED).open(encoding="utf-8", newline="") as lines:
            return max(sum(1 for _ in csv.reader(lines)) - 1, 0)
    except FileNotFoundError:
        return 0


def run_facts(crawler: Crawler, spider: Spider, reason: str = "") -> RunFacts:
    """Return the facts of the run for its report.

    Args:
        crawler: has the statistics that progress keeps.
        spider: one with a plan, such as `ArtifactsSpider`.
        reason: why the spider was closed, in Scrapy's word.
    """
    plan = spider.plan  # type: ignore[attr-defined]
    stats = crawler.stats
    started: datetime | None = stats.get_value("start_time")
    now = datetime.now(UTC)
    reasons, shown = _skips(plan.ledger.skips())
    return RunFacts(
        run=plan.run,
        started=_rfc3339(started) if started else "",
        finished=stats.get_value(FINISHED) or _rfc3339(now),
        finish_reason=reason,
        lab_seed=plan.lab_seed,
        exit=through(tuple(one.country for one in plan.exits)),
        feeds=tuple(filter(None, (plan.ledger.about().get("feed", ""),))),
        browser=", ".join(f"{one.engine} {one.version}" for one in _browsers(plan)),
        devices=plan.devices,
        seconds=(now - started).total_seconds() if started else 0.0,
        visits=int(stats.get_value("mantis/visits", 0)),
        captures_per_minute=float(stats.get_value("mantis/captures/per_minute", 0.0)),
        peak_memory_mb=float(stats.get_value("mantis/memory/peak_mb", 0.0)),
        blocklisted=blocklisted(plan.folder),
        notes=(*_notes(plan), *filter(None, [summary(stats.get_value(STAT) or {})])),
        skips=dict(sorted(reasons.items())),
        skipped=shown,
    )


def _skips(skips: Iterable[Skip]) -> tuple[Counter[str], tuple[Skip, ...]]:
    """Return how many lines were skipped for which reason, and the first of those that somebody may miss."""
    reasons: Counter[str] = Counter()
    shown: list[Skip] = []
    for skip in skips:
        reasons[str(skip.reason)] += 1
        if skip.reason not in QUIET and len(shown) < SKIPS:
            shown.append(skip)
    return reasons, tuple(shown)


def _browsers(plan: Any) -> list[Browser]:
    return [plan.browser, *([plan.webkit] if plan.webkit else [])]


def _notes(plan: Any) -> Iterator[str]:
    if not all(one.sandbox for one in _browsers(plan)):
        yield NO_SANDBOX
    if not plan.exits and plan.lab_seed is None:
        yield OWN_ADDRESS


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
