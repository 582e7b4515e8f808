"""What a page does out of sight, from real visits: what it asks for, makes, stores and takes away."""

import json
from collections.abc import Iterator

import pytest
from aiohttp import web

from mantis_crawler.browser.evals import SCRIPTS
from mantis_crawler.items import CaptureKind, Visit
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


def scripts(stage: Stage, visit: Visit) -> set[str]:
    kept = [item for item in visit.captures if item.kind is CaptureKind.SCRIPT]
    return {stage.store.get(item).decode() for item in kept}


def test_what_a_page_asks_leave_for_is_told_also_of_its_frames(stage: Stage) -> None:
    stage.pages["/asks"] = """<p>x<iframe src='http://other.stage-site.com/asks-too'></iframe><script>
        navigator.geolocation.getCurrentPosition(() => 0, () => console.log('refused'))</script>"""
    stage.pages["/asks-too"] = "<script>Notification.requestPermission()</script>"
    visit = stage.visit("/asks")
    assert set(visit.permissions) == {"location", "notifications"}
    lines = [json.loads(line)["text"] for line in stage.text(visit, CaptureKind.CONSOLE).splitlines()]
    assert lines == ["refused"]


def test_a_page_finds_no_trace_of_who_listens(stage: Stage) -> None:
    stage.pages["/looks"] = """<p id=said><script>
        const heard = []; console.debug = (...all) => heard.push(...all);
        const ask = Notification.requestPermission;
        ask.call(Notification); window.open('/x');
        const own = Object.getOwnPropertyNames(ask).sort();
        said.textContent = [heard.length, ask.name, ask.length, String(ask), own].join('|');</script>"""
    visit = stage.visit("/looks")
    told = "0|requestPermission|0|function requestPermission() { [native code] }|length,name"
    assert stage.text(visit, CaptureKind.TEXT) == told
    assert visit.permissions == ("notifications",)


def test_a_page_cannot_whisper_to_us(stage: Stage) -> None:
    stage.pages["/forges"] = """<p>x<script>
        console.debug('{"what": "asks", "more": "forged"}'); console.debug('0'.repeat(32) + '{}')</script>"""
    assert stage.visit("/forges").permissions == ()


def test_the_address_of_a_tab_that_a_phone_blocks_is_kept(stage: Stage) -> None:
    stage.pages["/opens"] = "<p>x<script>open('/next?a=1'); open('http://other.stage-site.com/')</script>"
    visit = stage.visit("/opens")
    assert visit.blocked_tabs == ("http://www.stage-site.com/next?a=1", "http://other.stage-site.com/")
    assert visit.popups == ()


def test_no_way_of_making_a_script_hides_it(stage: Stage) -> None:
    stage.pages["/makes"] = r"""<p>x<script>
        window['ev' + 'al']('var first = "by a hidden name"');
        eval('var second = "under another name";\n//# sourceURL=http://other.stage-site.com/x.js');
        new Worker(URL.createObjectURL(new Blob(['self.third = "in a worker"; eval("self.fourth = 1234")'])));
        const blob = document.createElement('script');
        blob.src = URL.createObjectURL(new Blob(['var fifth = "of a blob"'])); document.body.append(blob);
        </script><script>var given = "by the server";
        //# sourceURL=http://other.stage-site.com/given.js
        </script>"""
    assert scripts(stage, stage.visit("/makes")) == {
        'var first = "by a hidden name"',
        'var second = "under another name";\n//# sourceURL=http://other.stage-site.com/x.js',
        'self.third = "in a worker"; eval("self.fourth = 1234")',
        "self.fourth = 1234",
        'var fifth = "of a blob"',
    }


def test_of_many_scripts_the_longest_are_kept_and_the_rest_is_counted(stage: Stage) -> None:
    stage.pages["/floods"] = """<p>x<script>
        for (let n = 10; n < 70; n++) eval(`var noise = ${n};`);
        eval('var lure = "' + 'x'.repeat(500) + '"');</script>"""
    visit = stage.visit("/floods")
    assert len(scripts(stage, visit)) == SCRIPTS
    assert any("x" * 500 in script for script in scripts(stage, visit))
    assert f"of 61 scripts made at run time the longest {SCRIPTS} are kept" in visit.notes


def test_what_frames_of_other_sites_store_is_kept(stage: Stage) -> None:
    stage.pages["/holds"] = "<p>x<iframe src='http://other.stage-site.com/stores'></iframe>"
    stage.pages["/stores"] = lambda _request: web.Response(
        text="<p>y<script>localStorage.kept = 'here'; indexedDB.open('cupboard')</script>",
        content_type="text/html",
        headers={"Set-Cookie": "crumb=2"},
    )
    left = json.loads(stage.text(stage.visit("/holds"), CaptureKind.STORAGE))
    (inner,) = left["frames"]
    assert inner["url"] == "http://other.stage-site.com/stores"
    assert (inner["local"], inner["databases"]) == ([["kept", "here"]], ["cupboard"])
    assert [(item["domain"], item["value"]) for item in left["cookies"]] == [("other.stage-site.com", "2")]


def test_a_frame_that_was_taken_away_is_named(stage: Stage) -> None:
    stage.pages["/removes"] = """<p>x<iframe id=f src='http://other.stage-site.com/inner'></iframe>
        <script>f.onload = () => setTimeout(() => f.remove(), 300)</script>"""
    stage.pages["/inner"] = "<form>pin <input type=password></form>"
    (frame,) = stage.visit("/removes").frames
    assert (frame.kind, frame.url) == ("removed frame", "http://other.stage-site.com/inner")
