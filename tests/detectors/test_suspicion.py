"""Suspicion sees what an honest page does not do."""

from typing import Any

import pytest

from mantis_crawler.detectors.hosts import dynamic_suffix, random_label, registrable
from mantis_crawler.items import Certificate, Page
from tests.detectors.pages import a_file, a_page, an_alert, suspicions, verdict_on

FORM = (
    "<form action='{}' method='post'><input name='user'><input type='password'><button>Log in</button></form>"
)


def a_login(title: str = "Harbour Savings - Log in", action: str = "/session", **kw: Any) -> Page:
    return a_page(f"<title>{title}</title>{FORM.format(action)}", **kw)


def test_an_honest_login_under_its_own_name_is_not_suspicious() -> None:
    assert suspicions(a_login(url="https://harbour-savings.example/login")) == []


def test_an_honest_app_page_is_not_suspicious() -> None:
    html = "<title>Birdsong - Download APK</title><a href='/birdsong.apk'>Download</a>"
    assert suspicions(a_page(html, url="https://birdsong.example/")) == []


def test_the_owner_of_a_name_may_use_it() -> None:
    assert suspicions(a_login("PayPal: Log in", url="https://www.paypal.com/signin")) == []


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"action": "https://collector.example.net/x"}, "another site"),
        ({"action": "http://harbour-savings.example/x"}, "in the clear"),
        ({"url": "http://harbour-savings.example/login"}, "plain http"),
        ({"title": "PayPal: Log in"}, "calls itself PayPal"),
        ({"title": "Sign in - Google Accounts"}, "calls itself Google"),
        ({"title": "佐川急便"}, "calls itself Sagawa"),
        ({"url": "http://203.0.113.9/"}, "bare address"),
        ({"url": "https://qwertz.duckdns.org/"}, "dynamic DNS"),
        ({"url": "https://coqrf.xpddg.com/"}, "nobody could say"),
        ({"url": "https://paypal-secure.example/"}, "uses 'paypal'"),
        ({"title": "Northern Credit Union", "url": "https://zebra.example/"}, "somebody whom"),
    ],
)
def test_a_page_is_suspicious_that(facts: dict[str, str], part: str) -> None:
    page = a_login(**({"url": "https://harbour-savings.example/login"} | facts))
    assert any(part in reason for reason in suspicions(page))


PARCEL = (
    "<title>{title}</title><h1>{title}</h1><p>{lead}</p><form method=post action=/card>"
    "<label>Name <input name=name></label><label>Street <input name=street></label>"
    "<label>Phone <input name=phone type=tel></label><button>Continue</button></form>"
)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Your parcel is waiting", "A fee of $0.30 is due before it can be brought to you."),
        ("Il tuo pacco è in attesa", "Per la consegna paga 1,99 € con la carta."),
        ("お荷物の再配達", "関税300円のお支払いをお願いします。"),
        ("Tax refund", "You are owed £288.12. Tell us where to send it."),
    ],
)
def test_a_form_that_asks_who_one_is_for_a_debt_is_a_login_and_suspicious(title: str, lead: str) -> None:
    page = a_page(PARCEL.format(title=title, lead=lead), url="https://fee.example/")
    assert verdict_on(page).content_class == "login"
    assert any("because of" in reason for reason in suspicions(page))


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Tell us your address", "Our catalogue costs 5 € and comes by post."),
        ("Parcel pick-up", "Tell us where your parcel is to be fetched."),
        ("Checkout: your order", "Your package will cost $20.00 to send."),
    ],
)
def test_a_form_to_order_something_is_neither(title: str, lead: str) -> None:
    page = a_page(PARCEL.format(title=title, lead=lead), url="https://shop.example/")
    assert verdict_on(page).content_class != "login"
    assert not any("because of" in reason for reason in suspicions(page))


def a_certificate(*faults: str) -> Certificate:
    return Certificate(
        subject="harbour-savings.example",
        issuer="Somebody",
        valid_from="2021-01-01T00:00:00Z",
        valid_to="2022-01-01T00:00:00Z",
        names=("harbour-savings.example",),
        faults=faults,
    )


@pytest.mark.parametrize("fault", ["expired", "wrong_name", "self_signed"])
def test_a_login_behind_a_broken_certificate_is_suspicious(fault: str) -> None:
    url = "https://harbour-savings.example/login"
    said = suspicions(a_login(url=url, certificate=a_certificate("untrusted", fault)))
    assert [reason for reason in said if "behind a certificate" in reason] == said != []
    assert suspicions(a_login(url=url, certificate=a_certificate("untrusted"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "To better experience the browsing, update to the latest chrome version.",
        "Afin d'avoir une meilleure expérience, veuillez mettre à jour votre navigateur Chrome",
        "セキュリティ向上のため、最新バージョンのChromeにアップデートしてください。",
        "APP Storeアカウントは安全異常があるので、再度ログインしてください。",
        "Bitte aktualisieren Sie Chrome auf die neueste Version.",
        "보안 강화를 위해 최신 버전으로 업데이트 하십시오.",
        "请更新到最新版本",
        "Lütfen Chrome'u güncelleyin.",
    ],
)
def test_a_dialog_that_urges_is_suspicious(text: str) -> None:
    reasons = suspicions(a_page("", dialogs=(an_alert(text),)))
    assert any("a dialog urges" in reason for reason in reasons)


def test_an_app_that_comes_unasked_after_a_dialog_is_suspicious() -> None:
    reasons = suspicions(a_page("", dialogs=(an_alert("Hello"),), downloads=(a_file(),)))
    assert any("unasked" in reason for reason in reasons)
    assert any("after a dialog" in reason for reason in reasons)


def test_a_script_that_runs_character_codes_is_suspicious() -> None:
    html = "<script>var a=[1,2];eval(String.fromCharCode.apply(null,a))</script>"
    assert any("character codes" in reason for reason in suspicions(a_page(html)))


def test_a_page_that_offers_to_sign_in_with_google_does_not_speak_of_google() -> None:
    html = f"<title>Moss - Log in</title>{FORM.format('/s')}<a href='/g'>Sign in with your Google Account</a>"
    assert suspicions(a_page(html, url="https://moss.example/")) == []


@pytest.mark.parametrize(
    ("host", "suffix"),
    [
        ("a.duckdns.org", "duckdns.org"),
        ("x.y.ddns.net", "ddns.net"),
        ("a.onedumb.com", "onedumb.com"),
        ("duckdns.org", ""),
        ("me.github.io", ""),
        ("www.shop.example", ""),
        ("203.0.113.9", ""),
    ],
)
def test_dynamic_dns_is_known_by_its_suffix(host: str, suffix: str) -> None:
    assert dynamic_suffix(host) == suffix


@pytest.mark.parametrize(
    "host", ["xpddg.com", "znjjq.udsuc.com", "bswhd.mrheu.com", "a1b2c3d4.com", "resi-gykvyj.xyz"]
)
def test_a_random_label_is_seen(host: str) -> None:
    assert random_label(host)


@pytest.mark.parametrize(
    "host",
    [
        "deutschland.de",
        "strength.org",
        "harbour-savings.example",
        "nightsky.com",
        "github.com",
        "rhythm.example",
    ],
)
def test_a_label_of_words_is_not_random(host: str) -> None:
    assert random_label(host) == ""


def test_the_registrable_domain_is_the_one_that_one_party_holds() -> None:
    assert registrable("a.b.duckdns.org") == "b.duckdns.org"
    assert registrable("www.shop.co.jp") == "shop.co.jp"
    assert registrable("203.0.113.9") == "203.0.113.9"


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("FRITZ!Box", "http://203.0.113.9/"),
        ("Welcome to the mail box | Box", "https://harbour-savings.example/"),
        ("Visa | Payments", "https://visa.mfa.gov.lt/"),
    ],
)
def test_an_ordinary_word_is_not_taken_for_the_brand_of_that_name(title: str, url: str) -> None:
    assert not any("calls itself" in reason for reason in suspicions(a_login(title, url=url)))


def test_a_title_that_is_nothing_but_a_brands_word_claims_to_be_the_brand() -> None:
    said = suspicions(a_login("Box | Login", url="https://harbour-savings.example/"))
    assert any("calls itself Box" in reason for reason in said)


def test_a_heading_over_another_way_to_log_in_does_not_claim_to_be_it() -> None:
    html = f"<title>Harbour</title><h2>Log in with Facebook</h2>{FORM.format('/in')}"
    assert suspicions(a_page(html, url="https://harbour.example/")) == []


@pytest.mark.parametrize(
    ("brand", "url"),
    [
        ("Microsoft", "https://abc.blob.core.windows.net/b/i.html"),
        ("Google", "https://storage.googleapis.com/b/i.html"),
        ("Amazon", "https://b.s3.amazonaws.com/i.html"),
        ("GitHub", "https://acme.github.io/"),
    ],
)
def test_what_a_brand_gives_to_anybody_is_not_its_own(brand: str, url: str) -> None:
    assert any(f"calls itself {brand}" in reason for reason in suspicions(a_login(brand, url=url)))


def test_a_hosters_own_name_is_not_borrowed_by_those_under_it() -> None:
    said = suspicions(a_login("Acme", url="https://acme.github.io/"))
    assert not any("uses 'github'" in reason for reason in said)


SHOP = "<title>Harbour Books - Log in</title><h1>Log in</h1>{}" + FORM.format("/session")


@pytest.mark.parametrize(
    "html",
    [
        "<img src=/i/1.svg alt=Facebook>",
        "<img src=/i/1.svg alt=Facebook><img src=/i/2.svg alt=Instagram>",
        "<img src=/i/facebook.svg width=20>",
        "<p>We take Visa, Mastercard and PayPal.</p>",
        "<img src=/v.svg alt=Visa><img src=/m.svg alt=Mastercard><img src=/p.svg alt=PayPal>",
        "<h2>Visa</h2><h2>Mastercard</h2><h2>PayPal</h2>",
        "<h2>PayPal</h2><p>Pay with it at the end.</p>",
        "<p>Pay later with Klarna</p>",
        "<p>Follow us on Facebook and X</p>",
    ],
)
def test_marks_of_services_on_an_honest_shop_claim_no_brand(html: str) -> None:
    url = "https://harbour-books.example/login"
    assert suspicions(a_page(SHOP.format(html), url=url)) == []
    assert suspicions(a_page(SHOP.format("") + html, url=url)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<title>Log in</title><img src=/i/1.svg alt=Facebook>",
        "<title>Verify your identity</title><img src=/logo.png alt='PayPal logo'>",
        "<title>Facebook</title>",
        "<title>Account</title><h1>PayPal</h1>",
        "<title>Secure page</title><div>PayPal</div>",
        "<title>Welcome</title><a><img src=/x.png alt='Deutsche Bank'></a>".replace("<a>", "<p>"),
    ],
)
def test_a_kit_that_shows_a_brand_as_its_own_claims_it(html: str) -> None:
    page = a_page(html + FORM.format("/session"), url="https://harbour-books.example/login")
    page = Page(visit=page.visit, html=page.html, text=page.text.replace("PayPal", "PayPal\n"))
    assert any("calls itself" in reason for reason in suspicions(page))
