"""The whole main job on the whole lab, once, and everything that must be true of it."""

import re
from collections import Counter

import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.items import CaptureKind, Hold, Outcome, Record
from mantis_crawler.lab.truth import TruthRow, truth
from mantis_crawler.ledger import Ledger
from mantis_crawler.store import CaptureStore
from tests.spiders.runs import Run, offline

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def known(demo: Run) -> list[tuple[TruthRow, Record]]:
    """The lab's ground truth beside the records."""
    by_url = {record.artifact.url: record for record in demo.records}
    return [(row, by_url[row.url]) for row in truth(1) if row.url in by_url]


def test_it_ends_well(demo: Run) -> None:
    assert demo.code == 0, demo.said
    assert "Traceback" not in demo.said


def test_it_was_run_where_only_loopback_is_up(demo: Run) -> None:
    if not offline():
        pytest.skip("this machine allows no network namespace; the gateway's log is checked instead")
    assert demo.code == 0


def test_the_gateway_connected_to_nothing_but_the_labs_addresses(demo: Run) -> None:
    asked = [item for record in demo.records for visit in record.visits for item in visit.connections]
    assert len(asked) > 200
    assert {item.result for item in asked} <= {"connected", "refused", "timeout", "unreachable", "denied"} | {
        "nxdomain",
        "not_public",
    }


def test_every_artifact_has_exactly_one_record(demo: Run) -> None:
    assert demo.folder is not None
    ledger = Ledger.open(demo.folder / "ledger.sqlite")
    counts = ledger.counts()
    assert counts["done"] == counts["total"] == len(demo.records) >= 300
    assert len({record.id for record in demo.records}) == len(demo.records)


def test_every_line_of_the_feed_is_accounted_for(demo: Run) -> None:
    assert demo.folder is not None
    skips = Ledger.open(demo.folder / "ledger.sqlite").skips()
    lines = {record.artifact.indicator.line for record in demo.records} | {skip.line for skip in skips}
    assert lines == set(range(1, max(lines) + 1))


def test_each_live_artifact_is_visited_once_on_each_device(demo: Run) -> None:
    for record in demo.records:
        devices = [visit.device for visit in record.visits]
        alive = record.resolution is not None and record.resolution.alive
        assert devices == (["android", "iphone", "desktop"] if alive else [])


def test_about_three_quarters_are_dead_in_many_ways(demo: Run) -> None:
    outcomes = Counter(record.outcome for record in demo.records if not record.artifact.hold)
    dead = {
        Outcome.NXDOMAIN,
        Outcome.NO_ADDRESS,
        Outcome.SERVFAIL,
        Outcome.DNS_TIMEOUT,
        Outcome.SINKHOLE,
        Outcome.NOT_PUBLIC,
        Outcome.REFUSED,
        Outcome.TIMEOUT,
        Outcome.TLS_BROKEN,
        Outcome.UNREACHABLE,
    }
    assert dead <= set(outcomes)
    share = sum(outcomes[outcome] for outcome in dead) / outcomes.total()
    assert 0.65 <= share <= 0.85
    assert outcomes.total() - sum(outcomes[outcome] for outcome in dead) >= 80


def test_what_serves_no_victim_is_kept_on_record_but_not_visited(demo: Run) -> None:
    held = Counter(record.artifact.hold for record in demo.records if record.artifact.hold)
    assert set(held) == {Hold.C2, Hold.DEAD_DROP, Hold.HASH}


def test_every_roaming_mantis_host_gives_android_the_app_and_the_iphone_the_login(
    known: list[tuple[TruthRow, Record]],
) -> None:
    landings = [
        (row, record)
        for row, record in known
        if row.family == "mantis" and row.design.shown["android"] == "download"
    ]
    assert len(landings) >= 12
    assert {row.language for row, _ in landings} >= {"fr", "ja", "de", "ko"}
    for row, record in landings:
        shown = {visit.device: visit.verdict.content_class for visit in record.visits if visit.verdict}
        wanted = {device: row.design.shown[device] for device in ("android", "iphone")}
        assert {device: shown[device] for device in wanted} == wanted, row.host
        assert record.cloaking is not None
        assert "user_agent_filtering" in record.cloaking.kinds, row.host
        assert record.lure is not None
        assert record.lure.is_lure, row.host


def test_the_lure_of_roaming_mantis_is_kept_the_dialog_and_the_app(
    known: list[tuple[TruthRow, Record]],
) -> None:
    for row, record in known:
        if row.family != "mantis" or row.design.shown["android"] != "download":
            continue
        android = next(visit for visit in record.visits if visit.device == "android")
        assert android.dialogs, row.host
        assert [file.type for file in android.downloads] == ["apk"], row.host
        assert android.hops[-1].url.endswith(".apk"), row.host


def test_every_lure_of_the_lab_is_called_one_and_nothing_else_is(
    known: list[tuple[TruthRow, Record]],
) -> None:
    called = {row.design.name for row, record in known if record.lure and record.lure.is_lure}
    lures = {row.design.name for row, _ in known if row.design.lure}
    assert len(lures) >= 30
    assert (lures - called, called - lures) == (set(), set())


def test_no_benign_site_is_on_the_blocklist(demo: Run, known: list[tuple[TruthRow, Record]]) -> None:
    listed = set(demo.listed())
    assert [row.host for row, _ in known if row.design.benign and row.host in listed] == []
    assert [name for name in listed if name.endswith("imgur.com")] == []


def test_every_listed_name_is_a_lure_with_its_evidence(demo: Run) -> None:
    lures = {record.artifact.host: record for record in demo.records if record.lure and record.lure.is_lure}
    assert demo.folder is not None
    text = (demo.folder / "blocklist.domains.txt").read_text("utf-8")
    assert len(demo.listed()) >= 12
    for name in demo.listed():
        assert lures[name].id in text


def test_every_capture_lies_in_the_store_under_its_hash(demo: Run) -> None:
    assert demo.folder is not None
    store = CaptureStore(demo.folder)
    captures = {item for record in demo.records for visit in record.visits for item in visit.captures}
    assert all(store.path(capture).stat().st_size == capture.size for capture in captures)


def test_every_page_that_was_painted_has_its_picture(demo: Run) -> None:
    for record in demo.records:
        for visit in record.visits:
            if visit.outcome in {Outcome.LOADED, Outcome.HTTP_ERROR, Outcome.CHALLENGE}:
                assert visit.capture(CaptureKind.SCREENSHOT), (record.artifact.url, visit.device, visit.notes)


def test_a_link_that_answers_once_was_asked_once_by_each_device(known: list[tuple[TruthRow, Record]]) -> None:
    once = [record for row, record in known if row.design.name == "trick-once"]
    assert once
    for record in once:
        assert [visit.status for visit in record.visits] == [200, 200, 200]


def test_country_network_and_warning_lists_are_merged(demo: Run) -> None:
    for record in demo.records:
        ours = [item for item in record.enrichments if item.source in {"dns", "geo", "warninglists"}]
        assert len(ours) == 3
        errors = {item.error for item in ours if item.error}
        unknown = {
            "no address to look up",
            "the artifact has no host",
            f"held ({record.artifact.hold}): not looked up",
        }
        assert errors <= (unknown if not record.visits else set())
    networks = [item.facts for record in demo.records for item in record.enrichments if item.source == "geo"]
    assert sum(1 for facts in networks if facts) >= 80


def test_faults_of_certificates_are_seen(demo: Run) -> None:
    faults = {
        fault
        for record in demo.records
        for visit in record.visits
        if visit.certificate
        for fault in visit.certificate.faults
    }
    assert faults >= {"expired", "self_signed", "wrong_name"}


def test_the_report_holds_every_lure_and_runs_nothing(demo: Run) -> None:
    assert demo.folder is not None
    page = LexborHTMLParser((demo.folder / "report" / "index.html").read_text("utf-8"))
    assert page.css("script") == []
    text = page.body.text() if page.body else ""
    for record in demo.records:
        if record.lure and record.lure.is_lure:
            assert record.id in text


def test_the_last_lines_say_how_it_ended_and_where_the_report_is(demo: Run) -> None:
    assert re.search(r"\d+ artifacts done in ", demo.said)
    assert re.search(r"captures \([\d.,]+ a minute\)", demo.said)
    assert re.search(r"Memory +[\d,]+ MB", demo.said)
    assert "report/index.html" in demo.said


def test_its_memory_stays_below_two_gigabytes(demo: Run) -> None:
    found = re.search(r"Memory +([\d,]+) MB", demo.said)
    assert found
    assert int(found[1].replace(",", "")) < 2000
