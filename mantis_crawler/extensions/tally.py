"""What has happened so far, in numbers and as lines for a person."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from mantis_crawler.items import Outcome, Record

WINDOW = 60.0
"""Seconds that the live rate looks back."""
ENOUGH = 3
"""Visited artifacts before we dare to say how long it will take."""


@dataclass(slots=True)
class Tally:
    """Counts records as they come."""

    started: float
    """Seconds of a clock that never goes back."""
    total: int = 0
    """Units of this run; 0 if not known."""
    limit: int | None = None
    """Artifacts that are visited at the most; `None`: all that are alive."""
    visited: int = 0
    """Artifacts with a visit."""
    done: int = 0
    lures: int = 0
    cloaked: int = 0
    visits: int = 0
    errors: int = 0
    """Visits that ended in an error of our own, not of the site."""
    turned_away: int = 0
    """Artifacts of unknown country that answered the phones with an error or nothing at all."""
    captures: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    holds: Counter[str] = field(default_factory=Counter)
    _times: deque[float] = field(default_factory=deque)

    def add(self, record: Record, now: float) -> None:
        """Count a record that is done."""
        self.done += 1
        if record.visits:
            self.visited += 1
            self._times.append(now)
        self.lures += bool(record.lure and record.lure.is_lure)
        self.cloaked += bool(record.cloaking and record.cloaking.kinds)
        self.visits += len(record.visits)
        self.errors += sum(visit.outcome is Outcome.ERROR for visit in record.visits)
        nothing = record.outcome in {Outcome.HTTP_ERROR, Outcome.BLANK}
        self.turned_away += nothing and not record.artifact.country
        self.captures += sum(len(visit.captures) for visit in record.visits)
        if record.artifact.hold is not None:
            self.holds[record.artifact.hold] += 1
        else:
            self.outcomes[record.outcome or Outcome.ERROR] += 1

    @property
    def only_errors(self) -> bool:
        """Whether there were visits, and not one of them got anywhere."""
        return 0 < self.visits == self.errors

    def per_minute(self, count: int, now: float) -> float:
        """Return how many of something there were a minute since the start."""
        return 60 * count / max(now - self.started, 1.0)

    def rate(self, now: float) -> float:
        """Return the visited artifacts a minute of late: dead names go by the hundred and tell nothing."""
        while self._times and self._times[0] < now - WINDOW:
            self._times.popleft()
        return 60 * len(self._times) / max(min(now - self.started, WINDOW), 1.0)

    def line(self, now: float) -> str:
        """Return the live line."""
        rate = self.rate(now)
        parts = [f"{self.done}/{self.total} artifacts" if self.total else f"{self.done} artifacts"]
        if self.limit != 0:
            parts.append(f"{rate:.0f} visited a minute")
        left = self.total - self.done
        if self.limit is not None:  # the others are looked up only, which takes no time to speak of
            left = min(left, self.limit - self.visited)
        if left > 0 and len(self._times) >= ENOUGH:
            parts.append(f"about {lasting(60 * left / rate)} left")
        parts.append(f"{self.lures} lure{'' if self.lures == 1 else 's'} so far")
        return " · ".join(parts)

    def table(self) -> Iterator[str]:
        """Yield a line for each way in which artifacts ended, the most frequent first."""
        for name, count in _sorted(self.outcomes):
            yield f"  {name.replace('_', ' '):<24}{count:>7,}"
        for name, count in _sorted(self.holds):
            yield f"  {'not visited: ' + name.replace('_', ' '):<24}{count:>7,}"


def lasting(seconds: float) -> str:
    """Return a span of time for a person, such as ``3 min 20 s``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _sorted(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
