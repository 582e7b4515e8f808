from collections.abc import Iterator
from pathlib import Path

import pytest

from mantis_crawler.items import Artifact, Record, Skip, SkipReason
from mantis_crawler.ledger import Ledger, LedgerError
from tests.builders import a_record, an_artifact

HOSTS = ("one.example", "two.example", "three.example")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger.create(tmp_path / "ledger.sqlite", {"run": "r1", "lab_seed": 1})
    ledger.add(an_artifact(f"http://{host}/") for host in HOSTS)
    yield ledger
    ledger.close()


def record_of(host: str) -> Record:
    artifact = an_artifact(f"http://{host}/")
    return a_record(artifact=artifact, id=artifact.id)


def test_units_come_out_in_the_order_of_the_feed(ledger: Ledger) -> None:
    assert [unit.artifact.host for unit in ledger.open_units()] == list(HOSTS)


def test_an_artifact_is_added_once(ledger: Ledger) -> None:
    assert ledger.add([an_artifact("http://one.example/")]) == 0
    assert ledger.counts()["total"] == 3


def test_a_committed_record_is_read_back_the_same_and_its_unit_is_done(ledger: Ledger) -> None:
    record = record_of("two.example")
    assert ledger.commit(record)
    assert list(ledger.records()) == [record]
    assert ledger.counts() == {"todo": 2, "leased": 0, "done": 1, "total": 3}


def test_a_unit_has_one_record_however_often_it_is_committed(ledger: Ledger) -> None:
    assert ledger.commit(record_of("one.example"))
    assert not ledger.commit(record_of("one.example"))
    assert len(list(ledger.records())) == 1


def test_records_come_out_in_the_order_of_the_feed_however_they_went_in(ledger: Ledger) -> None:
    for host in reversed(HOSTS):
        ledger.commit(record_of(host))
    assert [record.artifact.host for record in ledger.records()] == list(HOSTS)


def test_a_record_of_another_run_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no unit of this run"):
        ledger.commit(record_of("stranger.example"))


def test_an_attempt_is_counted_before_it_is_made(ledger: Ledger, tmp_path: Path) -> None:
    unit = ledger.open_units()[0]
    ledger.begin(unit.artifact.id)
    again = Ledger.open(tmp_path / "ledger.sqlite")
    assert again.open_units()[0].attempts == 1
    assert again.counts()["leased"] == 1


def test_an_orderly_stop_counts_no_attempt(ledger: Ledger) -> None:
    ledger.begin(ledger.open_units()[0].artifact.id)
    assert ledger.release() == 1
    assert [unit.attempts for unit in ledger.open_units()] == [0, 0, 0]
    assert ledger.counts()["leased"] == 0


def test_a_done_unit_is_not_begun_again(ledger: Ledger) -> None:
    ledger.commit(record_of("one.example"))
    ledger.begin(record_of("one.example").id)
    assert ledger.counts()["done"] == 1


def test_what_a_run_was_started_with_is_kept(ledger: Ledger) -> None:
    assert ledger.about() == {"run": "r1", "lab_seed": 1, "schema": 1}


def test_skipped_lines_are_kept_in_order(ledger: Ledger) -> None:
    lines = [Skip(feed="f", line=n, raw="#", reason=SkipReason.COMMENT) for n in (3, 1)]
    ledger.skip(lines)
    assert [*ledger.skips()] == lines


def test_a_page_with_half_a_character_costs_no_record(ledger: Ledger) -> None:
    record = record_of("one.example")
    hostile = Record(id=record.id, artifact=record.artifact, run="r", error="a\ud800\u2028\x7fz")
    assert ledger.commit(hostile)
    assert list(ledger.records()) == [hostile]


def test_a_ledger_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def artifacts() -> Iterator[Artifact]:
        yield an_artifact()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ledger.create(tmp_path / "half.sqlite", {}, artifacts())
    with pytest.raises(LedgerError, match="Start it again"):
        Ledger.open(tmp_path / "half.sqlite")


def test_a_ledger_is_never_overwritten(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="exists already"):
        Ledger.create(tmp_path / "ledger.sqlite", {})


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, only words"])
def test_what_is_no_ledger_is_refused_with_a_reason(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LedgerError):
        Ledger.open(path)
