"""From visits to a record in the ledger: no stage may cost a record."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mantis_crawler import detectors
from mantis_crawler.catalog import discover
from mantis_crawler.detectors.base import Detector
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.items import (
    CaptureKind,
    ContentClass,
    Dialog,
    Download,
    Frame,
    Outcome,
    Page,
    Part,
    Record,
    Signal,
    Tap,
    View,
    Visit,
)
from mantis_crawler.ledger import Ledger
from mantis_crawler.pipelines.classify import ClassifyPipeline, page_of
from mantis_crawler.pipelines.enrich import EnrichPipeline
from mantis_crawler.pipelines.ledger import LedgerPipeline
from mantis_crawler.store import CaptureStore
from tests.builders import a_lure, a_record, a_verdict, a_visit, an_artifact

LOGIN = """<html><body><h1>Sign in to your account</h1><form action="/login" method="post">
<input type="email" name="email" placeholder="E-mail"><input type="password" name="password">
<button>Sign in</button></form></body></html>"""


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return CaptureStore(tmp_path)


@pytest.fixture
def classify(store: CaptureStore) -> ClassifyPipeline:
    return ClassifyPipeline(discover(detectors, Detector).values(), store)  # type: ignore[type-abstract]


def shown(store: CaptureStore, html: str, text: str, device: str = "android", **kw: Any) -> Visit:
    captures = (
        store.put(CaptureKind.DOM, html.encode()),
        store.put(CaptureKind.TEXT, text.encode()),
    )
    return a_visit(device, captures=captures, **kw)


def test_a_visit_is_judged_by_what_the_store_kept_of_it(
    classify: ClassifyPipeline, store: CaptureStore
) -> None:
    visit = shown(store, LOGIN, "Sign in to your account\nSign in", title="Sign in")
    record = classify.process_item(a_record(visits=(visit,), verdict=None))
    assert record.verdict is not None
    assert record.verdict.content_class == "login"
    assert record.outcome is Outcome.LOADED


def test_what_a_tap_led_to_has_a_verdict_of_its_own_and_tells_most_of_the_record(
    classify: ClassifyPipeline, store: CaptureStore
) -> None:
    behind = shown(store, LOGIN, "Sign in to your account\nSign in").captures
    view = View(url="http://parcel-fee.example/in", title="Sign in", captures=behind)
    tap = Tap(label="Go on", tag="a", x=1, y=1, effects=("navigation",), view=view)
    visit = shown(store, "<a href=/in>Go on</a>", "You have 1 message. Go on", tap=tap)
    record = classify.process_item(a_record(visits=(visit,), verdict=None))
    judged = record.visits[0]
    assert judged.tap is not None
    assert judged.tap.verdict is not None
    assert judged.tap.verdict.content_class == "login"
    assert judged.verdict is not None
    assert judged.verdict.content_class != "login"
    assert record.verdict == judged.tap.verdict


def test_detectors_are_given_frames_and_shadow_trees_too(store: CaptureStore) -> None:
    dom = store.put(CaptureKind.FRAME_DOM, LOGIN.encode())
    visit = shown(store, "<p>hello", "hello")
    frame = Frame(kind="closed shadow", url="http://a.example/", dom=dom.sha256)
    page = page_of(replace(visit, frames=(frame,), captures=(*visit.captures, dom)), store)
    assert page.parts == (Part(kind="closed shadow", url="http://a.example/", html=LOGIN, text=""),)


def test_each_visit_has_its_own_verdict_and_the_record_says_that_they_disagree(
    classify: ClassifyPipeline, store: CaptureStore
) -> None:
    apk = Download(url="http://a/x.apk", name="x.apk", sha256="0" * 64, size=9, type="apk")
    urged = Dialog(kind="alert", text="Please update Chrome to the latest version", order=1, url="http://a/")
    android = shown(store, "<html></html>", "", outcome=Outcome.DOWNLOAD, downloads=(apk,), dialogs=(urged,))
    iphone = shown(store, LOGIN, "Sign in to your account", "iphone", title="Sign in")
    desktop = shown(store, "<html></html>", "", "desktop", outcome=Outcome.BLANK)
    record = classify.process_item(a_record(visits=(android, iphone, desktop), verdict=None))
    classes = [visit.verdict.content_class for visit in record.visits if visit.verdict]
    assert classes == ["download", "login", "blank"]
    assert record.cloaking is not None
    assert record.cloaking.kinds == ("user_agent_filtering",)
    assert record.lure is not None
    assert record.lure.is_lure


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.TIMEOUT, Outcome.TLS_BROKEN, Outcome.CRASHED])
def test_a_page_that_was_not_seen_gets_no_verdict(classify: ClassifyPipeline, outcome: Outcome) -> None:
    record = classify.process_item(a_record(visits=(a_visit(outcome=outcome),), verdict=None))
    assert record.visits[0].verdict is None
    assert record.verdict is None
    assert record.outcome is outcome


def test_a_record_without_visits_is_left_as_it_is(classify: ClassifyPipeline) -> None:
    record = a_record(visits=(), verdict=None, outcome=Outcome.NXDOMAIN)
    assert classify.process_item(record) is record


def test_a_detector_that_raises_is_a_fact_of_the_verdict_not_its_end(store: CaptureStore) -> None:
    class Broken(Detector):
        name = "broken"
        content_class = ContentClass(name="broken")

        def signals(self, page: Page) -> Iterator[Signal]:
            raise RuntimeError(f"no idea what {page.url} is")

    pipeline = ClassifyPipeline([Broken()], store)
    record = pipeline.process_item(a_record(visits=(shown(store, LOGIN, "x"),), verdict=None))
    assert record.verdict is not None
    assert record.verdict.content_class == "unknown"
    (fault,) = [item for item in record.verdict.evidence if item.content_class == "detector_error"]
    assert "broken" in fault.reason
    assert "no idea" in fault.reason


def test_a_capture_that_is_gone_does_not_cost_the_record(
    classify: ClassifyPipeline, store: CaptureStore
) -> None:
    visit = shown(store, LOGIN, "x")
    for capture in visit.captures:
        store.path(capture).unlink()
    record = classify.process_item(a_record(visits=(visit,), verdict=None))
    assert "could not be judged" in record.error
    assert record.verdict is None


class Knows(Enricher):
    name = "knows"

    async def facts(self, record: Record) -> dict[str, Any]:
        return {"host": record.artifact.host}


class Silent(Enricher):
    name = "silent"

    async def facts(self, record: Record) -> dict[str, Any]:
        raise EnrichmentError(f"quota for {record.artifact.host}")


class Buggy(Enricher):
    name = "buggy"

    async def facts(self, record: Record) -> dict[str, Any]:
        return {"first": record.artifact.host[99]}


class Registry(Enricher):
    name = "registration"

    async def facts(self, record: Record) -> dict[str, Any]:
        return {"created": "2026-11-01T00:00:00Z"}


def test_what_others_say_of_a_names_age_reaches_the_records_lure() -> None:
    visit = a_visit(verdict=a_verdict("login"), started="2026-11-05T10:00:00Z")
    judged = a_record(visits=(visit,), lure=a_lure(is_lure=False, score=0.0, reasons=()))
    record = asyncio.run(EnrichPipeline([Registry()]).process_item(judged))
    assert record.lure is not None
    assert "its domain was registered 4 days before the visit" in record.lure.reasons
    assert record.visits == judged.visits


def test_a_source_that_cannot_say_is_on_record_and_costs_nothing() -> None:
    pipeline = EnrichPipeline([Knows(), Silent(), Buggy()])
    record = asyncio.run(pipeline.process_item(a_record()))
    knows, silent, buggy = record.enrichments
    assert knows.facts == {"host": record.artifact.host}
    assert (silent.facts, silent.error) == ({}, f"quota for {record.artifact.host}")
    assert buggy.error.startswith("IndexError")


def test_a_record_leaves_as_it_was_committed(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger.sqlite", {})
    artifact = an_artifact()
    ledger.add([artifact])
    left = LedgerPipeline(ledger).process_item(a_record(artifact=artifact, id=artifact.id, finished=""))
    assert left.finished.endswith("Z")
    assert list(ledger.records()) == [left]
    ledger.close()


class Slow(Enricher):
    name = "slow"
    seconds = 0.01

    async def facts(self, record: Record) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}


def test_a_source_that_takes_too_long_is_unknown() -> None:
    (answer,) = asyncio.run(EnrichPipeline([Slow()]).process_item(a_record())).enrichments
    assert (answer.facts, answer.error) == ({}, "no answer in 0.01 s")
