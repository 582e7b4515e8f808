"""Detectors and judge together: what is a lure, and what only looks like one."""

from dataclasses import replace

import pytest

from mantis_crawler.items import Cloaking, Lure, Outcome, Page, Visit
from mantis_crawler.judge import compare, lure
from tests.detectors.pages import a_file, a_page, an_alert, verdict_on

FORM = "<form method='post'><input name='user'><input type='password'><button>Log in</button></form>"
SCRIPT = "<script>var a=[1,2,3];eval(String.fromCharCode.apply(null,a))</script>"


def judged(*pages: Page) -> tuple[Lure, Cloaking]:
    visits: list[Visit] = [replace(page.visit, verdict=verdict_on(page)) for page in pages]
    cloaking = compare(visits)
    return lure(visits, cloaking), cloaking


def everywhere(html: str, url: str) -> tuple[Page, ...]:
    return tuple(a_page(html, url=url, device=device) for device in ("android", "iphone", "desktop"))


def test_roaming_mantis_is_a_cloaked_lure() -> None:
    url = "http://coqrf.xpddg.com/"
    android = a_page(
        SCRIPT,
        url=url,
        outcome=Outcome.DOWNLOAD,
        dialogs=(an_alert("セキュリティ向上のため、最新バージョンのChromeにアップデートしてください。"),),
        downloads=(a_file(),),
    )
    iphone = a_page(
        f"<title>Apple ID</title>{FORM}",
        url=url,
        device="iphone",
        dialogs=(an_alert("APP Storeアカウントは安全異常があるので、再度ログインしてください。"),),
    )
    desktop = a_page("", url=url, device="desktop", outcome=Outcome.BLANK)
    found, cloaking = judged(android, iphone, desktop)
    assert found.is_lure
    assert found.score > 0.95
    assert cloaking.kinds == ("user_agent_filtering",)
    assert cloaking.reasons[0] == "android: download; iphone: login; desktop: blank"


def test_a_copy_of_a_banks_login_is_a_lure_without_any_cloaking() -> None:
    found, cloaking = judged(
        *everywhere(f"<title>PayPal: Log in</title>{FORM}", "https://verify-now.example/")
    )
    assert found.is_lure
    assert cloaking.kinds == ()


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (f"<title>Harbour Savings - Log in</title>{FORM}", "https://www.harbour-savings.example/login"),
        (f"<title>Harbour Savings - Log in</title>{FORM}", "http://www.harbour-savings.example/login"),
        (f"<title>Router - Log in</title>{FORM}", "http://203.0.113.5/"),
        (f"<title>My NAS - Log in</title>{FORM}", "http://kitchen.duckdns.org:5000/"),
        (f"<title>Sign in - Google Accounts</title>{FORM}", "https://accounts.google.com/signin"),
        (
            f"<title>Moss - Log in</title>{FORM}<a href='/g'>Sign in with Google</a>",
            "https://moss.example/login",
        ),
        (
            "<title>Birdsong - Download APK</title><a href='b.apk'>Download APK</a>",
            "https://birdsong.example/",
        ),
    ],
    ids=["company", "company over http", "router", "nas", "owner", "single sign-on", "app"],
)
def test_an_honest_page_is_no_lure(html: str, url: str) -> None:
    found, cloaking = judged(*everywhere(html, url))
    assert not found.is_lure, found
    assert cloaking.kinds == ()


def test_an_unseen_desktop_does_not_make_an_honest_login_a_lure() -> None:
    html, url = f"<title>Harbour Savings - Log in</title>{FORM}", "https://harbour-savings.example/login"
    phone = a_page(html, url=url)
    lost = Visit(device="desktop", outcome=Outcome.TIMEOUT, url=url)
    visits = [replace(phone.visit, verdict=verdict_on(phone)), lost]
    assert compare(visits).kinds == ()
    assert not lure(visits, compare(visits)).is_lure
