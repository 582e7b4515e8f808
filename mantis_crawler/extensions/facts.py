"""What the report is told of the run, from the plan and the statistics."""

from collections import Counter
from datetime import UTC, datetime

from scrapy import Spider
from scrapy.crawler import Crawler

from mantis_crawler.items import SkipReason
from mantis_crawler.report import RunFacts

QUIET = frozenset({SkipReason.BLANK, SkipReason.COMMENT, SkipReason.HEADER})
"""Reasons for which a skipped line is only counted: nobody misses it."""


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
    skips = plan.ledger.skips()
    return RunFacts(
        run=plan.run,
        started=_rfc3339(started) if started else "",
        finished=_rfc3339(now),
        finish_reason=reason,
        lab_seed=plan.lab_seed,
        feeds=tuple(filter(None, (plan.ledger.about().get("feed", ""),))),
        browser=str(stats.get_value("mantis/browser", "")),
        devices=plan.devices,
        seconds=(now - started).total_seconds() if started else 0.0,
        visits=int(stats.get_value("mantis/visits", 0)),
        captures_per_minute=float(stats.get_value("mantis/captures/per_minute", 0.0)),
        peak_memory_mb=float(stats.get_value("mantis/memory/peak_mb", 0.0)),
        skips=dict(sorted(Counter(str(skip.reason) for skip in skips).items())),
        skipped=tuple(skip for skip in skips if skip.reason not in QUIET),
    )


def _rfc3339(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
