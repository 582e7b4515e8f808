"""Blank, error, challenge and parked are read from the visit's facts too."""

from mantis_crawler.items import Hop, HopCause, Outcome
from tests.detectors.pages import a_page, an_alert, verdict_on

FORM = "<form><input name='user'><input type='password'><button>Log in</button></form>"


def test_a_blank_outcome_is_blank() -> None:
    assert verdict_on(a_page("<body></body>", outcome=Outcome.BLANK)).content_class == "blank"


def test_an_empty_document_with_a_dialog_is_not_blank() -> None:
    verdict = verdict_on(a_page("", dialogs=(an_alert("Hello"),)))
    assert verdict.content_class != "blank"


def test_a_status_of_404_is_an_error_whatever_the_page_says() -> None:
    page = a_page("<title>Oops</title><p>Nothing here, friend.</p>", outcome=Outcome.HTTP_ERROR, status=404)
    assert verdict_on(page).content_class == "error"


def test_a_login_form_behind_a_status_of_404_is_still_a_login() -> None:
    page = a_page(f"<title>Log in</title>{FORM}", outcome=Outcome.HTTP_ERROR, status=404)
    assert verdict_on(page).content_class == "login"


def test_a_captcha_on_a_login_form_does_not_hide_the_login() -> None:
    page = a_page(f"<title>Log in</title><script src='https://js.hcaptcha.com/1/api.js'></script>{FORM}")
    assert verdict_on(page).content_class == "login"


def test_a_challenge_outcome_is_a_challenge() -> None:
    page = a_page("<p>One moment</p>", outcome=Outcome.CHALLENGE)
    assert verdict_on(page).content_class == "challenge"


def test_a_hop_to_the_lander_of_a_parking_provider_is_parked() -> None:
    hops = (Hop(url="https://site.example/lander", cause=HopCause.SCRIPT, status=200),)
    assert verdict_on(a_page("<div id=root></div>", hops=hops)).content_class == "parked"


def test_a_long_article_about_domains_for_sale_is_not_parked() -> None:
    prose = "<p>Many people ask what it means that this domain is for sale, and who owns it. </p>" * 120
    assert verdict_on(a_page(f"<title>A guide</title>{prose}")).content_class != "parked"
