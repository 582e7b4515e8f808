"""Feeds as published; they are not part of this project and the tests skip without them."""

import os
from collections import Counter
from pathlib import Path

import pytest

from mantis_crawler import sources as shelf
from mantis_crawler.catalog import discover
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import Hold, Indicator, IndicatorType, Role, SkipReason
from mantis_crawler.sources.base import Source
from mantis_crawler.sources.feed import Feed, read_feed

SHARED = Path(os.environ.get("MANTIS_SHARED") or Path(__file__).resolve().parents[2] / "../shared")


def feed(name: str) -> Feed:
    path = SHARED / "data" / "iocs" / name
    if not path.is_file():
        pytest.skip(f"no real feed at {path}")
    return read_feed(path, sources=discover(shelf, Source))  # type: ignore[type-abstract]


def indicators(read: Feed) -> list[Indicator]:
    return [entry for entry in read.indicators if isinstance(entry, Indicator)]


def test_each_row_of_the_sekoia_table_is_read_with_its_role() -> None:
    read = feed("sekoia/roaming_mantis_iocs_20220718.csv")
    assert read.source == "csv"
    assert Counter(entry.type for entry in indicators(read)) == {
        IndicatorType.IP: 90,
        IndicatorType.HOST: 7,
        IndicatorType.URL: 15,
        IndicatorType.HASH: 3,
    }
    assert Counter(entry.role for entry in indicators(read)) == {
        Role.PAYLOAD: 72,
        Role.PHISHING: 8,
        Role.C2: 10,
        Role.DEAD_DROP: 15,
        Role.LANDING: 7,
        Role.SAMPLE: 3,
    }
    assert [(skip.line, skip.reason) for skip in read.skips] == [(1, SkipReason.HEADER)]


def test_of_the_sekoia_table_only_what_victims_open_is_visited() -> None:
    read = feed("sekoia/roaming_mantis_iocs_20220718.csv")
    artifacts = [artifact for entry in indicators(read) for artifact in Direct().artifacts(entry)]
    assert len(artifacts) == 115
    assert Counter(artifact.hold for artifact in artifacts) == {
        None: 87,
        Hold.C2: 10,
        Hold.DEAD_DROP: 15,
        Hold.HASH: 3,
    }
    assert {artifact.hold for artifact in artifacts if artifact.host == "imgur.com"} == {Hold.DEAD_DROP}


def test_the_maltrail_trails_are_read_without_loss() -> None:
    read = feed("maltrail/android_roamingmantis.txt")
    found = indicators(read)
    hosts = [entry for entry in found if entry.type is IndicatorType.HOST]
    assert len(hosts) == 16_391
    assert {entry.value for entry in hosts} >= {"haoxingfu01.ddns.net", "xn--666-xw1e1b58vhor.com"}
    with_port = [entry for entry in found if entry.type is IndicatorType.IP]
    again = [skip for skip in read.skips if skip.reason is SkipReason.DUPLICATE and skip.raw.count(":") == 1]
    assert len(with_port) + sum("/" not in skip.raw for skip in again) == 224
    assert read.reasons[SkipReason.PATH_ONLY] == 139
    assert read.reasons[SkipReason.PATTERN] == 6
    assert read.reasons[SkipReason.COMMENT] == 912
    assert {SkipReason.NO_INDICATOR, SkipReason.NOT_PUBLIC}.isdisjoint(read.reasons)
    lines = {entry.line for entry in found} | {skip.line for skip in read.skips}
    assert lines == set(range(1, read.lines + 1))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("eset/pwa_phishing_README.adoc", 12),
        ("eset/bespin.json", 1),
        ("unit42/stix2_2025-03-06-domains-for-smishing-activity.json", 22),
    ],
)
def test_other_publishers_feeds_give_their_indicators_and_no_references(name: str, count: int) -> None:
    found = indicators(feed(name))
    assert len(found) == count
    assert not {"www.welivesecurity.com", "www.linkedin.com", "x.com"} & {
        artifact.host for entry in found for artifact in Direct().artifacts(entry)
    }
