"""See and judge: from what the visits kept to verdicts."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from mantis_crawler import detectors, judge
from mantis_crawler.catalog import discover
from mantis_crawler.detectors.base import Detector
from mantis_crawler.items import CaptureKind, Frame, Outcome, Page, Part, Record, Visit
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

SHOWN = {Outcome.LOADED, Outcome.DOWNLOAD, Outcome.BLANK, Outcome.HTTP_ERROR}
"""Outcomes after which there is something to judge."""


class ClassifyPipeline:
    """Gives each visit its verdict, and the record the strongest, the cloaking and the lure."""

    def __init__(self, shelf: Iterable[Detector], store: CaptureStore) -> None:
        self.detectors = tuple(shelf)
        self.classes = {item.content_class.name: item.content_class for item in self.detectors}
        self.store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the detectors from their shelf and the store from the run's folder."""
        assert crawler.spider is not None
        folder = crawler.spider.run_folder  # type: ignore[attr-defined]
        return cls(discover(detectors, Detector).values(), CaptureStore(folder))  # type: ignore[type-abstract]

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
        verdicts = (visit.verdict for visit in visits if visit.verdict)
        return replace(
            item,
            visits=visits,
            outcome=judge.principal(visits),
            verdict=judge.strongest(verdicts, self.classes),
            cloaking=cloaking,
            lure=judge.lure(visits, cloaking),
        )

    def judged(self, visit: Visit) -> Visit:
        """Return the visit with its verdict; one that showed nothing gets none."""
        if visit.outcome not in SHOWN:
            return visit
        evidence = judge.see(self.page(visit), self.detectors)
        verdict = judge.judge(evidence, self.classes)
        challenged = verdict.content_class == "challenge" and visit.outcome is Outcome.LOADED
        outcome = Outcome.CHALLENGE if challenged else visit.outcome
        return replace(visit, verdict=verdict, outcome=outcome)

    def page(self, visit: Visit) -> Page:
        """Return what the detectors look at."""
        return Page(
            visit=visit,
            html=self._text(visit, CaptureKind.DOM),
            text=self._text(visit, CaptureKind.TEXT),
            parts=tuple(self._part(visit, frame) for frame in visit.frames),
        )

    def _part(self, visit: Visit, frame: Frame) -> Part:
        kept = {capture.sha256: capture for capture in visit.captures}
        texts = {
            name: self.store.get(kept[digest]).decode("utf-8", "replace") if digest in kept else ""
            for name, digest in (("html", frame.dom), ("text", frame.text))
        }
        return Part(kind=frame.kind, url=frame.url, **texts)

    def _text(self, visit: Visit, kind: CaptureKind) -> str:
        capture = visit.capture(kind)
        return self.store.get(capture).decode("utf-8", "replace") if capture else ""
