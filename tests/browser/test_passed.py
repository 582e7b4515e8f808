"""Requests that no page tells of, from real visits."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web

from mantis_crawler.items import CaptureKind, Visit
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.pages["/taken"] = lambda _request: web.Response(text="taken")
        stage.pages["/next"] = "<p>next"
        yield stage


def entries(stage: Stage, visit: Visit) -> dict[str, Any]:
    log = json.loads(stage.text(visit, CaptureKind.HAR))["log"]
    return {entry["request"]["url"].partition("stage-site.com")[2]: entry for entry in log["entries"]}


def test_what_a_page_sends_while_it_is_left_is_kept_with_its_body(stage: Stage) -> None:
    stage.pages["/leaves"] = """<p>bye<script>
        addEventListener('pagehide', () => {
          navigator.sendBeacon('/taken?beacon', 'card=4111');
          fetch('/taken?kept', {method: 'POST', body: 'pin=1234', keepalive: true});
        });
        setTimeout(() => location = '/next', 300);</script>"""
    kept = entries(stage, stage.visit("/leaves"))
    assert kept["/taken?beacon"]["request"]["postData"]["text"] == "card=4111"
    assert kept["/taken?kept"]["request"]["postData"]["text"] == "pin=1234"
    assert "told by the browser" in kept["/taken?beacon"]["comment"]
    assert {hit for hit in stage.hits if "taken" in hit} == {"/taken?beacon", "/taken?kept"}


def test_the_request_of_a_link_that_hands_out_a_file_is_kept(stage: Stage) -> None:
    stage.pages["/hands"] = "<p>x<a id=a download href=/app.bin>x</a><script>a.click()</script>"
    stage.pages["/app.bin"] = lambda _request: web.Response(body=b"PK\x03\x04", headers={"X-Kit": "seven"})
    visit = stage.visit("/hands")
    assert entries(stage, visit)["/app.bin"]["response"]["status"] == 200
    (file,) = visit.downloads
    assert ("X-Kit", "seven") in file.headers
    assert file.referrer.endswith("/hands")


def test_two_visits_side_by_side_are_told_apart(stage: Stage) -> None:
    for name in ("one", "two"):
        stage.pages[f"/{name}"] = f"""<p>{name}<script>
            addEventListener('pagehide', () => navigator.sendBeacon('/taken?{name}', '{name}'));
            setTimeout(() => location = '/next', 300);</script>"""
    first, second = stage.visits("/one", "/two")
    assert "/taken?one" in entries(stage, first)
    assert "/taken?two" not in entries(stage, first)
    assert "/taken?two" in entries(stage, second)
