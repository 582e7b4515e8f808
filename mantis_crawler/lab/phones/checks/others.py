"""I: what scripts of others make of the browser; those that cannot be installed are asked anew."""

from typing import Any

from mantis_crawler.lab.phones.check import Check, row
from mantis_crawler.lab.phones.expected import Expected, Subject, among, equal, test

NO = equal([], "none")


def _of(  # noqa: PLR0917 - the table has so many columns
    id_: str, title: str, name: str, android: Expected, iphone: Expected, desktop: Expected | None
) -> Check:
    return row(id_, title, f"others.{name}", android, iphone, desktop, "LIB", needs=f"others.{name}")


def _hinted(seen: Any, subject: Subject) -> bool:
    if not isinstance(seen, list) or seen[2] != "mobile":
        return False
    if subject.kind == "iphone":
        return seen[0] == "Mobile Safari" and seen[1] in {"26", "27"}
    return seen[0] in {"Chrome", "Mobile Chrome"} and seen[1] == subject.major


def _clean(seen: Any, _: Subject) -> bool:
    return isinstance(seen, list) and not seen


def _looks(seen: Any, subject: Subject) -> bool:
    device = subject.device
    flavours = [] if subject.kind == "iphone" else ["chrome"]
    return bool(seen == [device.platform, device.touch_points, device.vendor, flavours])


def _outside(seen: Any, subject: Subject) -> bool:
    return bool(seen == [subject.device.in_app, subject.device.mobile])


_mobile = test("mobile, the browser and its major", _hinted)
_person = equal(value=False)
_none = test("none", _clean)
_low = test("below 0.2", lambda seen, _: isinstance(seen, int | float) and seen < 0.2)
_own = test("platform, touch points, vendor and flavour of the device", _looks)
_in_app = test("in an app or not, mobile", _outside)

CHECKS = (
    _of(
        "I01",
        "ua-parser-js: system, kind",
        "ua_parser",
        equal(["Android", "mobile"]),
        equal(["iOS", "mobile"]),
        equal(["Windows", None]),
    ),
    _of("I02", "ua-parser-js with hints: browser, major, kind", "ua_parser_hints", _mobile, _mobile, None),
    _of(
        "I03",
        "bowser: kind, system",
        "bowser",
        equal(["mobile", "Android"]),
        equal(["mobile", "iOS"]),
        equal(["desktop", "Windows"]),
    ),
    _of(
        "I04",
        "mobile-detect: phone, system, bot",
        "mobile_detect",
        equal([True, "AndroidOS", False]),
        equal([True, "iOS", False]),
        equal([False, None, False]),
    ),
    _of(
        "I05",
        "device-detector-js: kind, bot",
        "device_detector",
        equal(["smartphone", None]),
        equal(["smartphone", None]),
        equal(["desktop", None]),
    ),
    _of(
        "I06",
        "detect-browser: browser, system",
        "detect_browser",
        equal(["chrome", "Android OS"]),
        equal(["ios", "iOS"]),
        None,
    ),
    _of(
        "I07",
        "is-mobile and ismobilejs: phone",
        "mobile",
        equal([True, True]),
        equal([True, True]),
        equal([False, False]),
    ),
    _of(
        "I08",
        "platform: browser, system, engine",
        "platform",
        equal(["Chrome Mobile", "Android", "Blink"]),
        equal(["Safari", "iOS", "WebKit"]),
        None,
    ),
    _of("I09", "isbot: bot", "isbot", _person, _person, _person),
    _of("I10", "inapp-spy and detect-inapp: in an app, mobile", "in_app", _in_app, _in_app, _in_app),
    _of("I11", "BotD: bot", "botd", _person, _person, _person),
    _of("I12", "fpscanner: rules that fire", "fpscanner", _none, _none, _none),
    _of("I13", "headless-detector: score", "headless_detector", _low, _low, _low),
    _of(
        "I14",
        "detectIncognito: private, browser",
        "incognito",
        equal([False, "Chrome"]),
        among([False, "Mobile Safari"], [False, "Safari"]),
        equal([False, "Chrome"]),
    ),
    _of("I15", "CreepJS: lies", "creep.lies", equal(0), equal(0), equal(0)),
    _of("I16", "CreepJS: headless rating", "creep.headless", equal(0), equal(0), equal(0)),
    _of(
        "I17",
        "CreepJS: engine",
        "creep.engine",
        equal("Blink"),
        test("not Blink", lambda seen, _: seen != "Blink"),
        equal("Blink"),
    ),
    _of("I18", "what brotector asks: driver found", "driver", NO, NO, NO),
    _of("I19", "what rebrowser's detector asks: traces", "traces", NO, NO, NO),
    _of("I20", "what detect-headless asks: signs", "headless", NO, NO, NO),
    _of("I21", "FingerprintJS: platform, touch, vendor, flavour", "fingerprintjs", _own, _own, _own),
)
