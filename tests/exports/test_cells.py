import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.exports.cells import cell, row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("  =1", "'=1"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        ("\x00=1", "'=1"),
        ("a=1", "a=1"),
        ("", ""),
        ("two\nlines", "two lines"),
        ("two\u2028lines", "two lines"),
        ("half \ud83d", "half ?"),
    ],
)
def test_hostile_text_is_neutral_in_a_cell(text: str, expected: str) -> None:
    assert cell(text) == expected


def test_a_number_stays_a_number() -> None:
    assert cell(-0.5) == "-0.5"
    assert cell(3) == "3"


def test_a_long_text_is_cut() -> None:
    assert len(cell("x" * 10_000)) == 500
    assert cell("x" * 10_000).endswith("…")


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_a_row_is_one_line_that_reads_back_as_its_cells(values: list[str]) -> None:
    line = row(values)
    assert len(line.splitlines()) <= 1
    assert next(csv.reader(StringIO(line)), [""]) == [cell(value) for value in values]
    line.encode()
