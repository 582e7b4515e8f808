"""A copy of somebody else's login gives itself away; an honest one has no such marks."""

import pytest

from mantis_crawler.detectors.brands import brands, owned
from mantis_crawler.detectors.hosts import cheap_ending, free_host, pushing_words, tenant
from tests.detectors.pages import DETECTORS, a_page

FORM = "<form method=post><input name=user><input type=password><button>Log in</button></form>"
HERE = "https://harbour.example/login"


def names(html: str, url: str = HERE) -> set[str]:
    return {signal.name for signal in DETECTORS["suspicion"].signals(a_page(html + FORM, url=url))}


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<!-- saved from url=(0025)https://www.elsewhere.test/in -->", "copied"),
        ("<!-- Mirrored from www.elsewhere.test/login by HTTrack Website Copier/3.x -->", "copied"),
        ("<link rel=canonical href='https://www.elsewhere.test/login'>", "canonical"),
        ("<meta property='og:url' content='https://elsewhere.test/'>", "canonical"),
        ("<link rel=icon href='https://www.elsewhere.test/favicon.ico'>", "icon_away"),
        ("<img src='https://www.dhl.com/a.png'><img src='https://www.dhl.com/b.png'>", "images_away"),
        ("<a href='https://www.dhl.com/a'>a</a><a href='https://www.dhl.com/b'>b</a>", "links_away"),
        ("<a href='#'>a</a><a href='#'>b</a><a href='javascript:void(0)'>c</a>", "dead_links"),
        ("<p>Your account will be suspended within 24 hours</p>", "pressure"),
        ("<p>お支払いが確認できません</p>", "pressure"),
        ("<script>fetch('https://api.telegram.org/bot1:a/sendMessage')</script>", "telegram"),
        ("<form action='https://formspree.io/f/x'>", "mailer"),
        ("<body oncontextmenu='return false'>", "locked"),
        ("<img src='/assets/github-logo.svg'>", "brand_shown"),
        ("<title>Where is shipment 3021 of DHL</title>", "brand_titled"),
    ],
)
def test_a_copy_is_known_by(html: str, name: str) -> None:
    assert name in names(html)


@pytest.mark.parametrize(
    "html",
    [
        "<!-- saved from url=(0029)https://www.harbour.example/in -->",
        "<link rel=canonical href='https://www.harbour.example/login'>",
        "<link rel=canonical href='https://www.harbour.test/login'>",
        "<link rel=icon href='https://cdn.jsdelivr.net/harbour.ico'>",
        "<a href='https://github.com/harbour'><img src='/github.svg'></a><a href='https://github.com/x'>x</a>",
        "<a href='/a'>Help</a><a href='/b'>Privacy</a><a href='#'>Menu</a>",
        "<p>Your session has expired. Please log in.</p>",
    ],
)
def test_an_honest_page_has_no_mark_of_a_copy(html: str) -> None:
    assert names(f"<title>Harbour - Log in</title>{html}") == set()


@pytest.mark.parametrize(
    ("label", "host"),
    [
        ("Amazon", "www.amazon.co.jp"),
        ("DHL", "www.dhl.de"),
        ("Microsoft", "login.microsoftonline.com"),
        ("Google", "accounts.google.com.br"),
        ("Netflix", "www.netflix.com"),
        ("GitHub", "github.com"),
        ("Spotify", "accounts.spotify.com"),
    ],
)
def test_a_brand_owns_its_hosts_in_every_country(label: str, host: str) -> None:
    brand = next(brand for brand in brands() if brand.label == label)
    assert owned(brand, host)


@pytest.mark.parametrize(
    "host", ["netflix.top", "netflix.xyz", "netflix.github.io", "netflix.com.verify.test"]
)
def test_a_name_that_anybody_may_take_is_not_the_brands(host: str) -> None:
    brand = next(brand for brand in brands() if brand.label == "Netflix")
    assert not owned(brand, host)


def test_a_brand_on_the_host_of_an_identity_provider_is_honest() -> None:
    assert names("<title>DHL - Sign in</title>", "https://dhl.okta.com/") == set()


def test_software_that_anybody_may_run_is_no_lure_under_its_makers_title() -> None:
    found = names("<title>Sign in · GitLab</title>", "https://gitlab.harbour.example/users/sign_in")
    assert "brand_software" in found
    assert not found & {"brand_self", "brand_host", "brand_titled"}


def test_every_brand_owns_something_and_is_listed_once() -> None:
    labels = [brand.label for brand in brands()]
    assert len(labels) == len(set(labels))
    assert all(brand.owns and brand.names and all(name.strip() for name in brand.names) for brand in brands())


def test_what_a_hosts_name_tells() -> None:
    assert free_host("bank-login.pages.dev") == "pages.dev"
    assert free_host("pages.dev") == ""
    assert tenant("harbour.okta.com")
    assert cheap_ending("harbour.top") == "top"
    assert cheap_ending("203.0.113.4") == ""
    assert pushing_words("secure-harbour-verify.example") == ("secure", "verify")
