"""All that is known of one artifact."""

from dataclasses import dataclass
from typing import Any

from mantis_crawler.items.artifact import Artifact
from mantis_crawler.items.verdict import Lure, Verdict
from mantis_crawler.items.visit import Outcome, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One address that a name leads to."""

    address: str
    ttl: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the DNS said of the artifact's host before any browser started."""

    host: str
    outcome: Outcome | None
    """``None`` if the name is alive; else why it is not worth a visit."""
    answers: tuple[Answer, ...] = ()
    aliases: tuple[str, ...] = ()
    """CNAME targets, in order."""
    detail: str = ""

    @property
    def alive(self) -> bool:
        """Whether a visit is worth it."""
        return self.outcome is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrichment:
    """What one source knows about an artifact, or its error: an error is never *clean*."""

    source: str
    facts: dict[str, Any]
    time: str = ""
    """RFC 3339, UTC."""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloaking:
    """Visits of one artifact that disagree, and how."""

    kinds: tuple[str, ...]
    """XARF v4 words, such as ``user_agent_filtering``; empty if the visits agree."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One artifact with its visits, verdict and enrichment. One artifact gives exactly one record."""

    id: str
    artifact: Artifact
    run: str
    resolution: Resolution | None = None
    """``None`` where the artifact is held, or has an address instead of a name."""
    visits: tuple[Visit, ...] = ()
    outcome: Outcome | None = None
    """The outcome of the visit that tells most, or of the resolution; ``None`` if held."""
    verdict: Verdict | None = None
    """The strongest of the visits' verdicts; ``None`` if no page was seen."""
    cloaking: Cloaking | None = None
    lure: Lure | None = None
    enrichments: tuple[Enrichment, ...] = ()
    attempts: int = 1
    """How often the unit was started; 2 if a crash interrupted it."""
    finished: str = ""
    """RFC 3339, UTC."""
    error: str = ""

    def enrichment(self, source: str) -> dict[str, Any]:
        """Return the facts of one source; empty where it has none."""
        return next((item.facts for item in self.enrichments if item.source == source), {})
