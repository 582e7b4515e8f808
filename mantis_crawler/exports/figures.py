"""The figures of a case, added up record by record.

What is counted is what the records hold: a source that nobody asked gives no figure, not a zero. From
enrichments are read ``geo`` (countries, networks), ``warninglists`` (suffix, dynamic DNS), and of any
source the facts ``registrar``, ``created`` and ``known_bad``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.exports.generated import generated
from mantis_crawler.items import IndicatorType, Record
from mantis_crawler.judge import verdict_of

_MOST = 20
"""Lines of a table of countries, networks or registrars."""


@dataclass(slots=True)
class Group:
    """Counts of the artifacts that came by one pivot, or of all."""

    count: int = 0
    resolved: int = 0
    """Looked up at all."""
    resolving: int = 0
    """Led to an address."""
    dynamic_dns: int = 0
    judged: int = 0
    """Asked about at any source of known bad ones."""
    known_bad: int = 0

    def plain(self) -> dict[str, Any]:
        """Return counts, and shares in hundredths of what was asked."""
        return {
            "count": self.count,
            "dynamic_dns": self.dynamic_dns,
            "dynamic_dns_percent": percent(self.dynamic_dns, self.count),
            "resolving": self.resolving,
            "resolving_percent": percent(self.resolving, self.resolved),
            "known_bad": self.known_bad if self.judged else None,
            "known_bad_percent": percent(self.known_bad, self.judged),
        }


@dataclass(slots=True)
class Population:
    """Artifacts that are counted together."""

    whole: Group = field(default_factory=Group)
    pivots: dict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    addresses: set[str] = field(default_factory=set)
    names: list[tuple[str, str]] = field(default_factory=list)

    def add(self, record: Record, pivot: str) -> None:
        """Count an artifact, and the way by which it came."""
        listed = record.enrichment("warninglists")
        answers = record.resolution.answers if record.resolution else ()
        judgements = [item.facts["known_bad"] for item in record.enrichments if "known_bad" in item.facts]
        for group in (self.whole, self.pivots[pivot]):
            group.count += 1
            group.resolved += record.resolution is not None
            group.resolving += bool(answers)
            group.dynamic_dns += bool(listed.get("dynamic_dns"))
            group.judged += bool(judgements)
            group.known_bad += any(judgements)
        self.addresses.update(answer.address for answer in answers)
        if listed.get("registrable"):
            self.names.append((record.artifact.host, listed.get("suffix", "")))

    def plain(self, named: set[str]) -> dict[str, Any]:
        """Return the counts; *named* are the addresses of indicators."""
        made = len(generated(self.names))
        return {
            **self.whole.plain(),
            "generated": made,
            "generated_percent": percent(made, len(self.names)),
            "addresses": len(self.addresses),
            "addresses_that_are_indicators": len(self.addresses & named),
            "by_pivot": {
                name: group.plain()
                for name, group in sorted(self.pivots.items(), key=lambda item: (-item[1].count, item[0]))
            },
        }


@dataclass(slots=True)
class Figures:
    """The figures so far."""

    indicators: Counter[str] = field(default_factory=Counter)
    """By type."""
    roles: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    """Of indicator addresses; so are the networks."""
    networks: Counter[str] = field(default_factory=Counter)
    registrars: Counter[str] = field(default_factory=Counter)
    """Of all names; so are the years of registration."""
    created: Counter[str] = field(default_factory=Counter)
    grown: Population = field(default_factory=Population)
    """What the indicators led to."""
    own: Population = field(default_factory=Population)
    """The indicators' own artifacts: told where nothing was grown."""
    classes: Counter[str] = field(default_factory=Counter)
    lures: int = 0
    lures_by_device: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    holds: Counter[str] = field(default_factory=Counter)
    _named: set[str] = field(default_factory=set)
    """Indicator addresses."""

    def through(self, records: Iterable[Record]) -> Iterator[Record]:
        """Pass records on, counting each."""
        for record in records:
            self.add(record)
            yield record

    def add(self, record: Record) -> None:
        """Count what a record says."""
        if record.artifact.expansion:
            self.grown.add(record, record.artifact.expansion[-1].pivot)
        else:
            self.own.add(record, "indicator")
            self._indicator(record)
        if registrar := _first(record, "registrar"):
            self.registrars[registrar] += 1
        if created := _first(record, "created"):
            self.created[created[:4]] += 1
        if record.artifact.hold:
            self.holds[record.artifact.hold] += 1
        self._seen(record)

    def plain(self) -> dict[str, Any]:
        """Return the figures, JSON-ready, always in the same order."""
        return {
            "indicators": {
                "count": self.indicators.total(),
                "by_type": _table(self.indicators),
                "by_role": _table(self.roles),
                "countries": _table(self.countries),
                "networks": _table(self.networks),
            },
            "artifacts": (self.grown if self.grown.whole.count else self.own).plain(self._named),
            "registrars": _table(self.registrars),
            "registered_in": dict(sorted(self.created.items())),
            "content_classes": _table(self.classes),
            "lures": self.lures,
            "lures_by_device": {name: _table(seen) for name, seen in sorted(self.lures_by_device.items())},
            "held": _table(self.holds),
        }

    def _indicator(self, record: Record) -> None:
        indicator = record.artifact.indicator
        self.indicators[indicator.type] += 1
        self.roles[indicator.role] += 1
        if indicator.type is not IndicatorType.IP:
            return
        self._named.add(indicator.value)
        for row in record.enrichment("geo").get("addresses", ()):
            self.countries.update(sorted(set(row["countries"].values()))[:1])
            self.networks.update([row["network"]] if row.get("network") else [])

    def _seen(self, record: Record) -> None:
        if record.verdict:
            self.classes[record.verdict.content_class] += 1
        if record.lure and record.lure.is_lure:
            self.lures += 1
            for visit in record.visits:
                if verdict := verdict_of(visit):
                    self.lures_by_device[visit.device][verdict.content_class] += 1


def percent(part: int, whole: int) -> float | None:
    """Return a share in hundredths with two decimals; `None` of nothing."""
    return round(100 * part / whole, 2) if whole else None


def _first(record: Record, fact: str) -> str:
    """Return a fact from the first source that has it; empty if none has."""
    return next((str(item.facts[fact]) for item in record.enrichments if item.facts.get(fact)), "")


def _table(counts: Counter[str]) -> dict[str, int]:
    """Return the most frequent, the rest as one line, so that the sum stays right."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[_MOST:])
    return {**{str(name): count for name, count in ordered[:_MOST]}, **({"others": rest} if rest else {})}
