from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.exports.records import Records
from mantis_crawler.exports.skipped import write_skips
from mantis_crawler.items import Record, Skip, SkipReason, from_json
from tests.builders import a_record, a_visit


def test_each_record_is_one_line_in_the_order_given(tmp_path: Path) -> None:
    records = [a_record("http://b.top/"), a_record("http://a.top/", lure=None, verdict=None, visits=())]
    path = Records().write(records, tmp_path)
    assert path.name == "records.jsonl"
    assert [from_json(line, Record) for line in path.read_text().splitlines()] == records


def test_no_records_give_an_empty_file(tmp_path: Path) -> None:
    assert Records().write([], tmp_path).read_bytes() == b""


@given(st.text())
def test_any_text_of_a_page_is_kept_on_one_line(title: str) -> None:
    record = a_record(visits=(a_visit(title=f"{title}\ud83d\u2028\u2029\x85\r\n"),))
    (line,) = Records().lines([record])
    assert len(line.encode().decode().splitlines()) == 1
    assert from_json(line, Record) == record


def test_skipped_lines_are_a_table_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    lines = [Skip(feed="f.txt", line=3, raw='=cmd|"x"', reason=SkipReason.PATTERN, detail="a pattern")]
    path = write_skips(lines, tmp_path)
    assert path.read_text("utf-8").splitlines() == [
        "feed,line,reason,detail,raw",
        'f.txt,3,pattern,a pattern,"\'=cmd|""x"""',
    ]
