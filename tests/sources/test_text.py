import pytest

from mantis_crawler.items import Indicator, IndicatorType, Role, Skip, SkipReason
from mantis_crawler.sources.base import Entry
from mantis_crawler.sources.text import Text


def read(text: str) -> list[Entry]:
    return [*Text().read(text, "feed.txt")]


def indicators(text: str) -> list[Indicator]:
    return [entry for entry in read(text) if isinstance(entry, Indicator)]


def reasons(text: str) -> list[SkipReason]:
    return [entry.reason for entry in read(text) if isinstance(entry, Skip)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", SkipReason.BLANK),
        (" \t\f ", SkipReason.BLANK),
        ("# evil[.]com", SkipReason.COMMENT),
        ("// evil[.]com", SkipReason.COMMENT),
        ("; evil[.]com", SkipReason.COMMENT),
        ("! Title: a blocklist", SkipReason.COMMENT),
        ("url", SkipReason.HEADER),
        ("/chrome.apk", SkipReason.PATH_ONLY),
        (r"apple\-icloud\.[a-z]{3}\-japan\.com", SkipReason.PATTERN),
        ("Block *.evil.com now", SkipReason.PATTERN),
        ("192.168.1.1", SkipReason.NOT_PUBLIC),
        ("router.local", SkipReason.NOT_PUBLIC),
        ("nothing to see", SkipReason.NO_INDICATOR),
        ("readme.md", SkipReason.NO_INDICATOR),
        ("a" * 8193, SkipReason.TOO_LONG),
        ("http://evil.com/" + "a" * 100_000, SkipReason.TOO_LONG),
    ],
)
def test_a_line_without_an_indicator_says_why(line: str, reason: SkipReason) -> None:
    assert reasons(line + "\nevil.com\n") == [reason]


def test_a_skip_keeps_the_beginning_of_its_line() -> None:
    (skipped,) = read("x" * 10_000)
    assert isinstance(skipped, Skip)
    assert skipped.raw == "x" * 200
    assert "10,000" in skipped.detail


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_an_editor_does(end: str) -> None:
    found = indicators(end.join(["# head", "a.com", "", "b\f.com c.com", "d.com"]))
    assert [(item.value, item.line) for item in found] == [("a.com", 2), ("c.com", 4), ("d.com", 5)]


def test_an_indicator_is_kept_as_the_feed_wrote_it() -> None:
    (first, second) = indicators("Seen: hxxps[:]//evil[.]com/a, and evil [.] top.")
    assert (first.value, first.raw, first.type) == (
        "https://evil.com/a",
        "hxxps[:]//evil[.]com/a",
        IndicatorType.URL,
    )
    assert (second.value, second.feed, second.line) == ("evil.top", "feed.txt", 1)


def test_all_indicators_of_a_line_are_read() -> None:
    found = indicators("a[.]com 1.2.3.4 hxxp://b[.]com/x, c[.]com")
    assert [item.value for item in found] == ["a.com", "1.2.3.4", "http://b.com/x", "c.com"]


def test_what_is_refused_beside_an_indicator_is_not_lost() -> None:
    assert reasons("evil[.]com at 10.1.2.3") == [SkipReason.NOT_PUBLIC]
    assert [item.value for item in indicators("evil[.]com at 10.1.2.3")] == ["evil.com"]


def test_a_comment_behind_a_value_becomes_context() -> None:
    (found,) = indicators("xn--666-xw1e1b58vhor.com    # was: 六合宝典666.com")
    assert found.value == "xn--666-xw1e1b58vhor.com"
    assert found.context == {"comment": "was: 六合宝典666.com"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("evil[.]com", Role.LANDING),
        ("evil[.]com  # C2", Role.C2),
        ("1.2.3.4 - Apple phishing server", Role.PHISHING),
        ("The payload is on 1.2.3.4 since May", Role.PAYLOAD),
        ("hxxp://evil[.]com/phishing/c2", Role.LANDING),
        ("C2 servers:\n\nevil[.]com", Role.C2),
        ("# Command and control\nevil[.]com", Role.C2),
        ("C2 servers:\n1.2.3.4\n\nLanding pages:\nevil[.]com", Role.LANDING),
        ("# C2\n1.2.3.4\n# Reference: http://blog.example/c2\n# Others\nevil[.]com", Role.LANDING),
        ("d41d8cd98f00b204e9800998ecf8427e C2", Role.SAMPLE),
    ],
)
def test_the_role_comes_from_the_words_around_a_value(text: str, role: Role) -> None:
    assert indicators(text)[-1].role is role


def test_bullets_and_hosts_files_are_read() -> None:
    text = "- a.com\n* b.com\n1. c.com\n0.0.0.0 d.com\n127.0.0.1\te.com\n||f.com^\n"
    assert [item.value for item in indicators(text)] == [f"{name}.com" for name in "abcdef"]
    assert reasons(text) == []


def test_the_cells_of_a_table_in_prose_are_apart() -> None:
    assert [item.value for item in indicators("|http://a.com/x|phishing|\n| b.com | 1.2.3.4 |")] == [
        "http://a.com/x",
        "b.com",
        "1.2.3.4",
    ]


def test_a_source_that_a_defanging_feed_names_is_no_indicator() -> None:
    text = "The blog post is available at\nhttps://www.vendor.com/post\n\nevil[.]com\nhttps://plain.com/x\n"
    assert [item.value for item in indicators(text)] == ["evil.com", "https://plain.com/x"]
    assert any("reference" in entry.detail for entry in read(text) if isinstance(entry, Skip))
