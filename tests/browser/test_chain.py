from typing import Any

from mantis_crawler.browser.chain import HOP_LIMIT, Chain
from mantis_crawler.items import Handover, Hop, HopCause

FRAME = "F1"


def asks(reason: str, url: str, **kw: Any) -> dict[str, Any]:
    return {"frameId": FRAME, "reason": reason, "url": url, "disposition": "currentTab", **kw}


def sends(url: str, status: int | None = None, frame: str = FRAME, kind: str = "Document") -> dict[str, Any]:
    event: dict[str, Any] = {"frameId": frame, "type": kind, "request": {"url": url}}
    return event if status is None else {**event, "redirectResponse": {"status": status}}


def answers(status: int) -> dict[str, Any]:
    return {"frameId": FRAME, "type": "Document", "response": {"status": status}}


def test_each_hop_has_its_cause_and_status() -> None:
    chain = Chain(FRAME)
    chain.sent(sends("http://a/"))
    chain.sent(sends("http://b/", 302))
    chain.answered(answers(200))
    chain.asked(asks("metaTagRefresh", "http://c/"))
    chain.sent(sends("http://c/"))
    chain.answered(answers(200))
    chain.asked(asks("scriptInitiated", "http://d/#x"))
    chain.sent(sends("http://d/"))
    chain.answered(answers(404))
    assert chain.hops == (
        Hop(url="http://a/", cause=HopCause.START, status=302),
        Hop(url="http://b/", cause=HopCause.HTTP, status=200),
        Hop(url="http://c/", cause=HopCause.META, status=200),
        Hop(url="http://d/", cause=HopCause.SCRIPT, status=404),
    )


def test_a_custom_scheme_is_kept_whole_though_nothing_is_sent() -> None:
    chain = Chain(FRAME)
    chain.sent(sends("http://a/"))
    url = "intent://pay/#Intent;scheme=x;package=y;S.browser_fallback_url=z;end"
    chain.asked(asks("scriptInitiated", url))
    opens = Handover(action="app", target="y", fallback="z", text="pay/")
    assert chain.hops[-1] == Hop(url=url, cause=HopCause.SCRIPT, opens=opens)


def test_other_frames_pictures_and_new_tabs_are_no_hops() -> None:
    chain = Chain(FRAME)
    chain.sent(sends("http://a/"))
    assert not chain.sent(sends("http://ad/", frame="F2"))
    assert not chain.sent(sends("http://a/x.png", kind="Image"))
    chain.asked(asks("scriptInitiated", "market://x", disposition="newTab"))
    chain.asked(asks("scriptInitiated", "market://x", frameId="F2"))
    assert len(chain.hops) == 1


def test_an_endless_chain_is_cut_and_says_so() -> None:
    chain = Chain(FRAME)
    for number in range(HOP_LIMIT + 5):
        chain.sent(sends(f"http://a/{number}"))
    assert len(chain.hops) == HOP_LIMIT
    assert chain.cut
