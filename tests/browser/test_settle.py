import asyncio

from mantis_crawler.browser.settle import Patience, Pulse, may_wait, settled

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
