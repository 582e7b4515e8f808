"""Whether and how an artifact's visits disagree."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from mantis_crawler.items import Cloaking, Outcome, Visit, host_of
from mantis_crawler.judge.records import GATE, NOTHING, VICTIM
from mantis_crawler.judge.verdicts import UNKNOWN

SURE = 0.6
"""Confidence that a visit's class must have to disagree with another visit's."""
UNHARMED = 0.5
"""The same, where nothing on the page speaks for a class that can harm: whatever it is, that it is not."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""HTTP statuses that the next visit may not get: they prove nothing."""
_SOMETHING = frozenset({Outcome.LOADED, Outcome.DOWNLOAD})
_USED_UP = "the link is used up"


def compare(visits: Sequence[Visit]) -> Cloaking:
    """Return whether and how an artifact's visits disagree, in XARF v4's words.

    Conservative: a visit that failed, or got a status that passes (429, 503, ...), proves
    nothing, nor does a page of no known class, nor ``other`` beside a theme. A decoy of any
    class is one: what counts beside a login is that nothing, or little, on it speaks for a login. Two visits
    disagree if one shows something that the other surely does not: a login or download
    beside any other class, or a theme beside nothing. A gate before the one and none before
    the other is ``captcha``. A 404 for one and a page for the other, whatever it shows, is no dead
    name but a fence; a link that says it is used up, ``time_based_display``.

    Visits of one device through different exits that disagree are ``geo_blocking``: address,
    languages and clock differed together. One that was forbidden (401, 403) is no proof: exits'
    addresses are known and shut out whatever their country. Visits that differ in more than
    one of device, exit and depth are not compared: it could be either.
    """
    seen = [visit for visit in visits if _telling(visit)]
    pairs = ((one, other) for one, other in combinations(seen, 2) if _comparable(one, other))
    kinds = {_difference(one, other) for one, other in pairs} - {""}
    if not kinds:
        return Cloaking(kinds=())
    shown = "; ".join(f"{who(visit)}: {shown_by(visit)}" for visit in seen)
    return Cloaking(kinds=tuple(sorted(kinds)), reasons=(shown, *_detours(seen)))


def _telling(visit: Visit) -> bool:
    if visit.outcome is Outcome.HTTP_ERROR or (visit.status or 0) >= 400:
        return visit.status not in _PASSING
    return visit.outcome in {Outcome.LOADED, Outcome.DOWNLOAD, Outcome.BLANK, Outcome.CHALLENGE}


def shown_by(visit: Visit) -> str:
    """Return the class that a visit shows; where no verdict says it, its outcome may."""
    named = visit.verdict.content_class if visit.verdict else UNKNOWN
    if named != UNKNOWN:
        return named
    by_outcome = {Outcome.BLANK: "blank", Outcome.HTTP_ERROR: "error", Outcome.DOWNLOAD: "download"}
    return by_outcome.get(visit.outcome, GATE if visit.outcome is Outcome.CHALLENGE else UNKNOWN)


def who(visit: Visit) -> str:
    """Return the device of a visit, and its exit."""
    return f"{visit.device} through {visit.exit}" if visit.exit else visit.device


def _comparable(one: Visit, other: Visit) -> bool:
    differ = (one.device != other.device, one.exit != other.exit, one.depth is not other.depth)
    return sum(differ) <= 1


def _difference(one: Visit, other: Visit) -> str:
    shown = {shown_by(one), shown_by(other)}
    if _fenced(one, other):
        return _by(one, other)
    if len(shown) == 1 or UNKNOWN in shown or not (_sure(one) and _sure(other)):
        return ""
    if GATE in shown:
        return "captcha" if shown - {GATE, "other"} - NOTHING else ""
    if not shown & VICTIM and not (shown & NOTHING and shown - NOTHING - {"other"}):
        return ""
    if _used_up(one) or _used_up(other):
        return "time_based_display"
    return _by(one, other)


def _fenced(one: Visit, other: Visit) -> bool:
    """Whether one visit was told that there is nothing, where the other was shown a page or given a file."""
    gone, shown = sorted((one, other), key=lambda visit: visit.status != 404)
    return gone.status == 404 and (shown.status or 200) < 400 and shown.outcome in _SOMETHING


def _by(one: Visit, other: Visit) -> str:
    """Return what two visits that disagree differ in, in XARF's words."""
    if one.device != other.device:
        return "user_agent_filtering"
    forbidden = {one.status, other.status} & {401, 403}
    return "geo_blocking" if one.exit != other.exit and not forbidden else "other"


def _sure(visit: Visit) -> bool:
    verdict = visit.verdict
    if verdict is None or verdict.content_class == UNKNOWN:
        return True
    harms = VICTIM & {verdict.content_class, *(name for name, _ in verdict.others)}
    return verdict.confidence >= (SURE if harms else UNHARMED)


def _used_up(visit: Visit) -> bool:
    if visit.status == 410:
        return True
    found = visit.verdict.evidence if visit.verdict else ()
    return any(item.content_class == "error" and item.reason.startswith(_USED_UP) for item in found)


def _detours(seen: Sequence[Visit]) -> Iterator[str]:
    """Yield which device was led to another host than the first."""
    hosts = {who(visit): host_of(visit.final_url or visit.url) for visit in seen}
    first = next(iter(hosts.values()), "")
    return (f"{device} was led to {host!r}" for device, host in hosts.items() if host != first)
