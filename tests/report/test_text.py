import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.report.text import address, clean, duration, host_of, moment, prose, size


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\u202egpj.apk", "a⟨U+202E⟩gpj.apk"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("a\x00b\x1bc", "a⟨U+0000⟩b⟨U+001B⟩c"),
        ("p\u200daypal", "p⟨U+200D⟩aypal"),
        ("\u3164", "⟨U+3164⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
        ("half \ud800", "half ⟨U+D800⟩"),
    ],
)
def test_what_hides_or_turns_text_is_made_visible(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_joiners_that_a_living_script_needs_stay() -> None:
    assert clean("👨\u200d👩") == "👨\u200d👩"


def test_lines_of_a_dialog_stay_lines() -> None:
    assert clean("one\ntwo") == "one\ntwo"


def test_long_text_is_cut_and_says_so() -> None:
    assert clean("x" * 5000, 10) == "xxxxxxxxxx …"


def test_marks_that_smear_over_other_lines_are_taken_off() -> None:
    assert len(clean("a" + "\u0301" * 200)) <= 6


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("open http://evil.example/x now", "open hxxp://evil[.]example/x now"),
        ("open evil.example now", "open evil[.]example now"),
        ("call 93.184.215.14!", "call 93[.]184[.]215[.]14!"),
        ("get chrome.apk", "get chrome.apk"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e[.]com"),
        ("例え.テスト へ", "例え[.]テスト へ"),
        ("see http%3A%2F%2Fevil", "see hxxp%3A%2F%2Fevil"),
        ("at a[.]example", "at a[.]example"),
    ],
)
def test_no_address_in_prose_opens_by_itself(raw: str, shown: str) -> None:
    assert prose(raw) == shown


def test_an_address_in_a_query_is_defanged_too() -> None:
    shown = address("https://a.example/go?u=https://evil.example/x")
    assert shown == "hxxps://a[.]example/go?u=hxxps://evil[.]example/x"


@given(st.text(max_size=80))
def test_no_text_comes_out_live_or_hidden(text: str) -> None:
    shown = prose(f"{text} http://{text}.evil.example/{text} https://b.example")
    assert not re.search(r"https?://", shown, re.IGNORECASE)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", shown)


@given(st.text(max_size=200))
def test_no_text_breaks_an_address(text: str) -> None:
    assert isinstance(address(text), str)
    assert isinstance(host_of(text), str)


def test_numbers_read_well() -> None:
    assert size(999) == "999 B"
    assert size(3_123_456) == "3.1 MB"
    assert duration(272) == "4 min 32 s"
    assert duration(4000) == "1 h 6 min"
    assert moment("2026-01-02T03:04:05.678Z") == "2026-01-02 03:04:05 UTC"
