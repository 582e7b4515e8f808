"""The self-test beside a crawl: what it leaves in manifest and report, and that it stops nothing."""

import json
from pathlib import Path

from mantis_crawler.extensions.selftest import summary
from mantis_crawler.lab.phones.selftest import SHORT
from mantis_crawler.lab.world import World
from tests.spiders.runs import crawl, feed_of


def test_a_crawl_tells_how_its_phones_did(tmp_path: Path) -> None:
    host = next(site.host for site in World(1).families["cloaks"])
    feed = feed_of(tmp_path / "feed.csv", [f"url,https://{host}/,URL contained in SMS,fr"])
    ended = crawl(
        tmp_path / "outputs",
        f"seeds={feed}",
        "lab=yes",
        "devices=android",
        settings=["MANTIS_SELF_TEST=1", "MANTIS_QUIET_SECONDS=6"],
    )
    assert ended.code == 0, ended.said
    assert ended.folder is not None
    (record,) = ended.records
    assert [visit.device for visit in record.visits] == ["android"]
    manifest = json.loads((ended.folder / "manifest.json").read_text("utf-8"))
    told = manifest["self_test"]["android"]
    assert told["profile"] == "android profile on Chromium"
    assert len(SHORT) - 3 <= told["of"] <= len(SHORT)
    assert told["failing"] == {}
    page = (ended.folder / "report" / "index.html").read_text("utf-8")
    assert f"The devices passed {told['passed']} of {told['of']} checks of their self-test" in page


def test_the_line_names_what_failed_and_what_was_not_tested() -> None:
    told = summary(
        {
            "android": {"passed": 23, "of": 23, "failing": {}},
            "iphone": {"passed": 22, "of": 23, "failing": {"A01": "user agent: x, a real one: y"}},
            "desktop": {"error": "it was not done within 30 seconds"},
            "samsung": {"left_out": "it is visited elsewhere"},
        }
    )
    assert told == (
        "The devices passed 45 of 46 checks of their self-test; iphone failed user agent: x, a real one: y; "
        "desktop was not tested: it was not done within 30 seconds; "
        "samsung was not tested: it is visited elsewhere."
    )
    assert summary({}) == ""
