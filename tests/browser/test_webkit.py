"""Visits by a driver's public interface alone: on Chromium here, and on WebKit where it is installed."""

import asyncio
import gzip
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web

from mantis_crawler.browser import webkit
from mantis_crawler.browser.find import Browser
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.webkit import WebkitError, choose, find_webkit
from mantis_crawler.items import CaptureKind, HopCause, Outcome
from tests.browser.public_stage import PublicStage, needs_webkit
from tests.browser.stage import DEVICES

PATIENCE = Patience(quiet=0.4, stalled=2, cap=4, navigation=6, deadline=20)
ENGINES = [
    pytest.param("chromium", marks=pytest.mark.browser),
    pytest.param("webkit", marks=[pytest.mark.browser, needs_webkit]),
]


@pytest.fixture(scope="module", params=ENGINES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicStage]:
    with PublicStage(tmp_path_factory.mktemp("stage"), engine=request.param, patience=PATIENCE) as stage:
        yield stage


@pytest.fixture(autouse=True)
def empty(request: pytest.FixtureRequest) -> None:
    if "stage" in request.fixturenames:
        stage = request.getfixturevalue("stage")
        stage.pages.clear()
        stage.hits.clear()
        stage.inside.clear()


def test_a_page_is_kept_as_picture_dom_and_text_and_says_what_was_worn(stage: PublicStage) -> None:
    stage.pages["/"] = "<title>Hello</title><p>what a person sees</p><p hidden>what nobody sees</p>"
    visit = stage.visit(device="iphone")
    assert (visit.outcome, visit.status, visit.title) == (Outcome.LOADED, 200, "Hello")
    assert visit.final_url == "http://www.stage-site.com/"
    assert stage.text(visit, CaptureKind.TEXT) == "what a person sees"
    assert "what nobody sees" in stage.text(visit, CaptureKind.DOM)
    shot = visit.capture(CaptureKind.SCREENSHOT)
    assert shot is not None
    assert stage.store.get(shot).startswith(b"\x89PNG")
    assert stage.hits == ["/"]
    label = {"chromium": "Chromium", "webkit": "WebKit"}[stage.engine]
    assert visit.profile == f"iphone profile on {label}"
    assert visit.browser.startswith(f"{stage.engine} ")
    assert visit.browser.split()[1][0].isdecimal()
    assert (visit.languages, visit.time_zone) == (("en-US", "en"), "America/New_York")


def test_the_phone_is_told_by_the_contexts_options(stage: PublicStage) -> None:
    seen: list[str] = []

    def answer(request: web.Request) -> web.Response:
        seen.extend((request.headers["User-Agent"], request.headers["Accept-Language"]))
        script = """p.textContent = [navigator.userAgent, navigator.language, devicePixelRatio, screen.width,
            Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.maxTouchPoints > 0].join('|')"""
        page = f"<meta name=viewport content='width=device-width'><p id=p></p><script>{script}</script>"
        return web.Response(text=page, content_type="text/html")

    stage.pages["/"] = answer
    told = stage.text(stage.visit(device="iphone", code="jp"), CaptureKind.TEXT).split("|")
    agent = DEVICES["iphone"].user_agent
    assert told == [agent, "ja-JP", "3", "393", "Asia/Tokyo", "true"]
    assert seen[0] == agent
    assert seen[1].startswith("ja-JP")


def test_a_long_page_is_kept_down_to_a_limit_and_says_that_it_was_cut(stage: PublicStage) -> None:
    stage.pages["/"] = "<body style='margin:0'><div style='height:400000px'>long</div>"
    full = stage.visit(device="iphone").capture(CaptureKind.FULL_PAGE)
    assert full is not None
    assert full.cut


def test_dialogs_are_answered_as_a_patient_victim_would(stage: PublicStage) -> None:
    stage.pages["/"] = """<p id=p></p><script>alert('first'); var yes = confirm('second?');
        var word = prompt('third?'); p.textContent = yes + ' ' + word</script>"""
    visit = stage.visit(device="iphone")
    told = [(item.kind, item.text, item.order) for item in visit.dialogs]
    assert told == [("alert", "first", 1), ("confirm", "second?", 2), ("prompt", "third?", 3)]
    assert stage.text(visit, CaptureKind.TEXT) == "true ok"


def slowly(page: str) -> Callable[[web.Request], object]:
    """An answer that takes its time, as answers from far away do."""

    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return web.Response(text=page, content_type="text/html")

    return answer


def test_each_hop_has_its_cause_as_far_as_it_can_be_worked_out(stage: PublicStage) -> None:
    stage.pages["/"] = web.Response(status=302, headers={"Location": "/a"})
    stage.pages["/a"] = "<script>setTimeout(() => location = '/b', 300)</script>"
    stage.pages["/b"] = "<script>setTimeout(() => location.replace('/c'), 300)</script>"
    stage.pages["/c"] = "<form id=f method=post action=/d></form><script>f.submit()</script>"
    stage.pages["/d"] = "<p>the end<script>history.pushState({}, '', '/elsewhere')</script>"
    visit = stage.visit(device="iphone")
    assert [(hop.url.rpartition("/")[2], hop.cause, hop.status) for hop in visit.hops] == [
        ("", HopCause.START, 302),
        ("a", HopCause.HTTP, 200),
        ("b", HopCause.SCRIPT, 200),
        ("c", HopCause.SCRIPT, 200),
        ("d", HopCause.FORM, 200),
    ]
    assert visit.final_url.endswith("/d")


def test_a_file_that_a_script_hands_out_is_kept_in_quarantine(stage: PublicStage) -> None:
    stage.pages["/"] = "<script>alert('update');location.replace('/x.apk')</script>"
    stage.pages["/x.apk"] = web.Response(
        body=b"PK\x03\x04 not really",
        headers={"Content-Disposition": 'attachment; filename="..%2f../chrome.apk"'},
    )
    visit = stage.visit(device="iphone")
    assert (visit.outcome, visit.error) == (Outcome.DOWNLOAD, "")
    (file,) = visit.downloads
    assert (file.type, file.size, file.error) == ("zip", 15, "")
    capture = visit.capture(CaptureKind.DOWNLOAD)
    assert capture is not None
    assert file.sha256 == capture.sha256
    assert [dialog.text for dialog in visit.dialogs] == ["update"]


def test_a_few_kilobytes_that_grow_to_gigabytes_are_ended(stage: PublicStage) -> None:
    bomb = gzip.compress(gzip.compress(bytes(1_500_000_000), 1), 9)
    stage.pages["/"] = web.Response(
        body=bomb,
        headers={"Content-Encoding": "gzip, gzip", "Content-Disposition": "attachment; filename=x.bin"},
    )
    visit = stage.visit(device="iphone")
    assert all(file.size <= 110_000_000 for file in visit.downloads)
    assert any("ended" in note for note in visit.notes) or not any(file.sha256 for file in visit.downloads)


WAYS = """<p>hello</p><iframe src='{inside}'></iframe><img src='{inside}'>
    <link rel=prefetch href='{inside}'><script>
    fetch('{inside}', {mode: 'no-cors'}).catch(() => 0); new WebSocket('{inside}'.replace('http', 'ws'));
    navigator.sendBeacon('{inside}', 'x'); new Worker(URL.createObjectURL(new Blob([`fetch('{inside}')`])));
    window.open('{inside}'); setTimeout(() => location = '{inside}', 200)</script>"""


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "inside.stage-site.com"])
def test_no_page_reaches_into_our_own_network(stage: PublicStage, host: str) -> None:
    inside = f"http://{host}:{stage.inside_port}/secret"
    stage.pages["/"] = WAYS.replace("{inside}", inside)
    visit = stage.visit(device="iphone")
    assert stage.inside == []
    # the page that led there was shown, and is kept
    held = any(inside in note and "does not let it go" in note for note in visit.notes)
    assert held is (visit.outcome is Outcome.LOADED)
    assert visit.outcome in {Outcome.LOADED, Outcome.BLOCKED_BY_GATEWAY, Outcome.NXDOMAIN}
    assert visit.hops[-1].url == inside
    assert visit.hops[-1].status is None


CALL = """<p id=p>none</p><script>
    const asked = {iceServers: [{urls: 'stun:127.0.0.1:PORT'}], iceTransportPolicy: 'all'};
    const call = new RTCPeerConnection(asked), found = [];
    call.setConfiguration(asked);
    const shown = [call.constructor === RTCPeerConnection, call instanceof RTCPeerConnection,
      RTCPeerConnection.name, String(RTCPeerConnection).includes('native code')];
    const tell = () => p.textContent = [found.length, ...shown].join();
    tell();
    call.onicecandidate = (event) => { if (event.candidate) found.push(event.candidate.candidate); tell(); };
    call.createDataChannel('x');
    call.createOffer().then((offer) => call.setLocalDescription(offer));
    fetch('/slow')</script>"""


def test_a_call_from_page_to_page_sends_nothing_beside_the_gateway(stage: PublicStage) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        stage.pages["/"] = CALL.replace("PORT", str(listener.getsockname()[1]))
        stage.pages["/slow"] = slowly("")
        visit = stage.visit(device="iphone")
        told = stage.text(visit, CaptureKind.TEXT)
        if told == "none":
            pytest.skip("this engine was built without calls")
        assert told == "0,true,true,RTCPeerConnection,true"
        listener.settimeout(0.1)
        with pytest.raises(TimeoutError):
            listener.recv(2048)


def test_what_the_server_sent_is_kept_of_a_page_that_spins(stage: PublicStage) -> None:
    stage.pages["/"] = "<title>t</title><h1>seen</h1><script>setTimeout(() => {while(true);}, 300)</script>"
    visit = stage.visit(device="iphone")
    assert (visit.outcome, visit.title) == (Outcome.LOADED, "t")
    assert stage.text(visit, CaptureKind.TEXT) == "seen"
    assert any("as the server sent it" in note for note in visit.notes)
    stage.pages["/calm"] = "<p>calm"
    assert stage.visit("/calm", device="iphone").outcome is Outcome.LOADED


def test_a_storm_of_dialogs_ends(stage: PublicStage) -> None:
    stage.pages["/"] = "<h1>seen</h1><script>while(true) alert('again')</script>"
    visit = stage.visit(device="iphone")
    assert {dialog.text for dialog in visit.dialogs} == {"again"}
    assert len(visit.dialogs) == 20
    assert any("dialogs" in note for note in visit.notes)


def test_a_storm_of_new_tabs_ends_with_a_picture_of_the_page(stage: PublicStage) -> None:
    stage.pages["/"] = """<a id=a href='/new' target=_blank>x</a>
        <script>for (let i = 0; i < 30; i++) a.click()</script><p>seen"""
    stage.pages["/new"] = "<p>new"
    visit = stage.visit(device="iphone")
    assert len(visit.popups) <= 10
    assert "seen" in stage.text(visit, CaptureKind.TEXT)
    assert visit.capture(CaptureKind.SCREENSHOT)


def test_a_page_cannot_lie_about_what_it_shows(stage: PublicStage) -> None:
    stage.pages["/"] = """<title>real</title><p>really here</p><script>
        Object.defineProperty(HTMLElement.prototype, 'innerText', {get: () => 'a lie'});
        Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'a lie'});
        String.prototype.slice = () => 'a lie'; JSON.stringify = () => 'a lie'</script>"""
    visit = stage.visit(device="iphone")
    assert stage.text(visit, CaptureKind.TEXT) == "really here"
    assert "a lie" not in stage.text(visit, CaptureKind.DOM).split("<script>")[0]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (web.Response(status=404, text="gone", content_type="text/html"), Outcome.HTTP_ERROR),
        (web.Response(text="", content_type="text/html"), Outcome.BLANK),
        (web.Response(status=204), Outcome.BLANK),
    ],
    ids=["404", "empty", "204"],
)
def test_what_a_server_says_is_the_outcome(
    stage: PublicStage, answer: web.Response, outcome: Outcome
) -> None:
    stage.pages["/"] = answer
    visit = stage.visit(device="iphone")
    assert (visit.outcome, visit.status) == (outcome, answer.status)


def test_a_dead_driver_and_a_dead_browser_are_started_again(stage: PublicStage) -> None:
    stage.pages["/"] = "<p>alive"
    stage.visit(device="iphone")
    before = stage.handler.visitor
    assert before is not None
    (seat,) = before.pool._seats.values()
    stage._runner.run(seat.browser.close())
    assert stage.visit(device="iphone").outcome is Outcome.LOADED
    assert before.pool.launched == 2
    assert stage.handler._driver is not None
    stage._runner.run(stage.handler._driver.stop())
    assert stage.visit(device="iphone").outcome is Outcome.LOADED
    assert stage.handler.visitor is not before


def test_chromium_is_taken_where_there_is_no_webkit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webkit, "webkit_file", lambda: None)
    assert choose("auto", unsafe=True) is None
    assert choose("", unsafe=True) is None
    assert choose("chromium", unsafe=True) is None
    with pytest.raises(WebkitError, match=r"is not installed; install it with: .*playwright install"):
        choose("WebKit", unsafe=False)
    with pytest.raises(WebkitError, match="MANTIS_IPHONE_ENGINE is auto, webkit, chromium, not 'gecko'"):
        choose("gecko", unsafe=False)


def test_a_webkit_that_does_not_start_is_an_error_by_name_and_no_choice_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(webkit, "webkit_file", lambda: str(tmp_path / "pw_run.sh"))
    with pytest.raises(WebkitError, match=r"does not start \(.+\); install it with"):
        choose("webkit", unsafe=False)
    assert choose("auto", unsafe=True) is None


def test_webkit_is_not_chosen_by_itself_where_nothing_locks_its_pages_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webkit, "webkit_file", lambda: "/pw_run.sh")
    monkeypatch.setattr(webkit, "SANDBOXED", False)
    started = Browser(path="/pw_run.sh", source="playwright", engine="webkit", version="27.2", sandbox=False)
    monkeypatch.setattr(webkit, "find_webkit", lambda: started)
    assert choose("auto", unsafe=False) is None
    assert choose("auto", unsafe=True) is started
    assert choose("webkit", unsafe=False) is started


@needs_webkit
@pytest.mark.browser
def test_webkit_is_found_within_a_running_loop() -> None:
    async def inside() -> str:
        return find_webkit().version

    assert asyncio.run(inside())[0].isdecimal()
