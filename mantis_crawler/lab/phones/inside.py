"""What Android's browser inside an app (WebView) shows otherwise than Chrome."""

from typing import Any

from mantis_crawler.lab.phones.expected import Expected, Subject, absent, equal, test


def _looks(seen: Any, subject: Subject) -> bool:
    device = subject.device
    return bool(seen == [device.platform, device.touch_points, device.vendor, []])


INSIDE: dict[str, Expected] = {
    "C17": absent(),
    "C18": absent(),
    "C20": absent(),
    "C23": equal(["object", "undefined"]),
    "D14": equal("undefined"),
    "D17": absent(),
    "D19": equal([]),
    "F15": equal(0),
    "F17": test("no Notification", lambda seen, _: isinstance(seen, list) and seen[0] is None),
    "I02": test(
        "Chrome WebView, the major, mobile",
        lambda seen, subject: bool(seen == ["Chrome WebView", subject.major, "mobile"]),
    ),
    "I06": equal(["chromium-webview", "Android OS"]),
    "I08": test("Android", lambda seen, _: isinstance(seen, list) and seen[1:] == ["Android", "Blink"]),
    "I12": equal(["hasMissingChromeObject"]),
    "I21": test("platform, touch points and vendor of the device, no flavour", _looks),
    "J01": equal(["Android", "Chrome Mobile WebView"]),
}
"""By the id of the check."""
