"""Text of hostile sites in tables that people open in a spreadsheet."""

import csv
from collections.abc import Iterable
from io import StringIO
from re import compile as pattern

_CONTROL = pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATE = pattern(r"[\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_LONGEST = 500


def cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula and no reader for two lines.

    A number stays one. Of text, what would start a formula (also in its full-width form, or behind
    blanks) gets an apostrophe before it, control characters and line ends become one blank, half
    characters that UTF-8 cannot hold a question mark, and 500 characters are enough.
    """
    if isinstance(value, bool | int | float):
        return str(value)
    text = _SURROGATE.sub("?", _CONTROL.sub(" ", str(value))).strip()
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    return f"'{text}" if text.startswith(_FORMULA) else text


def row(values: Iterable[object]) -> str:
    """Return one line of CSV (RFC 4180 quoting), without its line end."""
    line = StringIO()
    csv.writer(line, lineterminator="").writerow([cell(value) for value in values])
    return line.getvalue()
