"""C: what ``navigator`` tells."""

from typing import Any

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import (
    Subject,
    absent,
    agrees,
    among,
    between,
    equal,
    present,
    test,
)

F, U, OBJ = "function", "undefined", "object"
PLATFORMS = ("Linux armv81", "Linux armv8l", "Linux aarch64")
"""Of Android phones; the first by far the most often."""


def _brands(seen: Any, subject: Subject) -> bool:
    return isinstance(seen, list) and f"{subject.device.brand};{subject.major}" in seen and len(seen) == 3


def _high(seen: Any, subject: Subject) -> bool:
    if not isinstance(seen, dict):
        return False
    wanted = (subject.device.model, subject.device.architecture, [subject.device.form_factor])
    return (seen.get("model"), seen.get("architecture"), seen.get("formFactors")) == wanted


def _languages(seen: Any, subject: Subject) -> bool:
    wanted = subject.country.languages
    return isinstance(seen, list) and seen in ([wanted[0]], list(wanted))


def _one_language(seen: Any, subject: Subject) -> bool:
    return bool(seen == [subject.country.languages[0]])


_list = test("brand;major of three", _brands)
_entropy = test("the device's model, architecture and form factor", _high)
_cores = test("the device's cores", lambda seen, subject: bool(seen == subject.device.cores))
_agent = agrees("http.first.user-agent", "the header's")
_tongues = test("the country's languages", _languages)
_quiet = equal(value=False)
_constants = equal(["20030107", "Netscape", None])
_clean = equal([], "none")

CHECKS = (
    row("C01", "navigator.userAgent", "page.ua", _agent, _agent, _agent, "SPEC", cheap=True),
    row(
        "C02",
        "navigator.platform",
        "page.platform",
        among(*PLATFORMS),
        equal("iPhone"),
        equal("Win32"),
        "UAS",
        cheap=True,
    ),
    row(
        "C03",
        "navigator.vendor",
        "page.vendor",
        equal("Google Inc."),
        equal("Apple Computer, Inc."),
        equal("Google Inc."),
        "UAS",
        cheap=True,
    ),
    row(
        "C04",
        "navigator.maxTouchPoints",
        "page.maxTouchPoints",
        equal(5),
        equal(5),
        between(0, 10),
        "FPG",
        cheap=True,
    ),
    row("C05", "navigator.webdriver", "page.webdriver", _quiet, _quiet, _quiet, "FPG", cheap=True),
    row(
        "C06",
        "navigator.userAgentData",
        "page.hints_kind",
        present("object"),
        absent(),
        present("object"),
        "BCD",
        cheap=True,
    ),
    row("C07", "userAgentData.brands", "page.hints.brands", _list, absent(), _list, "FPG", cheap=True),
    row(
        "C08",
        "userAgentData.mobile and platform",
        "page.hints_short",
        equal([True, "Android"]),
        absent(),
        equal([False, "Windows"]),
        "FPG",
        cheap=True,
    ),
    row("C09", "getHighEntropyValues()", "page.high", _entropy, absent(), _entropy, "FPG"),
    row(
        "C10",
        "navigator.languages",
        "page.languages",
        _tongues,
        test("the first language alone", _one_language),
        _tongues,
        "FPG",
        cheap=True,
    ),
    row("C11", "navigator.hardwareConcurrency", "page.cores", between(4, 9), equal(4), _cores, "FPG"),
    row("C12", "navigator.deviceMemory", "page.memory", between(1, 8), absent(), between(2, 32), "FPG"),
    row("C13", "plugins and MIME types", "page.plugins", equal([0, 0]), equal([5, 2]), equal([5, 2]), "FPG"),
    row(
        "C14",
        "navigator.pdfViewerEnabled",
        "page.pdf",
        equal(value=False),
        equal(value=True),
        equal(value=True),
        "FPG",
    ),
    row(
        "C15",
        "navigator.connection.type",
        "page.connection",
        among("cellular", "wifi"),
        equal(value=False, shows="no connection"),
        None,
        "UAS",
    ),
    row("C16", "navigator.getBattery", "page.battery", present(), absent(), present(), "BCD"),
    row("C17", "navigator.share and canShare", "page.share", present(), present(), present(), "BCD"),
    row("C18", "navigator.contacts", "page.contacts", present("object"), absent(), absent(), "BCD"),
    row("C19", "navigator.vibrate", "page.vibrate", present(), absent(), present(), "BCD"),
    row(
        "C20",
        "navigator.bluetooth and usb",
        "page.ports",
        present("object"),
        absent(),
        present("object"),
        "BCD",
    ),
    row(
        "C21",
        "navigator.hid and keyboard",
        "page.boards",
        equal([U, OBJ]),
        absent(),
        equal([OBJ, OBJ]),
        "BCD",
    ),
    row("C22", "navigator.standalone", "page.standalone", equal(U), equal("boolean"), equal(U), "SPEC"),
    row(
        "C23",
        "webkitTemporaryStorage and getInstalledRelatedApps",
        "page.chromium",
        equal([OBJ, F]),
        absent(),
        equal([OBJ, F]),
        "BCD",
    ),
    row("C24", "productSub, appName, oscpu", "page.constants", _constants, _constants, _constants, "FPG"),
    row(
        "C25", "getters of navigator that were tampered with", "page.tampered", _clean, _clean, _clean, "SPEC"
    ),
)
