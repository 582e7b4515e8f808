"""The user's own files of what is known bad answer like a provider: by whom, as what and since when."""

from pathlib import Path

import pytest

from mantis_crawler.items import Ask, Finding, Question, Threat
from mantis_crawler.providers.feeds import Feeds
from mantis_crawler.sources.base import FeedError
from mantis_crawler.spiders.reports import read_reports

CSV = """first seen,indicator,threat,reporter
2022-01-03 00:00:00 UTC,evil[.]com,phishing,somebody
2022-01-04,hxxp://shop.example.org/login?id=1,malware_download,somebody
2022-01-05,hxxp://whole.example.net/,phishing,somebody
,5.6.7[.]8,c2,somebody
2022-01-06,duckdns.org,dynamic,somebody
"""


@pytest.fixture
def feed(tmp_path: Path) -> Feeds:
    path = tmp_path / "bad.csv"
    path.write_text(CSV, "utf-8")
    (one,) = read_reports(str(path))
    return one


def said(feed: Feeds, subject: str, ask: Ask = Ask.KNOWN_BAD) -> tuple[Finding, ...]:
    return feed.known(Question(ask=ask, subject=subject)).findings


def test_a_file_says_as_what_and_since_when_under_its_own_name(feed: Feeds) -> None:
    assert feed.name == "feed:bad.csv"
    assert said(feed, "evil.com") == (
        Threat(value="evil.com", kind="phishing", first="2022-01-03T00:00:00Z"),
    )
    assert said(feed, "5.6.7.8") == (Threat(value="5.6.7.8", kind="c2"),)
    assert said(feed, "good.com") == ()


def test_what_is_below_a_listed_name_is_listed_but_not_what_is_below_a_shared_suffix(feed: Feeds) -> None:
    assert [one.value for one in said(feed, "www.evil.com") if isinstance(one, Threat)] == ["evil.com"]
    assert said(feed, "notevil.com") == said(feed, "abcde.duckdns.org") == said(feed, "15.6.7.8") == ()


def test_a_url_with_a_path_says_nothing_of_its_host(feed: Feeds) -> None:
    url = "http://shop.example.org/login?id=1"
    assert said(feed, "shop.example.org") == said(feed, "http://shop.example.org/", Ask.KNOWN_BAD_URL) == ()
    assert [one.value for one in said(feed, url, Ask.KNOWN_BAD_URL) if isinstance(one, Threat)] == [url]
    assert said(feed, "whole.example.net") != ()


def test_files_of_the_same_name_are_told_apart_and_a_missing_one_is_said(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.txt").write_text("evil.com\n", "utf-8")
    names = f"{tmp_path}/a/list.txt, {tmp_path}/b/list.txt"
    assert [one.name for one in read_reports(names)] == ["feed:list.txt", "feed:list.txt+"]
    assert read_reports("") == ()
    with pytest.raises(FeedError, match="no file"):
        read_reports(str(tmp_path / "none.csv"))
