"""Grows indicators into artifacts: asks the providers, writes what was found and what was cut."""

import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from mantis_crawler.expansion.base import Asker as AskerOfAny
from mantis_crawler.expansion.growth import Growth
from mantis_crawler.items import Artifact, to_json, to_plain
from mantis_crawler.lab import Lab
from mantis_crawler.spiders.asker import Asker
from mantis_crawler.spiders.feeds import merged
from mantis_crawler.spiders.ground import ListedGround
from mantis_crawler.spiders.growing import Growing, make_growing
from mantis_crawler.spiders.prices import prices
from mantis_crawler.spiders.prices import told as prices_told

logger = logging.getLogger(__name__)

ARTIFACTS, ACCOUNT = "artifacts.jsonl", "expansion.json"
"""The files of an expansion: what a crawl goes on with, and the account of it."""


class ExpandSpider(Spider):
    """``scrapy crawl expand``; `ARGUMENTS` of its plan says what may be asked of it."""

    name = "expand"
    custom_settings: dict[str, Any] | None = {  # noqa: RUF012 - declared so by Scrapy
        # what it yields are artifacts, not records; what it loads are answers, not pages
        "ITEM_PIPELINES": {},
        "DOWNLOAD_HANDLERS": {
            "http": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
            "https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
            "ask": "mantis_crawler.middlewares.wire.WireHandler",
            "whois": "mantis_crawler.middlewares.whois.WhoisHandler",
        },
        # how many requests a provider gets at once, and how fast, is the asker's matter
        "CONCURRENT_REQUESTS": 64,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "EXTENSIONS": {
            "mantis_crawler.extensions.manifest.ManifestExtension": 200,
            "scrapy.extensions.logstats.LogStats": None,
            "scrapy.extensions.memusage.MemoryUsage": None,
        },
    }

    def __init__(self, growing: Growing, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.growing = growing
        self.arguments = growing.arguments
        self.run = growing.run
        self.run_folder = growing.folder
        self.total = len(growing.feed.indicators)
        self.asker: AskerOfAny | None = kwargs.get("asker")
        self.lab: Lab | None = None
        self.account: dict[str, Any] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> Self:
        """Make the spider of a plan; where none is given, from the arguments.

        Raises:
            PlanError: the arguments are not right.
        """
        asker = arguments.pop("asker", None)
        growing = arguments.pop("plan", None) or make_growing(crawler.settings, arguments)
        spider = super().from_crawler(crawler, *args, growing=growing, asker=asker)
        crawler.signals.connect(spider.ended, signals.engine_stopped)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield each artifact: the indicators' own, and what they led to."""
        plan = self.growing
        if plan.lab_seed is not None:
            self.lab = await Lab.start(plan.lab_seed)
        asker = self.asker = self.asker or Asker.from_crawler(self.crawler, self.lab)
        growth = Growth(
            asker=asker, ground=ListedGround(), pivots=plan.pivots, limits=plan.limits, direct=plan.direct
        )
        if plan.dry_run:
            questions = growth.first_questions(plan.indicators)
            found = prices(questions, asker, self.settings, on_lab=self.lab is not None)
            self.account = {**self._about(), "prices": found}
            write_json(plan.folder / ACCOUNT, self.account)
            return
        await growth.grow(plan.indicators)
        artifacts = everything(plan, growth)
        spent = {name: cost for name, cost in sorted(getattr(asker, "spent", {}).items()) if cost}
        self.account = {**self._about(), **account(plan, growth, artifacts), "credits": spent}
        write_lines(plan.folder / ARTIFACTS, map(to_json, artifacts))
        write_json(plan.folder / ACCOUNT, self.account)
        for artifact in artifacts:
            yield to_plain(artifact)

    def _about(self) -> dict[str, Any]:
        plan = self.growing
        return {
            "run": plan.run,
            "written": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "lab_seed": plan.lab_seed,
            "pivots": [pivot.name for pivot in plan.pivots],
            "limits": to_plain(plan.limits),
        }

    async def ended(self) -> None:
        """Let go of the answers and the lab."""
        if isinstance(self.asker, Asker):
            self.asker.close()
        if self.lab is not None:
            await self.lab.close()


def everything(plan: Growing, growth: Growth) -> tuple[Artifact, ...]:
    """Return the artifacts of a case: the indicators' own first, then the most strongly tied."""
    own = [artifact for indicator in plan.indicators for artifact in plan.direct.artifacts(indicator)]
    grown = sorted(growth.artifacts(), key=lambda artifact: -artifact.strength)
    return merged((*own, *plan.given, *grown))[0]


def account(plan: Growing, growth: Growth, artifacts: tuple[Artifact, ...]) -> dict[str, Any]:
    """Return the account of an expansion: what came in, what was asked, found and cut."""
    grown = [artifact for artifact in artifacts if artifact.expansion]
    skips = {str(reason): count for reason, count in plan.feed.reasons.items()}
    return {
        "feed": {
            "name": plan.feed.name,
            "format": plan.feed.source,
            "lines": plan.feed.lines,
            "indicators": len(plan.feed.indicators),
            "skips": dict(sorted(skips.items())),
        },
        "questions": dict(sorted(growth.questions.items())),
        "artifacts": len(grown),
        "artifacts_by_pivot": dict(Counter(artifact.expansion[-1].pivot for artifact in grown).most_common()),
        "indicators_found_again": sorted(growth.overlap),
        "cuts": [to_plain(cut) for cut in growth.cuts],
    }


def told(path: Path) -> Iterator[str]:
    """Yield what a person wants to know of an expansion's account."""
    if not path.is_file():
        yield "The expansion ended before it was done; its log says why."
        return
    plain = json.loads(path.read_text("utf-8"))
    if "prices" in plain:
        yield from prices_told(plain["prices"])
        return
    for pivot, count in plain["artifacts_by_pivot"].items():
        yield f"  {count:6,} by {pivot}"
    cuts = Counter(cut["reason"] for cut in plain["cuts"])
    cut = ", ".join(f"{count} {reason}" for reason, count in cuts.most_common())
    yield f"{plain['artifacts']:,} artifacts; cut: {cut or 'nothing'}. See {path.parent}"


def write_lines(path: Path, lines: Iterator[str]) -> None:
    """Write lines whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    part.replace(path)


def write_json(path: Path, plain: dict[str, Any]) -> None:
    """Write plain data as readable JSON, whole or not at all."""
    write_lines(path, iter((json.dumps(plain, ensure_ascii=False, indent=2),)))
