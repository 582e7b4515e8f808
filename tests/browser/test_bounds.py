"""What stops a page that does too much, and leaves something to look at."""

from collections.abc import Iterator

import psutil
import pytest
from aiohttp import web

from mantis_crawler.browser import bounds, switches, watch
from mantis_crawler.items import CaptureKind, Outcome
from tests.browser.stage import DEVICES, Stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


def seat(stage: Stage) -> psutil.Process:
    stage.pages["/calm"] = "<p>calm"
    stage.visit("/calm")
    process = next(iter(stage.visitor.pool._seats.values())).process
    assert process is not None
    return process


def test_a_document_is_cut_where_it_is_too_long_and_its_beginning_is_kept(stage: Stage) -> None:
    stage.pages["/"] = b"<h1>the beginning</h1>" + (b"<p>" + b"more " * 400) * (bounds.DOCUMENT_BYTES // 1000)
    visit = stage.visit()
    assert bounds.CUTS["document"] in visit.notes
    assert stage.text(visit, CaptureKind.TEXT).startswith("the beginning")


def test_navigations_without_an_end_are_stopped(stage: Stage) -> None:
    stage.pages["/"] = "<h1>seen</h1><script>setInterval(() => location.hash = Math.random(), 1)</script>"
    visit = stage.visit()
    assert bounds.CUTS["navigations"] in visit.notes
    assert visit.capture(CaptureKind.SCREENSHOT)


def test_an_ordinary_page_is_not_stopped(stage: Stage) -> None:
    stage.pages["/"] = "<h1>calm</h1>" + "<iframe src=/calm></iframe>" * 5
    stage.pages["/calm"] = "<p>calm"
    assert not set(bounds.CUTS.values()) & set(stage.visit().notes)


def test_renderers_may_not_write_to_more_memory_than_is_allowed(stage: Stage) -> None:
    renderers = list(watch._children(seat(stage), "zygote"))
    assert renderers
    for process in renderers:
        assert process.rlimit(psutil.RLIMIT_DATA) == (watch.RENDERER_BYTES, watch.RENDERER_BYTES)


def test_a_page_that_wants_more_memory_than_it_may_ends_alone_and_is_looked_at_in_time(stage: Stage) -> None:
    before = seat(stage)
    stage.pages["/bomb"] = """<h1>seen</h1><script>const kept = []; fetch('/never');
        setInterval(() => kept.push(new Uint8Array(64e6).fill(1)), 10)</script>"""
    stage.pages["/never"] = web.Response(status=404)
    visit, calm = stage.visits("/bomb", "/calm")
    assert visit.capture(CaptureKind.SCREENSHOT) or visit.outcome is Outcome.CRASHED
    assert calm.outcome is Outcome.LOADED
    assert seat(stage) == before


def test_a_browser_that_no_longer_paints_is_given_another_painter(stage: Stage) -> None:
    process = seat(stage)
    (painter,) = watch._children(process, "gpu-process")
    assert watch.renew_painter(process)
    painter.wait(5)
    visit = stage.visit("/calm")
    assert visit.capture(CaptureKind.SCREENSHOT)
    assert process.is_running()


def test_what_the_driver_turns_off_stays_off_and_so_does_what_we_turn_off(stage: Stage) -> None:
    words = [word for word in seat(stage).cmdline() if word.startswith(switches.SWITCH)]
    assert len(words) == 1
    theirs = stage._runner.run(switches.driver_switch(stage.visitor.pool.kind))
    assert theirs
    wanted = {*theirs.removeprefix(switches.SWITCH).split(","), *switches.OFF}
    assert set(words[0].removeprefix(switches.SWITCH).split(",")) == wanted


def test_a_browser_that_is_lent_alone_ends_with_its_visit(stage: Stage) -> None:
    pool, before = stage.visitor.pool, seat(stage)

    async def alone() -> psutil.Process | None:
        async with pool.lend(DEVICES["android"], alone=True) as browser:
            return pool.process(browser)

    process = stage._runner.run(alone())
    assert process is not None
    assert process != before
    stage.visit("/calm")  # what was left to be closed has its turn
    process.wait(10)
    assert seat(stage) == before
