"""Facts for tests: sensible defaults, and keywords for what the test is about."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from mantis_crawler.items import (
    Artifact,
    Device,
    Enrichment,
    Evidence,
    Indicator,
    IndicatorType,
    Lure,
    Outcome,
    Record,
    Resolution,
    Verdict,
    Visit,
)
from mantis_crawler.items.record import Answer


def an_indicator(value: str = "parcel-fee.example", **kw: Any) -> Indicator:
    """Return an indicator of a feed: a URL or host, whichever the value reads as."""
    defaults: dict[str, Any] = {
        "value": value,
        "raw": value,
        "type": IndicatorType.URL if "://" in value else IndicatorType.HOST,
        "feed": "feed.txt",
        "line": 1,
    }
    return Indicator(**(defaults | kw))


def an_artifact(url: str | None = "http://parcel-fee.example/", **kw: Any) -> Artifact:
    """Return an artifact; host and indicator follow from the URL unless given."""
    host = kw.pop("host", None)
    if host is None:
        host = (urlsplit(url).hostname or "") if url else ""
    indicator = kw.pop("indicator", None) or an_indicator(host or "parcel-fee.example")
    return Artifact(**({"url": url, "host": host, "indicator": indicator} | kw))


def a_verdict(content_class: str = "login", confidence: float = 0.9, **kw: Any) -> Verdict:
    """Return a verdict with one piece of evidence for its class."""
    evidence = (Evidence(content_class=content_class, weight=confidence, reason="a made reason"),)
    return Verdict(content_class=content_class, confidence=confidence, **({"evidence": evidence} | kw))


def a_lure(*, is_lure: bool = True, score: float = 0.9, reasons: Sequence[str] = ("a made reason",)) -> Lure:
    """Return what the judge says of a lure."""
    return Lure(is_lure=is_lure, score=score, reasons=tuple(reasons))


def a_visit(device: str = "android", **kw: Any) -> Visit:
    """Return a visit that loaded a page."""
    url = kw.pop("url", "http://parcel-fee.example/")
    outcome = kw.pop("outcome", Outcome.LOADED)
    seen = outcome in {Outcome.LOADED, Outcome.BLANK, Outcome.CHALLENGE}
    defaults: dict[str, Any] = {
        "device": device,
        "outcome": outcome,
        "url": url,
        "final_url": url if seen else "",
        "status": 200 if seen else None,
        "started": "2026-01-02T03:04:05Z",
        "seconds": 1.5,
    }
    return Visit(**(defaults | kw))


def a_resolution(host: str = "parcel-fee.example", *addresses: str, **kw: Any) -> Resolution:
    """Return a resolution: alive at the addresses, or at one public address if none is given."""
    answers = tuple(Answer(address=address) for address in addresses or ("93.184.215.14",))
    if kw.get("outcome") is not None:
        answers = ()
    return Resolution(**({"host": host, "outcome": None, "answers": answers} | kw))


def an_enrichment(source: str = "warninglists", **facts: Any) -> Enrichment:
    """Return what one source said."""
    return Enrichment(source=source, facts=facts, time="2026-01-02T03:04:05Z")


def a_record(url: str | None = "http://parcel-fee.example/", **kw: Any) -> Record:
    """Return a record of one artifact, visited by both phones, a lure unless told otherwise.

    Give ``artifact``, or the URL that it is made of; ``verdict`` is each visit's verdict too
    where the visits are made here.
    """
    artifact = kw.pop("artifact", None) or an_artifact(url)
    verdict = kw.pop("verdict", a_verdict())
    visits: Sequence[Visit] = kw.pop("visits", None)
    if visits is None:
        visits = [
            a_visit(device, url=artifact.url or "", verdict=verdict) for device in ("android", "iphone")
        ]
    defaults: dict[str, Any] = {
        "id": artifact.id,
        "artifact": artifact,
        "run": "run-1",
        "resolution": a_resolution(artifact.host),
        "visits": tuple(visits),
        "outcome": visits[0].outcome if visits else None,
        "verdict": verdict,
        "lure": a_lure(),
        "finished": "2026-01-02T03:04:09Z",
    }
    return Record(**(defaults | kw))


def a_device(name: str = "android", **kw: Any) -> Device:
    """Return a phone profile with an Android phone's numbers."""
    defaults: dict[str, Any] = {
        "name": name,
        "label": "A made phone",
        "engine": "chromium",
        "user_agent": (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/{major}.0.0.0 Mobile Safari/537.36"
        ),
        "width": 412,
        "height": 783,
        "screen_width": 412,
        "screen_height": 915,
        "scale": 2.625,
        "mobile": True,
        "touch_points": 5,
        "platform": "Linux armv81",
        "platform_name": "Android",
        "platform_version": "15.0.0",
        "model": "Pixel 9",
        "cores": 8,
    }
    return Device(**(defaults | kw))
