"""A file that comes outweighs all that is shown; an offer must be what the page is for."""

from mantis_crawler.items import Outcome
from tests.detectors.pages import a_file, a_page, an_alert, verdict_on

FRENCH = (
    "Afin d'avoir une meilleure expérience, veuillez mettre à jour votre navigateur Chrome "
    "à la dernière version"
)


def test_the_android_page_of_roaming_mantis_is_a_download() -> None:
    page = a_page("<script>eval(1)</script>", dialogs=(an_alert(FRENCH),), downloads=(a_file(),))
    verdict = verdict_on(page)
    assert verdict.content_class == "download"
    assert verdict.confidence > 0.9


def test_a_visit_that_ended_in_a_file_of_lost_bytes_is_still_a_download() -> None:
    assert verdict_on(a_page(outcome=Outcome.DOWNLOAD, status=None)).content_class == "download"


def test_a_file_outweighs_a_login_form() -> None:
    html = "<title>Log in</title><form>Password <input type=password><button>Log in</button></form>"
    assert verdict_on(a_page(html, downloads=(a_file(),))).content_class == "download"


def test_one_app_link_among_a_hundred_links_is_no_download() -> None:
    links = "".join(f"<a href='/p/{n}'>Story number {n}</a> " for n in range(120))
    page = a_page(f"<title>Village site</title><p>{links}</p><a href='/our.apk'>our app</a>")
    assert verdict_on(page).content_class != "download"


def test_a_name_of_a_download_is_quoted_in_the_reason() -> None:
    page = a_page(downloads=(a_file("a\n<b>.apk"),))
    reasons = [item.reason for item in verdict_on(page).evidence if item.content_class == "download"]
    assert all("\n" not in reason for reason in reasons)
