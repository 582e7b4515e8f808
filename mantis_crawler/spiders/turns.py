"""Who is visited where not all are: each way by which artifacts came gets its share."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, zip_longest
from typing import TypeVar

from mantis_crawler.enrichment.addresses import parse
from mantis_crawler.items import Artifact, Record

_Thing = TypeVar("_Thing")


class Turns:
    """Deals out a limited number of visits.

    Each way is let in up to its share as its artifacts turn out alive; what is alive beyond that waits
    until all are looked up, and then gets what others have left over.

    Args:
        limit: Visits that there are; `None`: no limit.
        artifacts: All that may want one.
    """

    def __init__(self, limit: int | None, artifacts: Iterable[Artifact]) -> None:
        self._limit = limit
        ways = {way_of(artifact) for artifact in artifacts if artifact.hold is None}
        self._share = max(1, (limit or 0) // max(1, len(ways)))
        self._by_way: Counter[str] = Counter()
        self._waiting: list[Record] = []
        self.taken = 0
        """Visits that are dealt out, those of before the run was resumed among them."""

    @property
    def left(self) -> int | None:
        """Visits that are not dealt out yet; `None`: as many as are wanted."""
        return None if self._limit is None else max(0, self._limit - self.taken)

    def must_wait(self, record: Record) -> bool:
        """Return whether a record that is looked up comes again with `late`."""
        if self._limit is None or record.resolution is None or not record.resolution.alive:
            return False
        if self._by_way[way_of(record.artifact)] < self._share and self.taken < self._limit:
            return False
        self._waiting.append(record)
        return True

    def late(self) -> Iterator[Record]:
        """Yield the records that had to wait, way by way in turn."""
        waiting, self._waiting = self._waiting, []
        yield from in_turns(waiting, lambda record: way_of(record.artifact))

    def take(self, artifact: Artifact) -> bool:
        """Return whether an artifact may be visited, and count it."""
        if self._limit is not None and self.taken >= self._limit:
            return False
        self.taken += 1
        self._by_way[way_of(artifact)] += 1
        return True


def way_of(artifact: Artifact) -> str:
    """Return how an artifact came, and whether it is a name or an address."""
    came = artifact.expansion[-1].pivot if artifact.expansion else "indicator"
    return f"{came} {'address' if parse(artifact.host) else 'name'}"


def in_turns(things: Iterable[_Thing], group: Callable[[_Thing], str]) -> Iterator[_Thing]:
    """Yield things of each group in turn, in their order."""
    groups: dict[str, list[_Thing]] = {}
    for thing in things:
        groups.setdefault(group(thing), []).append(thing)
    nothing = object()
    rows = zip_longest(*groups.values(), fillvalue=nothing)
    return (thing for thing in chain.from_iterable(rows) if thing is not nothing)  # type: ignore[misc]
