"""Which section of the report a record stands in: one, and only one."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.items import CaptureKind, Outcome, Record, Visit

SEEN = frozenset(
    {Outcome.LOADED, Outcome.DOWNLOAD, Outcome.BLANK, Outcome.HTTP_ERROR, Outcome.CHALLENGE},
)
"""Outcomes of a visit in which the site showed or gave something."""

SUSPICIOUS = 0.3
"""Lure score from which a page that is not sure enough for the blocklist is shown as one to look at."""
Order = Callable[[Record], tuple[Any, ...]]


@dataclass(slots=True)
class Section:
    """The first few records of one kind in an order, and how many there are."""

    order: Order
    limit: int
    count: int = 0
    _kept: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count a record, and keep it as long as it is among the first."""
        self.count += 1
        self._kept.append(record)
        if len(self._kept) > 2 * self.limit + 16:
            self._kept = self.records

    @property
    def records(self) -> list[Record]:
        """The first records, in order."""
        return sorted(self._kept, key=self.order)[: self.limit]

    @property
    def more(self) -> int:
        """How many records are counted but not shown."""
        return max(0, self.count - self.limit)


@dataclass(slots=True)
class Sections:
    """All records of a run, told apart, with what is counted of them."""

    cards: int
    rows: int
    total: int = 0
    visited: int = 0
    visits: int = 0
    captures: int = 0
    cloaked: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """Of the artifacts of which nothing was seen."""
    holds: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    """Of the artifacts of which something was seen."""
    profiles: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Device, profile as worn and browser, by visits."""
    browsers: Counter[str] = field(default_factory=Counter)
    lures: Section = field(init=False)
    suspicious: Section = field(init=False)
    pages: dict[str, Section] = field(default_factory=dict)
    unseen: Section = field(init=False)
    held: Section = field(init=False)

    def __post_init__(self) -> None:
        self.lures = Section(_by_score, self.cards)
        self.suspicious = Section(_by_score, self.cards)
        self.unseen = Section(_by_outcome, self.rows)
        self.held = Section(_by_hold, self.rows)

    def add(self, record: Record) -> None:
        """Put a record into its section, and count what it says."""
        self._count(record)
        if record.lure and record.lure.is_lure:
            self.lures.add(record)
        elif record.artifact.hold is not None:
            self.held.add(record)
        elif record.lure and record.lure.score >= SUSPICIOUS:
            self.suspicious.add(record)
        elif _seen(record):
            name = content_class(record)
            self.pages.setdefault(name, Section(_by_confidence, self.cards)).add(record)
        else:
            self.unseen.add(record)

    @property
    def others(self) -> int:
        """How many showed a page that is no lure and not suspicious."""
        return sum(section.count for section in self.pages.values())

    def by_class(self) -> list[tuple[str, Section]]:
        """The pages that are no lures, the largest class first."""
        return sorted(self.pages.items(), key=lambda item: (-item[1].count, item[0]))

    def _count(self, record: Record) -> None:
        self.total += 1
        self.visited += bool(record.visits)
        self.cloaked += bool(record.cloaking and record.cloaking.kinds)
        self.visits += len(record.visits)
        for visit in record.visits:
            self.captures += len(visit.captures)
            self.browsers[visit.browser] += bool(visit.browser)
            if visit.profile:
                self.profiles[visit.device, visit.profile, visit.browser] += 1
        if record.artifact.hold is not None:
            self.holds[record.artifact.hold] += 1
        elif _seen(record) or (record.lure and record.lure.score >= SUSPICIOUS):
            self.classes[content_class(record)] += 1
        else:
            self.outcomes[outcome(record)] += 1


def divide(records: Iterable[Record], *, cards: int, rows: int) -> Sections:
    """Return records in their sections; of each section no more are kept than are shown."""
    sections = Sections(cards=cards, rows=rows)
    for record in records:
        sections.add(record)
    return sections


def content_class(record: Record) -> str:
    """Return the record's content class; ``unknown`` where no verdict was given."""
    return record.verdict.content_class if record.verdict else "unknown"


def outcome(record: Record) -> str:
    """Return how the artifact ended, in the words of the closed list."""
    ended = record.outcome or (record.resolution.outcome if record.resolution else None)
    return ended or Outcome.ERROR


def detail(record: Record) -> str:
    """Return what went wrong with an artifact of which nothing was seen."""
    said = (
        record.error,
        record.resolution.detail if record.resolution else "",
        *(visit.error for visit in record.visits),
    )
    return next((text for text in said if text), "")


def showed(visit: Visit) -> bool:
    """Whether a visit saw anything of the site."""
    return visit.outcome in SEEN or visit.capture(CaptureKind.SCREENSHOT) is not None


def _seen(record: Record) -> bool:
    return any(map(showed, record.visits))


def _by_score(record: Record) -> tuple[Any, ...]:
    return (-(record.lure.score if record.lure else 0), record.artifact.host, record.id)


def _by_confidence(record: Record) -> tuple[Any, ...]:
    return (-(record.verdict.confidence if record.verdict else 0), record.artifact.host, record.id)


def _by_outcome(record: Record) -> tuple[Any, ...]:
    return (outcome(record), record.artifact.host, record.id)


def _by_hold(record: Record) -> tuple[Any, ...]:
    return (str(record.artifact.hold), record.artifact.indicator.value, record.id)
