"""Causes of hops, worked out from what went out and what came back."""

import pytest

from mantis_crawler.browser.webkit_chain import RequestChain
from mantis_crawler.items import HopCause

A, B = "http://a.example/x", "http://a.example/y?z=1"


def chain(source: str | None = None, refresh: str = "", **second: bool) -> RequestChain:
    """A page that was left for another one."""
    made = RequestChain()
    made.went(A)
    made.came(A, 200, refresh)
    if source is not None:
        made.read(A, source)
    made.went(B, **second)
    return made


@pytest.mark.parametrize(
    ("made", "cause"),
    [
        (chain("<p>x", redirected=True), HopCause.HTTP),
        (chain("<p>x", posted=True), HopCause.FORM),
        (chain("<p>x"), HopCause.SCRIPT),
        (chain(), HopCause.OTHER),
        (chain(refresh="0;url=/y?z=1"), HopCause.REFRESH_HEADER),
        (chain("<p>x", refresh="3; url=http://b.example/"), HopCause.SCRIPT),
        (chain("<META HTTP-EQUIV=Refresh CONTENT='1.5 ; URL=\"y?z=1#top\"'>"), HopCause.META),
        (chain("<meta http-equiv=refresh content='0,/y?z=1'>"), HopCause.META),
        (chain("<meta http-equiv=refresh content='0;url=http://[broken'>"), HopCause.SCRIPT),
        (chain("<meta http-equiv=refresh>"), HopCause.SCRIPT),
    ],
)
def test_a_cause_is_told_as_far_as_it_can_be_worked_out(made: RequestChain, cause: HopCause) -> None:
    assert [hop.cause for hop in made.hops] == [HopCause.START, cause]


def test_a_page_that_comes_again_by_itself_is_a_reload() -> None:
    made = RequestChain()
    for _ in range(2):
        made.went(A)
        made.came(A, 200)
    assert [hop.cause for hop in made.hops] == [HopCause.START, HopCause.RELOAD]


def test_a_page_is_left_from_where_a_redirect_led() -> None:
    made = RequestChain()
    made.went(A)
    made.came(A, 302)
    made.went(B, redirected=True)
    made.came(B, 200)
    made.read(B, "<meta http-equiv=refresh content='0;url=/x'>")
    made.went(A)
    told = [(hop.cause, hop.status) for hop in made.hops]
    assert told == [(HopCause.START, 302), (HopCause.HTTP, 200), (HopCause.META, None)]
    assert made.source == "<meta http-equiv=refresh content='0;url=/x'>"


def test_a_chain_without_an_end_is_cut() -> None:
    made = RequestChain()
    for number in range(100):
        made.went(f"{A}{number}" + "x" * 10_000)
    assert len(made.hops) == 40
    assert made.cut
    assert {len(hop.url) for hop in made.hops} == {4000}
