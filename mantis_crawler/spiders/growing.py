"""What an expansion is going to do, decided and written down before anybody is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scrapy.settings import BaseSettings

from mantis_crawler import expansion
from mantis_crawler.catalog import discover
from mantis_crawler.expansion.base import Pivot
from mantis_crawler.expansion.cut import Limits
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import Artifact, Indicator
from mantis_crawler.sources.base import FeedError
from mantis_crawler.sources.feed import Feed
from mantis_crawler.spiders.arguments import (
    PlanError,
    check_names,
    check_numbers,
    flag,
    lab_seed,
    new_folder,
    number,
    run_name,
)
from mantis_crawler.spiders.feeds import lab_case, read_seeds

ARGUMENTS = {
    "indicators": "file of indicators in any format; none: the lab's own case",
    "lab": "yes: the embedded internet and its providers (needed nowhere if there is no file)",
    "seed": "number that the lab's world is made from; 1 if not given",
    "pivots": "which ways to go, separated by commas; +NAME adds one to those that are on",
    "depth": "1: from the indicators; 2: also from what they led to",
    "fanout": "findings that one question may bring",
    "total": "artifacts that the case may have",
    "weakest": "artifacts that are tied less than this, in hundredths, are cut",
    "addresses": "no: bare IP addresses are kept on record, but not visited",
    "dry_run": "yes: only say what the questions would cost, and ask nobody",
    "folder": "where its files go; none: a new one in MANTIS_OUTPUTS",
}
"""The arguments of ``scrapy crawl expand``."""
_LEAST = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Growing:
    """One expansion, ready to start."""

    run: str
    folder: Path
    lab_seed: int | None
    """Number of the lab's world; `None` on the real internet."""
    feed: Feed
    pivots: tuple[Pivot, ...]
    limits: Limits
    direct: Direct
    dry_run: bool
    arguments: Mapping[str, str]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What it starts from."""
        return tuple(entry for entry in self.feed.indicators if isinstance(entry, Indicator))

    @property
    def given(self) -> tuple[Artifact, ...]:
        """Artifacts of an earlier expansion that the file holds: they are passed on."""
        return tuple(entry for entry in self.feed.indicators if isinstance(entry, Artifact))


def make_growing(settings: BaseSettings, arguments: Mapping[str, str]) -> Growing:
    """Return the plan of an expansion, and make its folder.

    Raises:
        PlanError: an argument, the feed or the folder is not right.
    """
    check_names(arguments, ARGUMENTS)
    check_numbers(settings)
    seeds = arguments.get("indicators")
    seed = lab_seed(arguments, seeds, "scrapy crawl expand -a indicators=FILE")
    limits, pivots = _limits(arguments), _pivots(arguments.get("pivots", ""))
    direct = Direct(visit_addresses=flag(arguments, "addresses", default=True))
    try:
        feed = read_seeds(seeds, seed) if seeds or seed is None else lab_case(seed)
    except FeedError as error:
        raise PlanError(str(error)) from error
    folder = _folder(settings, arguments.get("folder"))
    return Growing(
        run=folder.name,
        folder=folder,
        lab_seed=seed,
        feed=feed,
        pivots=pivots,
        limits=limits,
        direct=direct,
        dry_run=flag(arguments, "dry_run", default=False),
        arguments=dict(arguments),
    )


def _folder(settings: BaseSettings, name: str | None) -> Path:
    if name is None:
        return new_folder(Path(settings.get("MANTIS_OUTPUTS")), run_name())
    folder = Path(name).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError(f"cannot make the folder of the expansion: {error}") from error
    return folder.resolve()


def _limits(arguments: Mapping[str, str]) -> Limits:
    def given(name: str, default: int) -> int:
        return number(arguments, name) if name in arguments else default

    return Limits(
        depth=given("depth", _LEAST.depth),
        fan_out=given("fanout", _LEAST.fan_out),
        total=given("total", _LEAST.total),
        weakest=given("weakest", round(_LEAST.weakest * 100)) / 100,
    )


def _pivots(names: str) -> tuple[Pivot, ...]:
    shelf = discover(expansion, Pivot)  # type: ignore[type-abstract]
    words = [word.strip().lower() for word in names.split(",") if word.strip()]
    wanted = {word.removeprefix("+") for word in words}
    if unknown := sorted(wanted - shelf.keys()):
        raise PlanError(f"no pivot {', '.join(unknown)}: known are {', '.join(shelf)}")
    only = any(not word.startswith("+") for word in words)
    return tuple(pivot for name, pivot in shelf.items() if name in wanted or (pivot.on and not only))
