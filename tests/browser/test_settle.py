import asyncio

import pytest
from aiohttp import web

from mantis_crawler.browser.settle import Patience, Pulse, leads_on_in, may_wait, settled
from tests.browser.stage import Stage

PATIENCE = Patience(quiet=1, stalled=3, cap=10)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_quiet_is_no_open_request_and_nothing_new() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.sent("r")
    assert not pulse.verdict(PATIENCE, clock.now)
    pulse.ended("r")
    clock.now += 1
    assert pulse.verdict(PATIENCE, 100) == "quiet"


def test_an_open_request_without_a_byte_is_stalled() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.sent("r")
    clock.now += 2
    assert not pulse.verdict(PATIENCE, 100)
    clock.now += 1
    assert pulse.verdict(PATIENCE, 100) == "stalled"


def test_a_page_that_never_rests_is_left_at_the_cap() -> None:
    clock = Clock()
    pulse = Pulse(clock)
    pulse.sent("r")
    clock.now += 10
    pulse.beat()
    assert pulse.verdict(PATIENCE, 100) == "cap"


def test_a_dialog_or_download_in_hand_is_waited_for_up_to_the_cap() -> None:
    clock = Clock()
    pulse = Pulse(clock, last=90.0, busy=1)
    assert not pulse.verdict(PATIENCE, 100)
    clock.now += 10
    assert pulse.verdict(PATIENCE, 100) == "cap"


def test_a_dead_page_is_not_waited_for() -> None:
    pulse = Pulse(dead=True)
    assert asyncio.run(settled(pulse, PATIENCE)) == "dead"


def test_a_timer_is_known_by_the_call_that_sets_it() -> None:
    assert may_wait(["<p>", "<script>setTimeout(show, 3000)</script>"])
    assert may_wait(["window.setInterval(f, 9)"])
    assert not may_wait(["<p>wait for a timeout</p>", "resetTimeouts()"])


@pytest.mark.browser
def test_workers_sockets_and_frames_of_other_sites_leave_a_page_quiet(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    async def line(request: web.Request) -> web.WebSocketResponse:
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        async for message in answer:
            await answer.send_str(message.data)
        return answer

    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        stage.pages["/line"] = line
        stage.pages["/frame"] = "<p>of another site"
        stage.pages["/toil.js"] = lambda _request: web.Response(
            text="fetch('/frame')", content_type="text/javascript"
        )
        stage.pages["/busy"] = """<p>x<iframe src='http://other.stage-site.com/frame'></iframe><script>
            new Worker('/toil.js'); new SharedWorker('/toil.js');
            new Worker(URL.createObjectURL(new Blob(['1'])));
            const line = new WebSocket('ws://www.stage-site.com/line'); line.onopen = () => line.send('x');
            </script>"""
        assert stage.visit("/busy").settled == "quiet"


def test_how_long_a_page_is_waited_for_stands_in_its_timers() -> None:
    later = "setTimeout(function(){ window.location.href = '/x'; }, 3000)"
    assert leads_on_in([later], 10) == 3
    assert leads_on_in(["setInterval(tick, 1000); function tick() { if (!n--) location = '/x' }"], 10) == 10
    assert leads_on_in(["setTimeout(() => location = '/x', 600000)"], 10) is None
    assert leads_on_in(["setTimeout(draw, 3000)", "location.host"], 10) is None
    assert leads_on_in([later + " " * 60_000], 10) is None
