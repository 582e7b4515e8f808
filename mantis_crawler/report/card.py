"""What a card of the report shows of a record, before the template gives it a face."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mantis_crawler.items import Artifact, CaptureKind, Evidence, Record, Visit
from mantis_crawler.report.gallery import Gallery, Link
from mantis_crawler.report.text import address, clean, host_of, prose, words
from mantis_crawler.report.thumbnails import Thumbnail

COLUMNS = ("android", "iphone")
"""The phones, side by side, where the run does not name its devices."""
CONTROL = "desktop"
REASONS = 8
"""Pieces of evidence that a card shows; the record holds all."""
FACTS = 16
"""Facts that a card shows of one source."""

_KINDS = (
    (CaptureKind.FULL_PAGE, "full page"),
    (CaptureKind.DOM, "source (as text)"),
    (CaptureKind.TEXT, "visible text"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One visit of a card: what this device saw."""

    visit: Visit
    label: str
    screen: bool
    """Whether it is drawn as a desktop's window instead of a phone."""
    bar: str
    """Host in the drawn address bar."""
    thumbnail: Thumbnail | None
    reason: str
    """Why there is no picture."""
    picture: Link | None
    links: tuple[Link, ...]
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


def make_card(record: Record, gallery: Gallery, labels: Mapping[str, str]) -> Card:
    """Return what the card of a record shows."""
    visits = sorted(record.visits, key=lambda visit: column(visit.device, tuple(labels)))
    return Card(
        record=record,
        looks=tuple(_look(visit, gallery, labels) for visit in visits),
        facts=tuple(_sources(record)),
        path=_path(record.artifact),
    )


def column(device: str, devices: Sequence[str]) -> tuple[int, int, str]:
    """Return the place of a device: the run's order or phones first, the desktop control last."""
    known = [name for name in devices or COLUMNS if name != CONTROL]
    place = known.index(device) if device in known else len(known)
    return int(device == CONTROL), place, device


def _look(visit: Visit, gallery: Gallery, labels: Mapping[str, str]) -> Look:
    evidence = sorted(visit.verdict.evidence, key=lambda item: -item.weight) if visit.verdict else []
    links = (gallery.link(visit, kind, label) for kind, label in _KINDS)
    return Look(
        visit=visit,
        label=labels.get(visit.device, visit.device),
        screen=visit.device == CONTROL,
        bar=host_of(visit.final_url or visit.url),
        thumbnail=gallery.thumbnail(visit),
        reason=gallery.reason(visit),
        picture=gallery.link(visit, CaptureKind.SCREENSHOT, "screenshot"),
        links=tuple(link for link in links if link),
        evidence=tuple(evidence[:REASONS]),
        more_evidence=max(0, len(evidence) - REASONS),
    )


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
    told = [(words(str(name)), _text(value)) for name, value in list(facts.items())[:FACTS]]
    yield from ((name, text) for name, text in told if text)
    if len(facts) > FACTS:
        yield "…", f"{len(facts) - FACTS} more in records.jsonl"


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
        pairs = ((clean(name, 40), _text(item, depth + 1)) for name, item in list(value.items())[:FACTS])
        return ", ".join(f"{name} {text}" for name, text in pairs if text)
    texts = [_text(item, depth + 1) for item in value[:FACTS]]
    rest = f" and {len(value) - FACTS} more" if len(value) > FACTS else ""
    return ("; " if any(", " in text for text in texts) else ", ").join(filter(None, texts)) + rest
