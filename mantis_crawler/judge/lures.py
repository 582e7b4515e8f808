"""Whether an artifact is out to harm a victim: more than a class."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from mantis_crawler.items import Cloaking, Evidence, Lure, Record, Visit
from mantis_crawler.judge.cloaking import shown_by, who
from mantis_crawler.judge.records import VICTIM, verdicts_of
from mantis_crawler.judge.seeing import SUSPICION
from mantis_crawler.judge.weights import noisy_or

LURE_THRESHOLD = 0.58
"""Score from which an artifact is a lure: more than any one weak reason, or cloaking alone. Of saved honest
pages under their own names, the highest score was 0.55; most kits score above 0.8."""
PLAIN = 0.75
"""Score from which it is one although its page looks to be for something else, if it asks for a credential
or hands out a file at all: such as a kit that promises followers."""
HARDLY, CERTAIN = 0.02, 0.95
"""Likelihood of a harmful class below which such a page needs this score: an article with a box to log in is
no lure, however odd the name that it is served under."""
YOUNG = ((30, 0.3), (90, 0.2), (365, 0.1))
"""Days that a domain is younger than when it was visited, and what that weighs: most lures are visited within
weeks of their registration, and so are many honest sites; it never makes a lure by itself."""
BAITS = frozenset({"asks_secret", "ended", "file"})
"""Signs of a page that asks for a credential, or hands out a file."""


def lure_of(record: Record) -> Lure:
    """Return whether a record's artifact is out to harm, by its visits and by when its domain was registered.

    A visit's verdict is of what was seen; only the record knows what others say of the name.
    """
    return lure(record.visits, record.cloaking, str(record.enrichment("registration").get("created") or ""))


def lure(visits: Sequence[Visit], cloaking: Cloaking | None, created: str = "") -> Lure:
    """Return whether an artifact is out to harm a victim.

    Two things are needed: a class that can harm (login, download), and reasons to suspect it:
    what the visits' evidence of suspicion says, each reason once at its greatest weight, and
    how the visits disagree. The score takes the reasons as independent (noisy-or); from 0.58
    on it is a lure. A page that is mainly of another class, but has signs of a harmful one, is
    a lure from 0.75 on, and from 0.95 on if it is hardly likely to be of a harmful one. An honest
    login under its own name has no reasons: a class alone never makes a lure. What the one tap on
    a page led to counts as what the page showed.

    Args:
        visits: of the artifact.
        cloaking: how they disagree.
        created: when its domain was registered, where that is known (RFC 3339).
    """
    harmful = [visit for visit in visits if _harms(visit)]
    threshold = LURE_THRESHOLD
    if not harmful:
        harmful = [visit for visit in visits if _could_harm(visit)]
        threshold = PLAIN if any(_chance(visit) >= HARDLY for visit in harmful) else CERTAIN
    if not harmful:
        return Lure(is_lure=False, score=0.0)
    reasons = _suspicions(visits)
    reasons.update(_disagreement(visits, cloaking))
    reasons.update(_youth(visits, created))
    score = round(noisy_or(reasons.values()), 4)
    shown = dict.fromkeys(f"{who(visit)} shows {_shows(visit)}" for visit in harmful)
    ordered = sorted(reasons, key=lambda reason: (-reasons[reason], reason))
    told = (*shown, *ordered) if reasons else ()
    return Lure(is_lure=score >= threshold, score=score, reasons=told)


def _harms(visit: Visit) -> bool:
    return any(verdict.content_class in VICTIM for verdict in verdicts_of(visit))


def _shows(visit: Visit) -> str:
    behind = visit.tap.verdict if visit.tap else None
    first = shown_by(visit)
    if first in VICTIM or behind is None or behind.content_class not in VICTIM:
        return first
    return f"{behind.content_class} after a tap"


def _evidence(visit: Visit) -> Iterator[Evidence]:
    return (item for verdict in verdicts_of(visit) for item in verdict.evidence)


def _could_harm(visit: Visit) -> bool:
    return any(item.content_class in VICTIM and item.name in BAITS for item in _evidence(visit))


def _chance(visit: Visit) -> float:
    """Return how likely it is, as the judge sees it, that what a visit showed is of a harmful class."""
    others = (other for verdict in verdicts_of(visit) for other in verdict.others)
    return max((sure for name, sure in others if name in VICTIM), default=0.0)


def _suspicions(visits: Iterable[Visit]) -> dict[str, float]:
    """Return every reason once. Visits that show nothing harmful may still name some: their dialogs do."""
    weights: dict[str, float] = {}
    for visit in visits:
        for item in _evidence(visit):
            if item.content_class == SUSPICION:
                weights[item.reason] = max(item.weight, weights.get(item.reason, 0.0))
    return weights


def _youth(visits: Sequence[Visit], created: str) -> dict[str, float]:
    started = min((visit.started for visit in visits if visit.started), default="")
    try:
        age = (datetime.fromisoformat(started) - datetime.fromisoformat(created)).days
    except (ValueError, TypeError):  # unknown, or a time with a zone beside one without
        return {}
    weight = next((weight for days, weight in YOUNG if 0 <= age < days), 0.0)
    return {f"its domain was registered {age} days before the visit": weight} if weight else {}


def _disagreement(visits: Sequence[Visit], cloaking: Cloaking | None) -> dict[str, float]:
    kinds = cloaking.kinds if cloaking else ()
    if not kinds:
        return {}
    if "user_agent_filtering" not in kinds:
        return {f"the visits disagree: {', '.join(kinds)}": 0.25}
    both = {shown_by(visit) for visit in visits} >= VICTIM
    found = {"what it shows depends on the device": 0.5}
    return found | ({"it has a download for one device and a login for another": 0.4} if both else {})
