"""G: time and locale; H: which engine runs, and whether somebody drives it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import Subject, agrees, equal, like, test


def _clock(seen: Any, subject: Subject) -> bool:
    day = datetime(2026, 1, 15, tzinfo=ZoneInfo(subject.country.time_zone))
    offset = day.utcoffset()
    assert offset is not None
    return bool(seen == [subject.country.time_zone, -int(offset.total_seconds() // 60)])


def _first_tag(seen: Any, subject: Subject) -> bool:
    return isinstance(seen, str) and seen.partition(",")[0] == subject.look("page.language")


_zone = test("the country's zone and offset", _clock)
_locale = agrees("page.language", "navigator.language")
_tag = test("navigator.language first", _first_tag)
_v8 = like(r"^Cannot read properties of null", "V8: Cannot read properties of null")
_v8_source = equal("function push() { [native code] }")
_none = equal([], "none")
_unseen = equal(0)
_blocked = equal("blocked")
_kept = equal(value=False)

CHECKS = (
    row("G01", "time zone and offset", "page.clock", _zone, _zone, _zone, "SPEC", cheap=True),
    row("G02", "locale of Intl", "page.locale", _locale, _locale, _locale, "SPEC"),
    row(
        "G03",
        "Accept-Language against navigator.language",
        "http.first.accept-language",
        _tag,
        _tag,
        _tag,
        "SPEC",
        cheap=True,
    ),
    row(
        "H01",
        "words of an error",
        "page.engine.error",
        _v8,
        like("^null is not an object", "JavaScriptCore: null is not an object"),
        _v8,
        "ENG",
    ),
    row("H02", "length of eval's source", "page.engine.evalLength", equal(33), equal(37), equal(33), "ENG"),
    row(
        "H03",
        "layout of a native function's source",
        "page.engine.push",
        _v8_source,
        like(r"^function push\(\) \{\n    \[native code\]\n\}$", "three lines"),
        _v8_source,
        "ENG",
    ),
    row("H04", "names that drivers leave", "page.engine.marks", _none, _none, _none, "SPEC", cheap=True),
    row("H05", "the console is read by a driver", "page.engine.driver", _unseen, _unseen, _unseen, "CTRL"),
    row(
        "H06", "requests and contexts that say Headless", "headless", _none, _none, _none, "SPEC", cheap=True
    ),
    row(
        "H07",
        "size of a broken picture",
        "page.engine.broken",
        equal(16),
        test("not 16", lambda seen, _: isinstance(seen, int) and seen != 16),
        equal(16),
        "ENG",
    ),
    row(
        "H08", "window.open() without a tap", "page.engine.unaskedPopup", _blocked, _blocked, _blocked, "SPEC"
    ),
    row(
        "H09",
        "a private window, by how its database writes",
        "page.media.incognito",
        _kept,
        _kept,
        _kept,
        "LIB",
    ),
)
