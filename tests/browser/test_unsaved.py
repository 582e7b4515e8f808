"""Files that no phone keeps, files by every cause, and documents that break off; from real visits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from mantis_crawler.browser.exchange import Exchange
from mantis_crawler.browser.unsaved import kept
from mantis_crawler.items import CaptureKind, Hop, HopCause, Outcome
from mantis_crawler.store import CaptureStore
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

APP = b"PK\x03\x04 no real app"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.pages["/app.bin"] = lambda _request: web.Response(
            body=APP, headers={"Content-Disposition": "attachment; filename=kit.apk"}
        )
        yield stage


def refusing(status: int) -> web.Response:
    kind = "application/vnd.android.package-archive"
    return web.Response(
        status=status,
        body=APP,
        content_type=kind,
        headers={"Content-Disposition": "attachment; filename=k.apk"},
    )


@pytest.mark.parametrize("status", [403, 404])
def test_an_app_that_comes_with_an_error_is_kept_and_the_visit_says_so(stage: Stage, status: int) -> None:
    stage.pages["/refuses"] = lambda _request: refusing(status)
    visit = stage.visit("/refuses")
    assert (visit.outcome, visit.status) == (Outcome.HTTP_ERROR, status)
    assert visit.error == f"a file came with HTTP {status}: browsers keep none of it"
    (file,) = visit.downloads
    assert (file.name, file.size, file.type, file.error) == ("k.apk", len(APP), "zip", visit.error)
    assert visit.capture(CaptureKind.DOWNLOAD) is not None


@pytest.mark.parametrize(
    "numbered",
    [f"filename*{'9' * 5000}*=x", "filename*=utf-8''a; filename*0=b"],
    ids=["a number too long", "a whole and a part"],
)
def test_a_name_that_no_parser_takes_costs_no_evidence(tmp_path: Path, numbered: str) -> None:
    told = {"Content-Disposition": f"attachment; {numbered}"}
    url = "http://a.example/k.apk"
    came = Exchange(
        session=None, request="1", kind="Document", started=0, clock=0, url=url, got=told, body=APP
    )
    file = kept(Hop(url=url, cause=HopCause.START, status=403), came, CaptureStore(tmp_path))
    assert (file.name, file.size) == ("k.apk", len(APP))


def test_a_page_that_leads_to_such_an_app_says_so_too(stage: Stage) -> None:
    stage.pages["/leads"] = "<p>wait<script>location = '/refuses'</script>"
    stage.pages["/refuses"] = lambda _request: refusing(403)
    visit = stage.visit("/leads")
    assert visit.outcome is Outcome.HTTP_ERROR
    assert visit.notes == ("no picture: a file came with HTTP 403: browsers keep none of it",)
    assert [file.cause for file in visit.downloads] == [HopCause.SCRIPT]


@pytest.mark.parametrize(
    ("cause", "page"),
    [
        (HopCause.FRAME, "<p>x<iframe src=/app.bin></iframe>"),
        (HopCause.ATTRIBUTE, "<p>x<a id=a download href=/app.bin>x</a><script>a.click()</script>"),
        (HopCause.TAB, "<p>x<a id=a target=_blank href=/app.bin>x</a><script>a.click()</script>"),
        (HopCause.FORM, "<p>x<form id=a action=/app.bin></form><script>a.submit()</script>"),
        (HopCause.SCRIPT, "<p>x<script>location = '/app.bin'</script>"),
        (
            HopCause.ATTRIBUTE,
            """<p>x<a id=a download=x.apk>x</a>
            <script>a.href = URL.createObjectURL(new Blob(['PK'])); a.click()</script>""",
        ),
    ],
)
def test_every_download_says_what_caused_it(stage: Stage, cause: HopCause, page: str) -> None:
    stage.pages["/gives"] = page
    visit = stage.visit("/gives")
    assert visit.outcome is Outcome.DOWNLOAD
    assert [file.cause for file in visit.downloads] == [cause]


def test_a_page_that_is_not_what_it_says_is_a_bad_answer_and_not_blank(stage: Stage) -> None:
    stage.pages["/broken"] = lambda _request: web.Response(
        body=b"<h1>no gzip at all</h1>", content_type="text/html", headers={"Content-Encoding": "gzip"}
    )
    visit = stage.visit("/broken")
    assert (visit.outcome, visit.error) == (Outcome.BAD_ANSWER, "net::ERR_CONTENT_DECODING_FAILED")


def test_a_page_with_text_that_goes_on_after_three_seconds_is_followed(stage: Stage) -> None:
    words = "words that a person reads " * 20
    stage.pages["/lures"] = f"<h1>x</h1><p>{words}<script>setTimeout(() => location = '/end', 3000)</script>"
    stage.pages["/end"] = "<p>the end"
    stage.visitor.patience = replace(stage.patience, bides=True)
    try:
        visit = stage.visit("/lures")
    finally:
        stage.visitor.patience = stage.patience
    assert stage.text(visit, CaptureKind.TEXT) == "the end"
    assert "the page went on by itself: it was looked at again" in visit.notes
