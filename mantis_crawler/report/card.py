"""What a card of the report shows of a record, before the template gives it a face."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mantis_crawler.items import Artifact, CaptureKind, Depth, Device, Evidence, Record, Verdict, Visit
from mantis_crawler.judge import verdict_of
from mantis_crawler.report.gallery import Gallery, Link
from mantis_crawler.report.text import address, host_of, prose, words
from mantis_crawler.report.thumbnails import Thumbnail

COLUMNS = ("android", "iphone")
"""The phones, side by side, where the run does not name its devices."""
CONTROLS = ("desktop",)
"""The controls, where the run does not name its devices."""
REASONS = 8
"""Pieces of evidence that a card shows; the record holds all."""
FACTS = 16
"""Facts that a card shows of one source."""

_KINDS = (
    (CaptureKind.FULL_PAGE, "full page"),
    (CaptureKind.DOM, "source (as text)"),
    (CaptureKind.TEXT, "visible text"),
    (CaptureKind.HAR, "requests (HAR)"),
    (CaptureKind.CONSOLE, "console"),
    (CaptureKind.STORAGE, "storage"),
    (CaptureKind.SCRIPT, "decoded script"),
    (CaptureKind.MANIFEST, "manifest"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One visit of a card: what this device saw."""

    visit: Visit
    shows: str
    """Class of what it showed, at first or after a tap; else how it ended."""
    behind: Verdict | None
    """Verdict on what a tap led to, if that stands for the visit."""
    label: str
    who: str
    """Device in a word, and its exit."""
    screen: bool
    """Whether it is drawn as a desktop's window instead of a phone."""
    bar: str
    """Host in the drawn address bar."""
    thumbnail: Thumbnail | None
    reason: str
    """Why there is no picture."""
    picture: Link | None
    links: tuple[Link, ...]
    inside: tuple[str, ...]
    """How many frames, workers and the like there were."""
    evidence: tuple[Evidence, ...]
    """The heaviest first."""
    more_evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One record with its looks and what is told beside them."""

    record: Record
    looks: tuple[Look, ...]
    facts: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]
    """Of each source: name, facts as name and text, error."""
    path: tuple[tuple[str, str], ...]
    """The expansion: what it started from and the pivot taken, step by step."""


def make_card(record: Record, gallery: Gallery, devices: Sequence[Device]) -> Card:
    """Return what the card of a record shows."""
    return Card(
        record=record,
        looks=tuple(_look(visit, gallery, devices) for visit in in_columns(record.visits, devices)),
        facts=tuple(_sources(record)),
        path=_path(record.artifact),
    )


def in_columns(visits: Sequence[Visit], devices: Sequence[Device]) -> list[Visit]:
    """Return visits as they stand side by side: exit by exit in the run's order, the controls last."""
    names = [device.name for device in devices] or list(COLUMNS)
    exits = list(dict.fromkeys(visit.exit for visit in visits))

    def place(visit: Visit) -> tuple[int, bool, int]:
        known = visit.device in names
        number = names.index(visit.device) if known else len(names)
        return exits.index(visit.exit), is_control(visit.device, devices), number

    return sorted(visits, key=place)


def is_control(name: str, devices: Sequence[Device]) -> bool:
    """Whether a device is a desktop control instead of a victim's phone."""
    return any(device.control for device in devices if device.name == name) or (
        not devices and name in CONTROLS
    )


def _look(visit: Visit, gallery: Gallery, devices: Sequence[Device]) -> Look:
    verdict = verdict_of(visit)
    evidence = sorted(verdict.evidence, key=lambda item: -item.weight) if verdict else []
    links = (gallery.link(visit, kind, label) for kind, label in _KINDS)
    label = next((device.label for device in devices if device.name == visit.device), visit.device)
    label = f"{label}, in depth" if visit.depth is Depth.DEEP else label
    return Look(
        visit=visit,
        shows=verdict.content_class if verdict else visit.outcome,
        behind=verdict if verdict is not visit.verdict else None,
        label=prose(f"{label} ({visit.exit})" if visit.exit else label, 66),
        who=words(f"{visit.device} {visit.exit}"),
        screen=is_control(visit.device, devices),
        bar=host_of(visit.final_url or visit.url),
        thumbnail=gallery.thumbnail(visit),
        reason=gallery.reason(visit),
        picture=gallery.link(visit, CaptureKind.SCREENSHOT, "screenshot"),
        links=tuple(link for link in links if link),
        inside=tuple(_inside(visit)),
        evidence=tuple(evidence[:REASONS]),
        more_evidence=max(0, len(evidence) - REASONS),
    )


def _inside(visit: Visit) -> Iterator[str]:
    kinds = Counter(frame.kind for frame in visit.frames)
    kinds.update(worker.partition(" ")[0].replace("_", " ") for worker in visit.workers)
    kinds["web socket"] = len(visit.sockets)
    kinds["blocked tab"] = len(visit.blocked_tabs)
    kinds["script made at run time"] = sum(item.kind is CaptureKind.SCRIPT for item in visit.captures)
    yield from (f"{count} x {kind}" for kind, count in sorted(kinds.items()) if count)
    yield from (f"asks for {words(what)}" for what in visit.permissions)


def _path(artifact: Artifact) -> tuple[tuple[str, str], ...]:
    return tuple((address(step.value, 120), words(step.pivot)) for step in artifact.expansion)


def _sources(record: Record) -> Iterator[tuple[str, tuple[tuple[str, str], ...], str]]:
    resolution = record.resolution
    if resolution and (resolution.answers or resolution.aliases or resolution.detail):
        told = {
            "addresses": [answer.address for answer in resolution.answers],
            "aliases": list(resolution.aliases),
            "detail": resolution.detail,
        }
        yield "resolution", tuple(_told(told)), ""
    for enrichment in record.enrichments:
        facts = tuple(_told(enrichment.facts))
        yield words(enrichment.source), facts, prose(enrichment.error)


def _told(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    told = [(words(str(name)), _text(value)) for name, value in facts.items() if value is not False]
    told = [(name, text) for name, text in told if text]
    yield from told[:FACTS]
    if len(told) > FACTS:
        yield "…", f"{len(told) - FACTS} more in records.jsonl"
    if denied := [words(str(name)) for name, value in facts.items() if value is False]:
        yield "none of these", _text(denied)


def _text(value: Any, depth: int = 0) -> str:
    """Any plain value as a short line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if value is None or value in ("", [], {}):
        return ""
    if depth > 2 or not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        return prose(value, 160)
    if isinstance(value, Mapping):
        pairs = ((prose(name, 40), _text(item, depth + 1)) for name, item in list(value.items())[:FACTS])
        return ", ".join(f"{name} {text}" for name, text in pairs if text)
    texts = [_text(item, depth + 1) for item in value[:FACTS]]
    rest = f" and {len(value) - FACTS} more" if len(value) > FACTS else ""
    return ("; " if any(", " in text for text in texts) else ", ").join(filter(None, texts)) + rest
