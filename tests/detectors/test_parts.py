"""What stands in frames and shadow trees is read as part of the page, within its limits."""

from dataclasses import replace

import pytest

from mantis_crawler.detectors.limits import HTML_LIMIT
from mantis_crawler.detectors.view import PART_LIMIT, view
from mantis_crawler.items import Outcome, Page, Part
from tests.detectors.pages import a_page, suspicions, verdict_on, visible

FORM = (
    "<h2>Log in to your account</h2><form action='/in'><label>Email <input name=email></label>"
    "<label>Password <input type=password></label><button>Log in</button></form>"
)
NEWS = "<title>Harbour Herald</title><p>" + "The council met again on Tuesday to talk of the harbour. " * 20


def a_part(html: str = FORM, kind: str = "frame", url: str = "https://site.example/in") -> Part:
    return Part(kind=kind, url=url, html=html, text=visible(html)[1])


def with_parts(page: Page, *parts: Part) -> Page:
    return replace(page, parts=parts)


@pytest.mark.parametrize("kind", ["frame", "open shadow", "closed shadow"])
def test_a_login_in_a_frame_or_shadow_tree_of_an_empty_page_is_a_login(kind: str) -> None:
    page = with_parts(a_page("<div id=app></div>"), a_part(kind=kind))
    assert verdict_on(page).content_class == "login"


def test_a_login_in_a_page_that_the_visit_took_for_empty_is_a_login() -> None:
    page = with_parts(a_page("<div id=app></div>", outcome=Outcome.BLANK), a_part(kind="closed shadow"))
    assert verdict_on(page).content_class == "login"


def test_the_frame_of_another_site_is_what_a_person_sees_where_the_page_says_nothing() -> None:
    frame = a_part(url="https://forms.elsewhere.example/in")
    assert verdict_on(with_parts(a_page("<iframe src=x></iframe>"), frame)).content_class == "login"
    told = view(with_parts(a_page(NEWS), frame))
    assert "password" not in told.words
    assert "harbour" in told.words


def test_a_frame_of_the_pages_own_site_or_without_an_address_is_read_whatever_stands_around_it() -> None:
    for url in ("https://www.site.example/in", "about:srcdoc", "about:blank"):
        assert "password" in view(with_parts(a_page(NEWS), a_part(url=url))).words


def test_a_frames_form_is_held_to_what_a_form_is_held_to() -> None:
    frame = a_part(FORM.replace("/in", "https://collector.example/x"))
    reasons = suspicions(with_parts(a_page("<div></div>"), frame))
    assert any("posts to another site" in reason for reason in reasons)


def test_parts_beyond_the_limits_are_left_out_and_that_is_said() -> None:
    many = with_parts(a_page(""), *[a_part("<p>x</p>")] * (PART_LIMIT + 5))
    assert f"{PART_LIMIT} of {PART_LIMIT + 5} frames" in view(many).cut
    large = with_parts(a_page(""), *[a_part("<p>" + "x" * 900_000)] * 4)
    assert sum(map(len, view(large).htmls)) <= HTML_LIMIT
    assert "of the HTML of a frame" in view(large).cut
