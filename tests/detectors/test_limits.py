"""No page holds a detector up, and what was not read is said."""

import random
from time import process_time

import pytest

from mantis_crawler.detectors.limits import HTML_LIMIT, cut_html
from mantis_crawler.items import Page
from mantis_crawler.judge import see
from tests.builders import a_visit
from tests.detectors.pages import DETECTORS, a_page, verdict_on

LOGIN = '<title>Log in</title><form>Password <input type="password"><button>Log in</button></form>'
HOSTILE = {
    "50 MB of text": "<p>" + "word " * 10_000_000,
    "300,000 nodes": LOGIN + "<i>x</i>" * 300_000,
    "200,000 levels": LOGIN + "<div>" * 200_000,
    "200,000 attributes": LOGIN + "<a " + " ".join(f"x{n}=1" for n in range(200_000)) + ">",
    "attributes behind a quoted bracket": LOGIN
    + '<a t=">" '
    + " ".join(f"x{n}=1" for n in range(200_000))
    + ">",
    "unclosed quotes": LOGIN + "<a '" * 200_000,
    "open formatting": LOGIN + "".join(f"<b x={n}>" for n in range(20_000)) + "<p>" * 100_000,
    "100,000 fields": LOGIN + "<input type=password>" * 100_000,
    "nested links": LOGIN + "<h1><div>" * 90_000,
    "null bytes": LOGIN.replace("Log", "L\0og") + "\0" * 100_000,
    "dates": LOGIN + "1." * 200_000,
    "spaces": LOGIN + '"@type"' + " " * 500_000 + ":",
    "brackets": "<" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_detector_fails_on_a_hostile_page(name: str) -> None:
    html = HOSTILE[name]
    page = Page(visit=a_visit(title="Log in"), html=html, text=html[:1_000_000])
    assert not [item for item in see(page, DETECTORS.values()) if item.content_class == "detector_error"]


def test_evidence_of_a_page_that_was_cut_says_so() -> None:
    page = a_page(LOGIN + "<p>" + "x" * HTML_LIMIT, text="Password Log in")
    reasons = [item.reason for item in verdict_on(page).evidence if item.content_class == "login"]
    assert reasons
    assert all("2,000,000 of" in reason for reason in reasons)


def test_an_ordinary_page_is_read_whole() -> None:
    html = LOGIN + "<div><p>text<b>bold</b></p></div>" * 2_000
    assert cut_html(html) == (html, "")


def test_a_page_nested_too_deep_is_read_up_to_there() -> None:
    kept, note = cut_html(LOGIN + "<div>" * 20_000)
    assert kept.startswith(LOGIN)
    assert "nested too deep" in note


def test_garbage_of_any_kind_is_judged() -> None:
    chance = random.Random(7)
    for _ in range(60):
        text = "".join(chance.choice("<>/='\" abdivformnputype\0é漢") for _ in range(400))
        assert verdict_on(a_page(text)).content_class


@pytest.mark.parametrize("piece", ["<!--", "<!-- -", "-->", "<!---->", "<a data:a/"])
def test_remarks_without_an_end_hold_nothing_up(piece: str) -> None:
    html = LOGIN + piece * (6_000_000 // len(piece))
    before = process_time()
    kept, note = cut_html(html)
    assert process_time() - before < 1
    assert kept.startswith(LOGIN)
    assert not note or "characters of HTML" in note


def test_what_stands_behind_a_long_remark_is_read() -> None:
    assert LOGIN in cut_html(f"<p><!--{'x' * HTML_LIMIT}--></p>{LOGIN}")[0]


def test_a_tag_of_many_attributes_is_read_by_those_that_say_what_it_is() -> None:
    tag = "<input " + " ".join(f"x{n}" for n in range(50_000)) + ' type="password" name=pin placeholder=PIN>'
    kept, note = cut_html(f"{tag}<p>more</p>")
    assert kept == '<input type="password" name=pin placeholder=PIN><p>more</p>'
    assert "attributes" in note
