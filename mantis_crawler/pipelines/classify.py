"""See and judge: from what the visits kept to verdicts."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from mantis_crawler import detectors, judge
from mantis_crawler.catalog import discover
from mantis_crawler.detectors.base import Detector
from mantis_crawler.items import (
    CaptureKind,
    ContentClass,
    Frame,
    Outcome,
    Page,
    Part,
    Record,
    Visit,
    layout_of,
)
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

SHOWN = {Outcome.LOADED, Outcome.DOWNLOAD, Outcome.BLANK, Outcome.HTTP_ERROR}
"""Outcomes after which there is something to judge."""


class ClassifyPipeline:
    """Gives each visit its verdict, and the record the strongest, the cloaking and the lure."""

    def __init__(
        self, shelf: Iterable[Detector], store: CaptureStore, threshold: float | None = None
    ) -> None:
        self.detectors = tuple(shelf)
        self.threshold = threshold
        self.classes = {item.content_class.name: item.content_class for item in self.detectors}
        self.store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the detectors from their shelf and the store from the run's folder."""
        assert crawler.spider is not None
        folder = crawler.spider.run_folder  # type: ignore[attr-defined]
        shelf = discover(detectors, Detector).values()  # type: ignore[type-abstract]
        return cls(shelf, CaptureStore(folder), threshold_of(crawler.settings))

    def process_item(self, item: Record) -> Record:
        """Return the record with its verdicts; one without visits as it is."""
        if not item.visits:
            return item
        try:
            return self.classified(item)
        except Exception as error:  # judging must not cost the record: it can be judged again
            logger.exception("Record %s could not be judged", item.id)
            why = f"could not be judged: {error!r}"[:500]
            return replace(item, outcome=judge.principal(item.visits), error=why)

    def classified(self, item: Record) -> Record:
        """Return the record with a verdict for each visit, and what follows from them."""
        visits = tuple(self.judged(visit) for visit in item.visits)
        cloaking = judge.compare(visits)
        verdicts = (verdict for visit in visits for verdict in judge.verdicts_of(visit))
        judged = replace(
            item,
            visits=visits,
            outcome=judge.principal(visits),
            verdict=judge.strongest(verdicts, self.classes),
            cloaking=cloaking,
        )
        return replace(judged, lure=judge.lure_of(judged))

    def judged(self, visit: Visit) -> Visit:
        """Return the visit with its verdict; one that showed nothing gets none."""
        if visit.outcome not in SHOWN:
            return visit
        seen = judged(page_of(visit, self.store), self.detectors, self.classes, self.threshold)
        behind = page_behind(visit, self.store)
        if behind is None or visit.tap is None:
            return seen
        verdict = judged(behind, self.detectors, self.classes, self.threshold).verdict
        return replace(seen, tap=replace(visit.tap, verdict=verdict))


def threshold_of(settings: BaseSettings) -> float | None:
    """Return the confidence from which a class is said, as the user set it; ``None``: as fitted.

    Raises:
        ValueError: the setting is no number from 0 to 1.
    """
    text = str(settings.get("MANTIS_UNKNOWN_BELOW") or "").strip()
    if not text:
        return None
    try:
        threshold = float(text)
    except ValueError:
        threshold = -1.0
    if not 0.0 <= threshold <= 1.0:
        raise ValueError(f"MANTIS_UNKNOWN_BELOW must be a number from 0 to 1, not {text[:80]!r}")
    return threshold


def judged(
    page: Page,
    shelf: Iterable[Detector],
    classes: Mapping[str, ContentClass],
    threshold: float | None = None,
) -> Visit:
    """Return a page's visit with its verdict; the outcome says so if the page is a challenge."""
    verdict = judge.judge(judge.see(page, shelf), classes, threshold=threshold)
    challenged = verdict.content_class == "challenge" and page.outcome is Outcome.LOADED
    outcome = Outcome.CHALLENGE if challenged else page.outcome
    return replace(page.visit, verdict=verdict, outcome=outcome)


def page_of(visit: Visit, store: CaptureStore) -> Page:
    """Return what the detectors look at.

    Raises:
        FileNotFoundError: a capture is gone.
    """
    html, text = (_text(visit, store, kind) for kind in (CaptureKind.DOM, CaptureKind.TEXT))
    shot = visit.capture(CaptureKind.SCREENSHOT)
    parts = tuple(_part(visit, store, frame) for frame in visit.frames)
    return Page(
        visit=visit,
        html=html,
        text=text,
        parts=parts,
        layout=layout_of(_text(visit, store, CaptureKind.LAYOUT)),
        picture=store.get(shot) if shot else b"",
    )


def page_behind(visit: Visit, store: CaptureStore) -> Page | None:
    """Return what the tap on the page led to, as a page of its own; ``None`` if nothing of it was kept.

    Raises:
        FileNotFoundError: a capture is gone.
    """
    shown = visit.tap.view if visit.tap else None
    if shown is None or not shown.captures:
        return None
    # what the first page did and handed out was judged with that
    then = replace(
        visit,
        outcome=Outcome.LOADED,
        final_url=shown.url,
        title=shown.title,
        captures=shown.captures,
        frames=(),
        dialogs=(),
        downloads=(),
        tap=None,
    )
    return page_of(then, store)


def _part(visit: Visit, store: CaptureStore, frame: Frame) -> Part:
    kept = {capture.sha256: capture for capture in visit.captures}
    texts = {
        name: store.get(kept[digest]).decode("utf-8", "replace") if digest in kept else ""
        for name, digest in (("html", frame.dom), ("text", frame.text))
    }
    return Part(kind=frame.kind, url=frame.url, **texts)


def _text(visit: Visit, store: CaptureStore, kind: CaptureKind) -> str:
    capture = visit.capture(kind)
    return store.get(capture).decode("utf-8", "replace") if capture else ""
