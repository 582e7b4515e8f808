"""D: screen, touch and window."""

from typing import Any

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import (
    Subject,
    absent,
    among,
    between,
    equal,
    of_device,
    present,
    test,
)

F, U, OBJ = "function", "undefined", "object"
APPLE = (
    (375, 667),
    (375, 812),
    (390, 844),
    (393, 852),
    (402, 874),
    (414, 896),
    (420, 912),
    (428, 926),
    (430, 932),
    (440, 956),
)
"""Screens of iPhones, in CSS pixels."""


def _phone(seen: Any, _: Subject) -> bool:
    return isinstance(seen, list) and 320 <= seen[0] <= 486 and seen[1] > seen[0]


def _fits(seen: Any, subject: Subject) -> bool:
    screen = subject.look("page.screen")
    return isinstance(seen, list) and seen[0] == screen[0] and 0 < seen[1] < screen[1]


def _smaller(seen: Any, subject: Subject) -> bool:
    screen = subject.look("page.screen")
    return isinstance(seen, list) and 0 < seen[0] <= screen[0] and 0 < seen[1] < screen[1]


def _outside(seen: Any, subject: Subject) -> bool:
    screen = subject.look("page.screen")
    return (
        isinstance(seen, list)
        and 0 < seen[1] <= screen[1]
        and (seen[0] == screen[0] or subject.kind == "desktop")
    )


_in_view = test("screen width, less than its height", _fits)
_window = test("within the screen", _outside)
_portrait = equal("portrait-primary")
_shown = equal([False, True], "visible, focused")
_none = absent()

CHECKS = (
    row(
        "D01",
        "screen size",
        "page.screen",
        test("a phone's, upright", _phone),
        among(*map(list, APPLE)),
        among([1920, 1080], [1536, 864], [1366, 768], [2560, 1440]),
        "UAS",
        cheap=True,
    ),
    row(
        "D02",
        "viewport with a viewport tag",
        "page.inner",
        _in_view,
        _in_view,
        test("smaller than the screen", _smaller),
        "UAS",
        cheap=True,
    ),
    row(
        "D03",
        "layout width without a viewport tag",
        "page.layout",
        equal(980),
        equal(980),
        of_device("width"),
        "SPEC",
    ),
    row(
        "D04",
        "devicePixelRatio",
        "page.scale",
        between(1.5, 4),
        among(2, 3),
        among(1, 1.25, 1.5, 2),
        "FPG",
        cheap=True,
    ),
    row("D05", "outerWidth and outerHeight", "page.outer", _window, _window, _window, "FPG"),
    row(
        "D06",
        "screen.orientation.type",
        "page.orientationType",
        _portrait,
        _portrait,
        equal("landscape-primary"),
        "SPEC",
    ),
    row("D07", "window.orientation", "page.orientation", equal("number"), equal("number"), equal(U), "BCD"),
    row("D08", "screen.isExtended", "page.extended", absent(), equal(None, "absent"), None, "BCD"),
    row("D09", "width of a scrollbar", "page.scrollbar", equal(0), equal(0), between(10, 17), "SPEC"),
    row(
        "D10",
        "ontouchstart and TouchEvent",
        "page.touchEvent",
        equal([True, F]),
        equal([True, F]),
        equal([False, F]),
        "BCD",
        cheap=True,
    ),
    row(
        "D11", "GestureEvent and ongesturestart", "page.gesture", absent(), equal([F, True]), absent(), "BCD"
    ),
    row("D12", "DeviceMotionEvent", "page.motion", present(), present(), present(), "BCD"),
    row(
        "D13",
        "DeviceMotionEvent.requestPermission",
        "page.motionPermission",
        among(F, U),
        present(),
        None,
        "BCD",
    ),
    row(
        "D14",
        "window.chrome",
        "page.chrome",
        present("object"),
        equal(U),
        present("object"),
        "FPG",
        cheap=True,
    ),
    row("D15", "ApplePaySession", "page.applePay", absent(), present(), absent(), "BCD"),
    row(
        "D16",
        "MediaSource and ManagedMediaSource",
        "page.mediaSource",
        equal([F, U]),
        equal([U, F]),
        equal([F, U]),
        "BCD",
    ),
    row("D17", "Notification and PushManager", "page.push", equal([F, F]), absent(), equal([F, F]), "BCD"),
    row("D18", "names of Chrome on a desktop", "page.desktopOnly", equal([]), equal([]), None, "BCD"),
    row(
        "D19",
        "names of Chrome on Android",
        "page.androidOnly",
        equal(["ContactsManager", "NDEFReader", "ContentIndex", "BarcodeDetector"]),
        equal([]),
        None,
        "BCD",
    ),
    row(
        "D20",
        "performance.memory and webkitRequestFileSystem",
        "page.chromiumOnly",
        equal([OBJ, F]),
        _none,
        equal([OBJ, F]),
        "BCD",
    ),
    row("D21", "hidden and focused", "page.shown", _shown, _shown, _shown, "SPEC"),
)
