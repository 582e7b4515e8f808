"""What a URL of another scheme would make a phone do."""

import pytest

from mantis_crawler.browser.schemes import LIMIT, handover
from mantis_crawler.items import Handover

INTENT = (
    "intent://scan/now#Intent;scheme=zxing;package=com.some.app;"
    "S.browser_fallback_url=http%3A%2F%2Fexample.com%2Fx.apk;end"
)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (
            INTENT,
            Handover(
                action="app", target="com.some.app", fallback="http://example.com/x.apk", text="scan/now"
            ),
        ),
        (
            "intent://details?id=a.b#Intent;scheme=market;package=com.android.vending;end",
            Handover(action="store", target="com.android.vending", text="details"),
        ),
        ("market://details?id=com.some.app", Handover(action="store", target="com.some.app")),
        (
            "itms-apps://itunes.apple.com/app/id1",
            Handover(action="store", target="itunes.apple.com/app/id1"),
        ),
        (
            "itms-services://?action=download-manifest&url=https%3A%2F%2Fexample.com%2Fm.plist",
            Handover(action="install", target="https://example.com/m.plist"),
        ),
        ("sms:+441?body=yes%20please", Handover(action="message", target="+441", text="yes please")),
        ("sms:+441;body=yes", Handover(action="message", target="+441", text="yes")),
        ("smsto:12345", Handover(action="message", target="12345")),
        ("tel:+33%20800", Handover(action="call", target="+33 800")),
        ("mailto:a@example.com?body=hi", Handover(action="mail", target="a@example.com", text="hi")),
        ("android-app://com.some.app/http/x", Handover(action="app", target="com.some.app")),
        ("weixin://dl/scan", Handover(action="app", target="weixin")),
    ],
)
def test_it_is_told_what_is_opened(url: str, wanted: Handover) -> None:
    assert handover(url) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "http://a/",
        "https://a/",
        "about:blank",
        "data:text/html,x",
        "javascript:1",
        "blob:x",
        "",
        "no url",
        "1:2",
    ],
)
def test_a_browser_opens_the_rest_itself(url: str) -> None:
    assert handover(url) is None


@pytest.mark.parametrize("tail", ["x" * 5000, "//[::1", "?body=%ff%fe&&&=", "#Intent;;;=;S.=;end"])
@pytest.mark.parametrize("scheme", ["intent", "sms", "tel", "market", "itms-services", "mailto", "line"])
def test_broken_urls_are_read_as_far_as_they_go(scheme: str, tail: str) -> None:
    found = handover(f"{scheme}:{tail}")
    assert found is not None
    assert max(len(found.target), len(found.fallback), len(found.text)) <= LIMIT
