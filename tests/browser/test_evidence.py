"""What is kept of a visit beside pictures and DOM, from real visits to made pages."""

import asyncio
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web

from mantis_crawler.browser.evidence import Wishes
from mantis_crawler.items import CaptureKind, Handover, HopCause, Outcome, Visit, to_plain
from tests.browser.har import faults
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

RICH = """<!doctype html><title>Rich</title><link rel=icon href="data:image/png;base64,iVBORw0KGgo=">
<link rel=manifest href=/app.json><p>top</p><div id=h></div>
<iframe src='http://other.stage-site.com/frame'></iframe>
<script>
  h.attachShadow({mode: 'closed'}).innerHTML = '<form>secret <input type=password name=pin></form>';
  localStorage.kept = 'here'; sessionStorage.passing = 'there'; document.cookie = 'crumb=1';
  indexedDB.open('cupboard');
  console.log('said aloud');
  eval('var decoded = "the decoded lure";');
  fetch('/post', {method: 'POST', body: 'stolen=1'});
  const line = new WebSocket('ws://www.stage-site.com/line'); line.onopen = () => line.send('over');
  new Worker(URL.createObjectURL(new Blob(["fetch('http://www.stage-site.com/from-worker')"])));
  setTimeout(() => { throw new Error('went wrong'); }, 100);
</script>"""


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def rich(stage: Stage) -> Visit:
    async def line(request: web.Request) -> web.WebSocketResponse:
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        async for message in answer:
            await answer.send_str(f"{message.data} and out")
        return answer

    stage.pages["/rich"] = RICH
    stage.pages["/frame"] = "<p>of another site</p><input name=card>"
    stage.pages["/post"] = web.json_response({"taken": True})
    stage.pages["/from-worker"] = "heard"
    stage.pages["/line"] = line
    stage.visitor.wishes = Wishes(warc=True)
    try:
        return stage.visit("/rich")
    finally:
        stage.visitor.wishes = Wishes()


def texts(stage: Stage, visit: Visit, kind: CaptureKind) -> list[str]:
    return [stage.store.get(item).decode() for item in visit.captures if item.kind is kind]


def entries(stage: Stage, visit: Visit) -> dict[str, Any]:
    log = json.loads(stage.text(visit, CaptureKind.HAR))["log"]
    return {entry["request"]["url"].partition("stage-site.com")[2]: entry for entry in log["entries"]}


def test_frames_of_other_sites_and_closed_shadow_trees_are_kept(stage: Stage, rich: Visit) -> None:
    assert [frame.kind for frame in rich.frames] == ["closed shadow", "frame"]
    doms = texts(stage, rich, CaptureKind.FRAME_DOM)
    assert any('<input type="password" name="pin">' in dom for dom in doms)
    assert any('name="card"' in dom for dom in doms)
    assert set(texts(stage, rich, CaptureKind.FRAME_TEXT)) == {"secret", "of another site"}


def test_a_har_holds_what_the_standard_asks_for(stage: Stage, rich: Visit) -> None:
    assert faults(json.loads(stage.text(rich, CaptureKind.HAR))) == []


def test_requests_are_kept_with_what_was_sent_and_what_came(stage: Stage, rich: Visit) -> None:
    kept = entries(stage, rich)
    assert kept["/rich"]["response"]["content"]["text"] == RICH
    assert kept["/rich"]["serverIPAddress"] == "11.1.1.1"
    assert kept["/post"]["request"]["postData"]["text"] == "stolen=1"
    assert json.loads(kept["/post"]["response"]["content"]["text"]) == {"taken": True}
    assert kept["/frame"]["response"]["status"] == 200
    assert kept["/from-worker"]["response"]["status"] == 200


def test_no_header_of_the_gateway_stands_among_those_the_site_saw(stage: Stage, rich: Visit) -> None:
    names = {item["name"].lower() for item in entries(stage, rich)["/rich"]["request"]["headers"]}
    assert "host" in names
    assert not any(name.startswith("proxy") for name in names)


def test_what_is_said_on_web_sockets_is_kept(stage: Stage, rich: Visit) -> None:
    said = entries(stage, rich)["/line"]["_webSocketMessages"]
    assert [(item["type"], item["data"]) for item in said] == [("send", "over"), ("receive", "over and out")]
    assert rich.sockets == ("ws://www.stage-site.com/line",)


def test_a_warc_of_the_same_can_be_read(stage: Stage, rich: Visit) -> None:
    archiveiterator = pytest.importorskip("warcio.archiveiterator")
    capture = rich.capture(CaptureKind.WARC)
    assert capture is not None
    found = {}
    for record in archiveiterator.ArchiveIterator(BytesIO(stage.store.get(capture))):
        found[record.rec_type, record.rec_headers.get_header("WARC-Target-URI")] = (
            record.content_stream().read()
        )
    assert found["response", "http://www.stage-site.com/rich"].decode() == RICH
    assert found["request", "http://www.stage-site.com/post"] == b"stolen=1"


def test_console_and_errors_are_kept(stage: Stage, rich: Visit) -> None:
    lines = [json.loads(line) for line in stage.text(rich, CaptureKind.CONSOLE).splitlines()]
    said = {line["source"]: line["text"] for line in lines}
    assert said["console-api"] == "said aloud"
    assert said["javascript"].startswith("Error: went wrong")


def test_what_the_page_left_in_the_browser_is_kept(stage: Stage, rich: Visit) -> None:
    left = json.loads(stage.text(rich, CaptureKind.STORAGE))
    assert [(item["name"], item["value"]) for item in left["cookies"]] == [("crumb", "1")]
    assert (left["local"], left["session"]) == ([["kept", "here"]], [["passing", "there"]])
    assert left["databases"] == ["cupboard"]


def test_scripts_made_at_run_time_are_kept_and_ours_are_not(stage: Stage, rich: Visit) -> None:
    assert set(texts(stage, rich, CaptureKind.SCRIPT)) == {
        'var decoded = "the decoded lure";',
        "fetch('http://www.stage-site.com/from-worker')",
    }


def test_icon_manifest_and_workers_are_named(stage: Stage, rich: Visit) -> None:
    icon = rich.capture(CaptureKind.FAVICON)
    assert icon is not None
    assert stage.store.get(icon) == b"\x89PNG\r\n\x1a\n"
    assert rich.web_manifest == "http://www.stage-site.com/app.json"
    assert [name.partition(" ")[0] for name in rich.workers] == ["worker"]


def test_the_manifest_vouches_for_every_file_and_fact(stage: Stage, rich: Visit) -> None:
    manifest = json.loads(stage.text(rich, CaptureKind.MANIFEST))
    others = [item for item in rich.captures if item.kind is not CaptureKind.MANIFEST]
    assert manifest["files"] == {stage.store.name(item): item.sha256 for item in others}
    assert manifest["visit"]["hops"] == to_plain(rich)["hops"]


def test_a_visit_knows_when_things_happened(rich: Visit) -> None:
    timing = rich.timing
    assert timing.answered is not None
    assert timing.settled is not None
    assert timing.looked is not None
    assert 0 < timing.answered < timing.settled < timing.looked < rich.seconds


def test_no_file_is_asked_for_twice(stage: Stage, rich: Visit) -> None:
    asked = [hit for hit in stage.hits if hit in {"/rich", "/frame", "/post", "/from-worker", "/line"}]
    assert sorted(asked) == sorted(set(asked))
    assert "/favicon.ico" not in stage.hits
    assert "/app.json" not in stage.hits


def test_a_new_tab_is_a_visit_below_the_visit(stage: Stage) -> None:
    stage.pages["/opens"] = "<p>main</p><a id=a href='/tab' target=_blank>x</a><script>a.click()</script>"
    stage.pages["/tab"] = "<script>location = '/tab-end'</script>"
    stage.pages["/tab-end"] = "<title>The tab</title><p>in the new tab"
    visit = stage.visit("/opens")
    (tab,) = visit.tabs
    assert (tab.url, tab.title) == ("http://www.stage-site.com/tab-end", "The tab")
    assert [hop.url.rpartition("/")[2] for hop in tab.hops] == ["tab", "tab-end"]
    assert {item.kind for item in tab.captures} == {
        CaptureKind.SCREENSHOT,
        CaptureKind.DOM,
        CaptureKind.TEXT,
        CaptureKind.LAYOUT,
    }
    assert stage.text(visit, CaptureKind.TEXT) == "main\n\nx"


def test_the_one_button_is_tapped_once_and_what_came_of_it_is_told(stage: Stage) -> None:
    stage.pages["/gate"] = """<meta charset=utf-8><title>gate</title><h1>Nouvelle version</h1>
        <button onclick="location='/x.apk'">Télécharger</button>"""
    stage.pages["/x.apk"] = web.Response(
        body=b"PK\x03\x04 not really", headers={"Content-Disposition": 'attachment; filename="x.apk"'}
    )
    visit = stage.visit("/gate")
    assert visit.outcome is Outcome.LOADED
    assert visit.tap is not None
    assert (visit.tap.label, visit.tap.effects) == ("Télécharger", ("download", "request"))
    (file,) = visit.downloads
    assert (file.cause, file.sha1) == (HopCause.TAP, "4b443540c8a1f3ae89f32e471213d6f568e4cae6")
    assert file.referrer.endswith("/gate")
    assert ("Content-Disposition", 'attachment; filename="x.apk"') in file.headers
    assert [hop.url.rpartition("/")[2] for hop in visit.hops] == ["gate"]
    assert stage.hits.count("/x.apk") == 1


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("form", "<form action=/tapped><input name=card><button>Continue</button></form>"),
        ("login", "<input type=password><button onclick=\"location='/tapped'\">OK</button>"),
        ("challenge", "<div class=cf-turnstile></div><button onclick=\"location='/tapped'\">Verify</button>"),
        ("choice", "<a href=/tapped>Download</a><a href=/tapped2>Install</a>"),
        ("hidden", "<a href=/tapped style='opacity:0'>Download</a>"),
        ("covered", "<a href=/tapped>Download</a><div style='position:fixed;inset:0'></div>"),
    ],
)
def test_nothing_is_tapped_that_a_careful_person_would_leave(stage: Stage, name: str, page: str) -> None:
    stage.pages[f"/{name}"] = page
    assert stage.visit(f"/{name}").tap is None
    assert not any("tapped" in hit for hit in stage.hits)


def test_what_a_custom_scheme_would_open_is_told(stage: Stage) -> None:
    stage.pages["/sms"] = "<p>x</p><script>location = 'sms:+441234&body=hello%20you'</script>"
    hop = stage.visit("/sms").hops[-1]
    assert hop.opens == Handover(action="message", target="+441234", text="hello you")


def test_a_dialog_is_told_with_its_time_and_our_answer(stage: Stage) -> None:
    stage.pages["/asks"] = "<script>alert('a'); prompt('b', 'c')</script>"
    first, second = stage.visit("/asks").dialogs
    assert (first.answer, second.answer) == ("accepted", "c")
    assert first.at is not None
    assert second.at is not None
    assert first.at < second.at


def test_a_refresh_that_is_announced_is_waited_for(stage: Stage) -> None:
    stage.pages["/later"] = "<meta http-equiv=refresh content='3;url=/arrived'><p>wait"
    stage.pages["/arrived"] = "<p>arrived"
    visit = stage.visit("/later")
    assert stage.text(visit, CaptureKind.TEXT) == "arrived"


def test_a_slow_download_is_kept_as_far_as_it_came(stage: Stage) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(
            headers={"Content-Disposition": "attachment", "Content-Length": "99999999"}
        )
        await answer.prepare(request)
        try:
            for _ in range(100):
                await answer.write(b"PK\x03\x04" + bytes(100_000))
                await asyncio.sleep(0.2)
        except ConnectionError:
            pass
        return answer

    stage.pages["/slow"] = "<script>location = '/slow.bin'</script>"
    stage.pages["/slow.bin"] = slow
    stage.visitor.patience, patience = stage.patience.__class__(cap=2, deadline=9), stage.visitor.patience
    try:
        visit = stage.visit("/slow")
    finally:
        stage.visitor.patience = patience
    (file,) = visit.downloads
    assert (file.cut, file.type, file.error) == (True, "zip", "did not end in time")
    assert file.sha256 is not None
    assert file.size > 100_000


def test_without_its_package_a_warc_is_missed_and_nothing_else(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "warcio.warcwriter", None)
    stage.pages["/plain"] = "<p>plain"
    stage.visitor.wishes = Wishes(warc=True)
    try:
        visit = stage.visit("/plain")
    finally:
        stage.visitor.wishes = Wishes()
    assert visit.outcome is Outcome.LOADED
    assert any("pip install warcio" in note for note in visit.notes)


def test_what_a_page_posts_as_blob_file_or_beacon_is_kept(stage: Stage) -> None:
    script = """
      const form = new FormData(); form.append('card', new Blob(['4111']), 'card.txt');
      const send = (path, body) => fetch(path, {method: 'POST', body});
      send('/post?blob', new Blob(['from a blob']));
      send('/post?form', form);
      send('/post?bytes', new Uint8Array([255, 254, 0, 1]));
      send('/post?long', 'x'.repeat(100000));
      send('/post?huge', new Blob(['y'.repeat(2000000)]));
      navigator.sendBeacon('/post?beacon', new Blob(['by beacon']));"""
    stage.pages["/post"] = lambda _request: web.Response(text="taken")
    stage.pages["/posts"] = f"<p>sends</p><script>{script}</script>"
    kept = {url: entry["request"] for url, entry in entries(stage, stage.visit("/posts")).items()}
    assert kept["/post?blob"]["postData"]["text"] == "from a blob"
    assert "4111" in kept["/post?form"]["postData"]["text"]
    assert kept["/post?bytes"]["postData"] | {"mimeType": ""} == {
        "mimeType": "",
        "params": [],
        "text": "//4AAQ==",
        "_encoding": "base64",
    }
    assert kept["/post?beacon"]["postData"]["text"] == "by beacon"
    assert (kept["/post?long"]["bodySize"], len(kept["/post?long"]["postData"]["text"])) == (100000, 65536)
    assert kept["/post?long"]["comment"] == "65536 of 100000 bytes are kept"
    assert (kept["/post?huge"]["bodySize"], "postData" in kept["/post?huge"]) == (-1, False)
    assert kept["/post?huge"]["comment"]


def test_a_new_tab_that_is_a_file_is_not_looked_at_as_a_page(stage: Stage) -> None:
    stage.pages["/tabfile"] = "<p>x</p><a id=a href=/app.bin target=_blank>x</a><script>a.click()</script>"
    stage.pages["/app.bin"] = lambda _request: web.Response(
        body=b"PK\x03\x04", headers={"Content-Disposition": "attachment"}
    )
    visit = stage.visit("/tabfile")
    assert [view.note for view in visit.tabs] == ["a file came, no page"]
    assert [file.size for file in visit.downloads] == [4]


@pytest.mark.usefixtures("rich")
def test_a_web_socket_message_that_is_cut_is_marked(stage: Stage) -> None:
    stage.pages["/long"] = """<p>talks<script>
        const line = new WebSocket('ws://www.stage-site.com/line');
        line.onopen = () => { line.send('short'); line.send('x'.repeat(5000)); };</script>"""
    said = entries(stage, stage.visit("/long"))["/line"]["_webSocketMessages"]
    sent = [(len(item["data"]), item.get("_cut", False)) for item in said if item["type"] == "send"]
    assert sent == [(5, False), (4096, True)]
