"""Browsers that are lent: whose they are, and when another one starts."""

from collections.abc import Callable, Iterator

import pytest
from aiohttp import web

from mantis_crawler.browser.pool import BROWSERS
from mantis_crawler.browser.settle import Patience
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage"), Patience(quiet=0.2)) as stage:
        yield stage


def names_of(seen: list[list[str]]) -> Callable[[web.Request], web.Response]:
    def answer(request: web.Request) -> web.Response:
        seen.append([name.decode().lower() for name, _ in request.raw_headers])
        return web.Response(text="<p>hello", content_type="text/html")

    return answer


@pytest.mark.parametrize("device", ["android", "iphone"])
def test_headers_keep_their_order_whatever_country_the_browser_was_started_for(
    stage: Stage, device: str
) -> None:
    seen: list[list[str]] = []
    stage.pages["/"] = names_of(seen)
    for code in ("us", "fr", "jp"):
        stage.visit(device=device, code=code)
    first, *others = seen
    assert first.index("accept") < first.index("accept-language")
    assert others == [first, first]


def test_a_device_keeps_a_few_browsers_and_those_that_were_used_last(stage: Stage) -> None:
    stage.pages["/"] = "<p>hello"
    pool = stage.visitor.pool
    codes = ("us", "fr", "jp", "us", "de", "kr")
    for code in codes:
        stage.visit(code=code)
    kept = [key[1] for key in pool._seats if key[0] == "android"]
    assert kept == ["en-US", "de-DE", "ko-KR"]
    assert len(kept) == BROWSERS
    before = pool.launched
    stage.visit(code="us")
    assert pool.launched == before
