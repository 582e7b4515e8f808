from mantis_crawler.extensions.tally import Tally, lasting
from mantis_crawler.items import Cloaking, Outcome
from tests.builders import a_lure, a_record, a_visit


def test_the_live_line_shows_done_rate_time_left_and_lures() -> None:
    tally = Tally(started=0, total=100)
    for number in range(10):
        tally.add(a_record(lure=a_lure(is_lure=number < 3)), now=number)
    assert (
        tally.line(now=30)
        == "10/100 artifacts · 20 visited a minute · about 4 min 30 s left · 3 lures so far"
    )


def test_the_rate_is_that_of_the_last_minute() -> None:
    tally = Tally(started=0, total=1000)
    for _ in range(500):
        tally.add(a_record(), now=1)
    tally.add(a_record(), now=100)
    assert tally.rate(now=120) == 1


def test_dead_names_go_by_the_hundred_and_promise_nothing() -> None:
    tally = Tally(started=0, total=500)
    for _ in range(400):
        tally.add(a_record(visits=(), lure=None), now=1)
    assert tally.line(now=2) == "400/500 artifacts · 0 visited a minute · 0 lures so far"


def test_without_a_total_no_time_is_promised() -> None:
    tally = Tally(started=0)
    tally.add(a_record(), now=1)
    assert tally.line(now=60) == "1 artifacts · 1 visited a minute · 1 lure so far"


def test_nothing_done_yet_promises_nothing() -> None:
    assert Tally(started=0, total=7).line(now=0) == "0/7 artifacts · 0 visited a minute · 0 lures so far"


def test_cloaked_artifacts_are_counted_where_the_visits_disagree() -> None:
    tally = Tally(started=0)
    tally.add(a_record(cloaking=Cloaking(kinds=())), now=1)
    tally.add(a_record(cloaking=Cloaking(kinds=("mobile_only",))), now=1)
    assert tally.cloaked == 1


def test_time_reads_well() -> None:
    assert [lasting(seconds) for seconds in (4.4, 200, 3700)] == ["4 s", "3 min 20 s", "1 h 1 min"]


def test_only_a_run_whose_every_visit_is_an_error_is_told_so() -> None:
    tally = Tally(started=0)
    assert not tally.only_errors
    tally.add(a_record(visits=[a_visit(outcome=Outcome.ERROR)]), now=1)
    assert tally.only_errors
    tally.add(a_record(), now=2)
    assert not tally.only_errors


def test_a_limit_of_visits_is_what_is_left_and_without_visits_there_is_no_rate() -> None:
    tally = Tally(started=0, total=1000, limit=12)
    for second in range(9):
        tally.add(a_record(visits=(a_visit(),)), now=second)
    assert "about 20 s left" in tally.line(now=60)
    assert Tally(started=0, total=7, limit=0).line(now=0) == "0/7 artifacts · 0 lures so far"
