"""From a file of indicators to the artifacts of a run: each once, and held where it must not be visited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mantis_crawler import sources
from mantis_crawler.browser.held import Held
from mantis_crawler.catalog import discover
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import Artifact, Hold, Indicator, Pap, Skip, SkipReason
from mantis_crawler.lab import feed as lab_feed
from mantis_crawler.lab.world import World
from mantis_crawler.sources.base import Source
from mantis_crawler.sources.feed import Feed, read_feed, read_text
from mantis_crawler.spiders.arguments import is_hostile


def read_seeds(seeds: str | None, lab_seed: int | None) -> Feed:
    """Return a file of indicators, or the lab's own.

    Raises:
        FeedError: the file cannot be read, or holds none.
    """
    shelf = discover(sources, Source)  # type: ignore[type-abstract]
    if seeds and is_hostile(seeds):
        return read_text(lab_feed.hostile_feed(), "lab-hostile.csv", sources=shelf)
    if seeds:
        return read_feed(Path(seeds).expanduser(), sources=shelf)
    assert lab_seed is not None
    return read_text(lab_feed.feed(World(lab_seed)), f"lab-{lab_seed}.csv", sources=shelf)


def lab_case(seed: int) -> Feed:
    """Return the indicators of the lab's case, which is as large as a published one."""
    shelf = discover(sources, Source)  # type: ignore[type-abstract]
    return read_text(World(seed).case.feed(), f"lab-case-{seed}.csv", sources=shelf)


def artifacts_of(feed: Feed, direct: Direct) -> list[Artifact]:
    """Return the artifacts of a feed: the indicators' own, and those that an expansion left in it."""
    artifacts: list[Artifact] = []
    for entry in feed.indicators:
        artifacts.extend(direct.artifacts(entry) if isinstance(entry, Indicator) else (entry,))
    return artifacts


def permitted(artifacts: Sequence[Artifact], *, exits: bool) -> Iterator[Artifact]:
    """Yield the artifacts, held where a marking of any of them forbids to contact their host.

    A name that is marked holds what lies below it too.

    Args:
        artifacts: All of a run.
        exits: Whether visits go out through exits alone, which is what PAP:AMBER asks for.
    """
    red = Held(artifact.host for artifact in artifacts if artifact.indicator.pap is Pap.RED)
    amber = Held(artifact.host for artifact in artifacts if artifact.indicator.pap is Pap.AMBER)
    for artifact in artifacts:
        if artifact.url is None:
            yield artifact
        elif artifact.indicator.pap is Pap.RED or artifact.host in red:
            yield replace(artifact, hold=Hold.PAP_RED)
        elif not exits and artifact.hold is None and artifact.host in amber:
            yield replace(artifact, hold=Hold.PAP_AMBER)
        else:
            yield artifact


def merged(artifacts: Iterable[Artifact]) -> tuple[tuple[Artifact, ...], tuple[Skip, ...]]:
    """Return the artifacts that differ, and a skip for each that would be the same visit as another.

    Of two that are the same, a held one wins: what one line calls a C2 address is not visited
    because another line does not.
    """
    kept: dict[str, Artifact] = {}
    again: list[Skip] = []
    for artifact in artifacts:
        first = kept.setdefault(artifact.id, artifact)
        if first is artifact:
            continue
        if artifact.hold and not first.hold:
            kept[artifact.id] = artifact
            artifact, first = first, artifact  # noqa: PLW2901 - the other one is left out
        again.append(_same_visit(artifact.indicator, first.indicator))
    return tuple(kept.values()), tuple(again)


def _same_visit(indicator: Indicator, kept: Indicator) -> Skip:
    return Skip(
        feed=indicator.feed,
        line=indicator.line,
        raw=indicator.raw[:200],
        reason=SkipReason.DUPLICATE,
        detail=f"the same visit as line {kept.line}",
    )
