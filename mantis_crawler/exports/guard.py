"""Which names may stand on a blocklist, and why the others may not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from re import compile as pattern
from typing import Any

from publicsuffixlist import PublicSuffixList

from mantis_crawler.items import Record, host_of
from mantis_crawler.judge import VICTIM, verdict_of, verdicts_of

COLUMNS = ("name", "evidence_id", "content_class", "devices", "confidence", "lure_score")
_CHARACTERS = pattern(r"[a-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A lure's name with its evidence; ``reason`` says why it is kept off the list, empty if it is not."""

    name: str
    record: Record
    reason: str

    @property
    def content_class(self) -> str:
        """What the lure shows: the class of the record's verdict."""
        return self.record.verdict.content_class if self.record.verdict else ""

    @property
    def confidence(self) -> float:
        """How sure the verdict is, 0 to 1."""
        return round(self.record.verdict.confidence, 3) if self.record.verdict else 0.0

    @property
    def score(self) -> float:
        """How much of a lure it is, 0 to 1."""
        return round(self.record.lure.score, 3) if self.record.lure else 0.0

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is a lure."""
        return self.record.lure.reasons if self.record.lure else ()

    @property
    def devices(self) -> str:
        """What each device saw, sorted: ``android=download iphone=login``, or ``android@fr=login``.

        Where a tap led to more than the first page showed, that is what it saw.
        """
        seen = {
            f"{visit.device}@{visit.exit}".rstrip("@"): verdict.content_class
            for visit in self.record.visits
            if (verdict := verdict_of(visit))
        }
        return " ".join(f"{device}={content_class}" for device, content_class in sorted(seen.items()))

    @property
    def cells(self) -> tuple[object, ...]:
        """The row that every table of lures starts with; its columns are ``COLUMNS``."""
        return (
            self.name,
            self.record.id,
            self.content_class,
            self.devices,
            self.confidence,
            self.score,
        )


def candidates(records: Iterable[Record]) -> Iterator[Candidate]:
    """Yield the lures among the records, sorted by name and evidence id.

    Only the host that the artifact names is a candidate: a redirect's other hosts have no evidence
    of their own. The whole host is, never its parent: evidence speaks for what was visited.
    """
    lures = (record for record in records if record.lure is not None and record.lure.is_lure)
    for record in sorted(lures, key=lambda record: (_name(record), record.id)):
        yield Candidate(name=_name(record), record=record, reason=why_not(record) or "")


def why_not(record: Record) -> str | None:
    """Return why a lure's name must not be listed, or ``None`` if it may be.

    Two guards, so that neither alone can let a shared name through. The shape and the public
    suffix are checked here, at the door; popular names, shared hosts and banks are known to the
    warning lists, whose answer comes with the record. No answer is not a clean one: a record
    that nobody looked up is kept off.
    """
    name = _name(record)
    if record.artifact.hold is not None:
        return f"not visited: {record.artifact.hold}"
    return _shape(name) or _elsewhere(record) or _warning(record.enrichment("warninglists"))


def valid_domain(name: str) -> bool:
    """Return whether consumers take a line for a domain: Pi-hole's rules, the strictest we know."""
    labels = name.split(".")
    last = labels[-1]
    return (
        len(name) <= 255
        and _CHARACTERS.fullmatch(name) is not None
        and all(0 < len(label) <= 63 for label in labels)
        and len(labels) >= 2
        and len(last) >= 2
        and not last.startswith("-")
        and not last.endswith("-")
    )


def _name(record: Record) -> str:
    return record.artifact.host.lower().removesuffix(".")


def _shape(name: str) -> str | None:
    if _is_address(name):
        return "a bare address: a domain list cannot hold it, and others may share it"
    if not valid_domain(name):
        return "not a domain name"
    suffix = _suffixes().publicsuffix(name)
    if suffix is None:
        return "ends in no public suffix"
    return "a public or private suffix: others have their names below it" if suffix == name else None


def _elsewhere(record: Record) -> str | None:
    """Return on whose name the harm was seen, if on none of the artifact's own.

    A shortener, an open redirect or a compromised site leads to lures and is none itself.
    """
    owners = set(map(_owner, _harmful(record)))
    if not owners or _owner(_name(record)) in owners:
        return None
    return f"it only redirects: the lure was seen on {', '.join(sorted(owners))}"


def _harmful(record: Record) -> Iterator[str]:
    """Yield the hosts that showed what can harm, at first or after a tap."""
    for visit in record.visits:
        here = visit.final_url or visit.url
        behind = visit.tap.view.url if visit.tap and visit.tap.view else here
        for verdict in verdicts_of(visit):
            if verdict.content_class in VICTIM:
                yield host_of(here if verdict is visit.verdict else behind)


def _owner(host: str) -> str:
    return str(_suffixes().privatesuffix(host) or host)


def _warning(facts: dict[str, Any]) -> str | None:
    reason = facts.get("veto")
    if not isinstance(reason, str):
        return "the warning lists were not asked"
    return reason or None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> Any:
    return PublicSuffixList(accept_unknown=False)
