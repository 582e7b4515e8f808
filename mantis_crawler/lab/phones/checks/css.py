"""E: style sheets, and two sweeps over the names of the web platform."""

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import among, equal, test

YES, NO = equal(value=True), equal(value=False)
EITHER = among(*(True, False))
_agree = equal([True, True, True], "all true")
_plain = equal([True, False], "light, none")
_right = equal([], "none")
_few = test("3 at most", lambda seen, _: isinstance(seen, list) and len(seen) <= 3)

CHECKS = (
    row("E01", "(hover: none)", "page.css.hoverNone", YES, YES, NO, "SPEC"),
    row("E02", "(any-hover: none)", "page.css.anyHoverNone", YES, YES, NO, "SPEC"),
    row("E03", "(pointer: coarse)", "page.css.coarse", YES, YES, NO, "SPEC", cheap=True),
    row("E04", "(any-pointer: fine)", "page.css.anyFine", NO, NO, YES, "SPEC"),
    row(
        "E05",
        "orientation, device-width and resolution agree with the script's",
        "page.css.agrees",
        _agree,
        _agree,
        None,
        "SPEC",
    ),
    row("E06", "(color-gamut: p3)", "page.css.p3", EITHER, YES, EITHER, "SPEC"),
    row("E07", "(dynamic-range: high)", "page.css.hdr", EITHER, YES, EITHER, "FPG"),
    row("E08", "-webkit-touch-callout", "page.css.callout", NO, YES, NO, "BCD"),
    row("E09", "font: -apple-system-body", "page.css.appleFont", NO, YES, NO, "SPEC"),
    row("E10", "hanging-punctuation", "page.css.hanging", NO, YES, NO, "BCD"),
    row(
        "E11",
        "interpolate-size and app-region",
        "page.css.chromium",
        equal([True, True]),
        equal([False, False]),
        equal([True, True]),
        "BCD",
    ),
    row("E12", "light scheme and forced colours", "page.css.scheme", _plain, _plain, _plain, "SPEC"),
    row(
        "E13",
        "CSS properties that the phone has otherwise",
        "sweep.css",
        _right,
        _right,
        None,
        "BCD",
        needs="sweep",
    ),
    row(
        "E14",
        "names of the web platform that the phone has otherwise",
        "sweep.names",
        _few,
        _few,
        None,
        "BCD",
        needs="sweep",
    ),
)
