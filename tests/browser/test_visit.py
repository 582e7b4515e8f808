"""Visits to made pages with the real browser: whatever a page does, there is a visit with its evidence."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from aiohttp import web

from mantis_crawler.items import CaptureKind, HopCause, Outcome
from tests.browser.stage import Stage, headers_of

pytestmark = pytest.mark.browser

SPIN = "<h1>before</h1><script>while(true);</script>"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(autouse=True)
def empty(stage: Stage) -> None:
    stage.pages.clear()
    stage.hits.clear()
    stage.inside.clear()


def test_a_page_is_kept_as_picture_dom_and_text(stage: Stage) -> None:
    stage.pages["/"] = "<title>Hello</title><p>what a person sees</p><p hidden>what nobody sees</p>"
    visit = stage.visit()
    assert (visit.outcome, visit.status, visit.title) == (Outcome.LOADED, 200, "Hello")
    assert stage.text(visit, CaptureKind.TEXT) == "what a person sees"
    assert "what nobody sees" in stage.text(visit, CaptureKind.DOM)
    shot = visit.capture(CaptureKind.SCREENSHOT)
    assert shot is not None
    assert stage.store.get(shot).startswith(b"\x89PNG")


def test_a_page_is_asked_for_once(stage: Stage) -> None:
    stage.pages["/once"] = "<p>once"
    stage.visit("/once")
    assert stage.hits.count("/once") == 1


def test_a_long_page_is_kept_down_to_a_limit_and_says_that_it_was_cut(stage: Stage) -> None:
    stage.pages["/"] = "<body style='margin:0'><div style='height:400000px'>long</div>"
    full = stage.visit().capture(CaptureKind.FULL_PAGE)
    assert full is not None
    assert full.cut


def test_dialogs_are_answered_as_a_patient_victim_would_and_their_text_is_kept(stage: Stage) -> None:
    stage.pages["/"] = """<p id=p></p><script>alert('first'); var yes = confirm('second?');
        var word = prompt('third?'); p.textContent = yes + ' ' + word</script>"""
    visit = stage.visit()
    assert [(item.kind, item.text, item.order) for item in visit.dialogs] == [
        ("alert", "first", 1),
        ("confirm", "second?", 2),
        ("prompt", "third?", 3),
    ]
    assert stage.text(visit, CaptureKind.TEXT) == "true ok"


def test_each_hop_has_its_cause(stage: Stage) -> None:
    stage.pages["/"] = web.Response(status=302, headers={"Location": "/a"})
    stage.pages["/a"] = "<meta http-equiv=refresh content='0;url=/b'>"
    stage.pages["/b"] = "<script>setTimeout(() => location.replace('/c'), 500)</script>"
    stage.pages["/c"] = "<p>the end"
    visit = stage.visit()
    assert [(hop.url.rpartition("/")[2], hop.cause, hop.status) for hop in visit.hops] == [
        ("", HopCause.START, 302),
        ("a", HopCause.HTTP, 200),
        ("b", HopCause.META, 200),
        ("c", HopCause.SCRIPT, 200),
    ]
    assert visit.final_url.endswith("/c")


@pytest.mark.parametrize("script", ["location='/x.apk'", "location.replace('/x.apk')"])
def test_a_file_that_a_script_hands_out_is_kept_in_quarantine(stage: Stage, script: str) -> None:
    stage.pages["/"] = f"<script>alert('update');{script}</script>"
    stage.pages["/x.apk"] = web.Response(
        body=b"PK\x03\x04 not really",
        headers={"Content-Disposition": 'attachment; filename="..%2f../chrome.apk"'},
    )
    visit = stage.visit()
    assert visit.outcome is Outcome.DOWNLOAD
    (file,) = visit.downloads
    assert (file.type, file.size, file.error) == ("zip", 15, "")
    capture = visit.capture(CaptureKind.DOWNLOAD)
    assert capture is not None
    assert file.sha256 == capture.sha256
    assert [text.text for text in visit.dialogs] == ["update"]


def test_a_link_that_is_a_file_itself_is_a_download(stage: Stage) -> None:
    stage.pages["/"] = web.Response(body=b"%PDF-1.7", content_type="application/x-apple-aspen-config")
    visit = stage.visit()
    assert visit.outcome is Outcome.DOWNLOAD
    assert visit.error == ""


WAYS = (
    "<script>location='{inside}'</script>",
    "<meta http-equiv=refresh content='0;url={inside}'>",
    "<iframe src='{inside}'></iframe><img src='{inside}'>",
    "<script>fetch('{inside}', {mode: 'no-cors'}).catch(() => 0)</script>",
    "<script>new WebSocket('{inside}'.replace('http', 'ws'))</script>",
    "<script>window.open('{inside}')</script>",
    "<form id=f method=post action='{inside}'></form><script>f.submit()</script>",
    "<link rel=prefetch href='{inside}'><link rel=preload as=fetch href='{inside}'>",
    "<script>new Worker(URL.createObjectURL(new Blob([`fetch('{inside}')`])))</script>",
    "<script>navigator.sendBeacon('{inside}', 'x')</script>",
)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "inside.stage-site.com"]
)
def test_no_page_reaches_into_our_own_network(stage: Stage, host: str) -> None:
    inside = f"http://{host}:{stage.inside_port}/secret"
    for number, way in enumerate(WAYS):
        stage.pages[f"/{number}"] = "<p>hello</p>" + way.replace("{inside}", inside)
    visits = stage.visits(*stage.pages)
    assert stage.inside == []
    asked = {item.result for visit in visits for item in visit.connections if "www" not in item.host}
    assert asked
    assert asked <= {"not_public", "nxdomain"}  # no name server knows localhost


def test_a_redirect_into_our_own_network_is_blocked_and_says_so(stage: Stage) -> None:
    inside = f"http://127.0.0.1:{stage.inside_port}/secret"
    stage.pages["/"] = web.Response(status=302, headers={"Location": inside})
    visit = stage.visit()
    assert visit.outcome is Outcome.BLOCKED_BY_GATEWAY
    assert stage.inside == []
    assert visit.hops[-1].url == inside
    assert visit.hops[-1].status is None


def test_a_page_that_spins_is_freed_and_looked_at(stage: Stage) -> None:
    stage.pages["/"] = "<h1>seen</h1><script>setTimeout(() => {while(true);}, 300)</script>"
    visit = stage.visit()
    assert visit.outcome is Outcome.LOADED
    assert stage.text(visit, CaptureKind.TEXT) == "seen"
    assert visit.seconds < 25


def test_an_alert_storm_ends(stage: Stage) -> None:
    stage.pages["/"] = "<h1>seen</h1><script>while(true) alert('again')</script>"
    visit = stage.visit()
    assert visit.seconds < 25
    assert visit.dialogs[0].text == "again"
    assert len(visit.dialogs) <= 20


def test_a_page_beside_a_spinning_one_is_not_disturbed(stage: Stage) -> None:
    stage.pages["/spin"] = SPIN
    stage.pages["/calm"] = "<p>calm"
    calm = stage.visits("/spin", "/calm", "/spin", "/calm")[1::2]
    assert [visit.outcome for visit in calm] == [Outcome.LOADED] * 2
    assert all(visit.capture(CaptureKind.SCREENSHOT) for visit in calm)


def test_new_tabs_are_noted_and_closed(stage: Stage) -> None:
    stage.pages["/"] = "<a id=a href='/new' target=_blank>x</a><script>a.click()</script>"
    stage.pages["/new"] = "<p>new"
    visit = stage.visit()
    assert visit.outcome is Outcome.LOADED
    assert len(visit.popups) <= 1


def test_two_visits_share_no_cookie_and_no_storage(stage: Stage) -> None:
    stage.pages["/"] = """<p id=p></p><script>p.textContent = [document.cookie, localStorage.x].join('|');
        document.cookie = 'seen=1'; localStorage.x = 1</script>"""
    stage.visit()
    assert stage.text(stage.visit(), CaptureKind.TEXT) == "|"


def test_a_page_cannot_lie_about_what_it_shows(stage: Stage) -> None:
    stage.pages["/"] = """<title>real</title><p>really here</p><script>
        Object.defineProperty(HTMLElement.prototype, 'innerText', {get: () => 'a lie'});
        Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'a lie'});
        String.prototype.slice = () => 'a lie'; JSON.stringify = () => 'a lie'</script>"""
    visit = stage.visit()
    assert stage.text(visit, CaptureKind.TEXT) == "really here"
    assert "a lie" not in stage.text(visit, CaptureKind.DOM).split("<script>")[0]


@pytest.mark.parametrize(
    ("device", "agent"),
    [("android", "Android 10; K"), ("iphone", "iPhone; CPU iPhone OS"), ("desktop", "Windows NT")],
)
def test_each_device_sends_its_own_headers(stage: Stage, device: str, agent: str) -> None:
    seen: list[Mapping[str, str]] = []
    stage.pages["/"] = headers_of(seen)
    stage.visit(device=device, code="fr")
    (sent,) = seen
    assert agent in sent["user-agent"]
    assert "Headless" not in str(sent)
    assert "Scrapy" not in str(sent)
    assert sent["accept-language"] == "fr-FR,fr;q=0.9"
    assert "proxy-connection" not in sent


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, Outcome.HTTP_ERROR), (500, Outcome.HTTP_ERROR), (200, Outcome.BLANK)]
)
def test_what_a_server_says_is_the_outcome(stage: Stage, status: int, outcome: Outcome) -> None:
    stage.pages["/"] = web.Response(
        status=status, text="gone" if status != 200 else "", content_type="text/html"
    )
    visit = stage.visit()
    assert (visit.outcome, visit.status) == (outcome, status)


def test_the_browser_goes_on_after_a_crash(stage: Stage) -> None:
    stage.pages["/"] = "<p>alive"
    stage.visit()
    before = stage.visitor.pool.launched
    seat = stage.visitor.pool._seats["android", "en-US", "en"]
    stage._runner.run(seat.browser.close())
    assert stage.visit().outcome is Outcome.LOADED
    assert stage.visitor.pool.launched == before + 1


def test_a_storm_of_new_tabs_ends(stage: Stage) -> None:
    stage.pages["/"] = """<a id=a href='/new' target=_blank>x</a>
        <script>for (let i = 0; i < 100; i++) a.click()</script><p>seen"""
    stage.pages["/new"] = "<p>new"
    visit = stage.visit()
    assert len(visit.popups) <= 10
    stage.pages["/calm"] = "<p>calm"
    assert stage.visit("/calm").outcome is Outcome.LOADED


def test_a_url_of_megabytes_is_cut(stage: Stage) -> None:
    stage.pages["/"] = "<script>for (let i = 0; i < 5; i++) location = 'intent:' + 'x'.repeat(2e6)</script>"
    visit = stage.visit()
    assert max(len(hop.url) for hop in visit.hops) <= 4000


def test_a_few_kilobytes_that_grow_to_gigabytes_are_ended(stage: Stage) -> None:
    bomb = gzip.compress(gzip.compress(bytes(1_500_000_000), 1), 9)
    stage.pages["/"] = web.Response(
        body=bomb,
        headers={"Content-Encoding": "gzip, gzip", "Content-Disposition": "attachment; filename=x.bin"},
    )
    visit = stage.visit()
    assert all(file.size <= 110_000_000 for file in visit.downloads)
    assert any("ended" in note for note in visit.notes) or not any(file.sha256 for file in visit.downloads)


def test_a_page_that_shows_something_only_after_a_silence_is_waited_for(stage: Stage) -> None:
    stage.pages["/"] = (
        "<p id=a>One moment ...</p><script>setTimeout(() => {"
        "a.innerHTML = 'Your account is locked: <input name=pin>' }, 2500)</script>"
    )
    stage.visitor.patience = replace(stage.patience, bides=True)
    visit = stage.visit("/")
    stage.visitor.patience = stage.patience
    assert stage.text(visit, CaptureKind.TEXT).startswith("Your account is locked")
    assert [capture.kind for capture in visit.captures].count(CaptureKind.SCREENSHOT) == 1


def test_a_page_that_has_something_to_show_is_not_waited_for(stage: Stage) -> None:
    stage.pages["/"] = (
        f"<p id=a>{'Bread and cakes. ' * 20}</p><script>setTimeout(() => a.remove(), 2500)</script>"
    )
    stage.visitor.patience = replace(stage.patience, bides=True)
    visit = stage.visit("/")
    stage.visitor.patience = stage.patience
    assert stage.text(visit, CaptureKind.TEXT).startswith("Bread and cakes.")


def test_junk_that_a_page_makes_hides_no_file_of_a_server(stage: Stage) -> None:
    stage.pages["/junk"] = """<p>files<script>
        const get = (href) => Object.assign(document.createElement('a'), {href, download: 'x'}).click();
        for (let n = 0; n < 12; n++) setTimeout(get, 100 * n, 'data:application/zip,' + n);
        setTimeout(get, 1400, '/late.apk')</script>"""
    stage.pages["/late.apk"] = lambda _request: web.Response(body=b"PK\x03\x04late")
    files = stage.visit("/junk").downloads
    assert [file.size for file in files if file.url.endswith("/late.apk")] == [8]
    beyond = [file for file in files if file.error == "beyond the cap on downloads"]
    assert beyond
    assert all(file.url.startswith("data:") and file.name and file.sha256 is None for file in beyond)


@pytest.mark.parametrize("device", ["android", "iphone"])
def test_a_page_that_is_not_secure_is_told_the_same_of_notifications_everywhere(
    stage: Stage, device: str
) -> None:
    stage.pages["/asks"] = """<p id=p>waits</p><script>
        navigator.permissions.query({name: 'notifications'}).then((found) => {
            p.textContent = [self.Notification && Notification.permission, found.state].join() });
        </script>"""
    text = stage.text(stage.visit("/asks", device=device), CaptureKind.TEXT)
    assert text == {"android": "denied,denied", "iphone": ",prompt"}[device]
