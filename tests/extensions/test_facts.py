from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from mantis_crawler.browser.exits import read_exits
from mantis_crawler.browser.find import Browser
from mantis_crawler.devices.android import ANDROID
from mantis_crawler.extensions.facts import OWN_ADDRESS, blocklisted, kept_off, run_facts
from mantis_crawler.items import Skip, SkipReason, country
from mantis_crawler.ledger import Ledger
from mantis_crawler.spiders.plan import Plan


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    ledger = Ledger.create(tmp_path / "ledger.sqlite", {"run": "run-1", "feed": "sms.csv"})
    ledger.skip(
        Skip(feed="sms.csv", line=line, raw="x", reason=reason)
        for line, reason in enumerate((SkipReason.COMMENT, SkipReason.COMMENT, SkipReason.PATTERN))
    )
    yield Plan(
        run="run-1",
        folder=tmp_path,
        lab_seed=7,
        country=country("fr"),
        devices=(ANDROID,),
        browser=Browser(
            path="/opt/chrome", source="system", engine="chromium", version="156.0.1.2", sandbox=False
        ),
        ledger=ledger,
        arguments={},
    )
    ledger.close()


@pytest.fixture
def crawler(plan: Plan) -> Crawler:
    crawler = get_crawler(settings_dict={"TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
    crawler.spider = Spider("tiny", plan=plan)
    return crawler


def test_the_report_is_told_what_plan_and_statistics_know(crawler: Crawler) -> None:
    assert crawler.spider
    crawler.stats.set_value("mantis/visits", 12)
    crawler.stats.set_value("mantis/captures/per_minute", 99.5)
    crawler.stats.set_value("mantis/memory/peak_mb", 1234.5)
    facts = run_facts(crawler, crawler.spider, "finished")
    assert (facts.run, facts.lab_seed, facts.feeds, facts.devices) == ("run-1", 7, ("sms.csv",), (ANDROID,))
    assert (facts.visits, facts.captures_per_minute, facts.peak_memory_mb) == (12, 99.5, 1234.5)
    assert facts.skips == {"comment": 2, "pattern": 1}
    assert [skip.reason for skip in facts.skipped] == [SkipReason.PATTERN]


def test_the_report_names_the_browser_without_a_path_and_says_that_the_sandbox_was_off(
    crawler: Crawler,
) -> None:
    assert crawler.spider
    facts = run_facts(crawler, crawler.spider)
    assert facts.browser == "chromium 156.0.1.2"
    assert facts.notes == ("The browser ran without its sandbox.",)


def test_the_report_says_from_where_the_visits_went_out(crawler: Crawler, plan: Plan) -> None:
    exits = read_exits("fr=http://ann:s3cret@h:1,jp=socks5://h:2")
    for changes, way, warned in (
        ({"exits": exits, "lab_seed": None}, "through exits fr, jp", False),
        ({"lab_seed": None}, "from this machine's own address", True),
        ({}, "from this machine's own address", False),
    ):
        spider = Spider("tiny", plan=replace(plan, **changes))
        facts = run_facts(crawler, spider)
        assert facts.exit == way
        assert (OWN_ADDRESS in facts.notes) is warned
        assert "s3cret" not in repr(facts)


def test_names_on_the_blocklist_are_counted_without_comments(tmp_path: Path) -> None:
    assert blocklisted(tmp_path) is None
    (tmp_path / "blocklist.domains.txt").write_text("# head\n\na.example\nb.example\n")
    assert blocklisted(tmp_path) == 2


def test_what_was_kept_off_the_blocklist_is_counted_by_lure(tmp_path: Path) -> None:
    assert kept_off(tmp_path) == 0
    (tmp_path / "blocklist.excluded.csv").write_text('a,why\n192.0.2.1,"two\nlines"\n192.0.2.2,x\n', "utf-8")
    assert kept_off(tmp_path) == 2
