"""J: what parsers on servers make of the requests."""

from mantis_crawler.lab.phones.check import row
from mantis_crawler.lab.phones.expected import equal

_one = equal(1)
_bot = equal(value=False)


CHECKS = (
    row(
        "J01",
        "ua-parser: system, browser",
        "parsers.ua_parser",
        equal(["Android", "Chrome Mobile"]),
        equal(["iOS", "Mobile Safari"]),
        equal(["Windows", "Chrome"]),
        "LIB",
        needs="parsers.ua_parser",
    ),
    row(
        "J02",
        "device-detector: system, kind, bot",
        "parsers.device_detector",
        equal(["Android", "smartphone", False]),
        equal(["iOS", "smartphone", False]),
        equal(["Windows", "desktop", False]),
        "LIB",
        needs="parsers.device_detector",
    ),
    row(
        "J03",
        "user-agents: mobile, touch, PC, bot",
        "parsers.user_agents",
        equal([True, True, False, False]),
        equal([True, True, False, False]),
        equal([False, False, True, False]),
        "LIB",
        needs="parsers.user_agents",
    ),
    row(
        "J04",
        "crawlerdetect: bot",
        "parsers.crawlerdetect",
        _bot,
        _bot,
        _bot,
        "LIB",
        needs="parsers.crawlerdetect",
    ),
    row(
        "J05",
        "httpagentparser: platform",
        "parsers.httpagentparser",
        equal("Android"),
        equal("iOS"),
        equal("Windows"),
        "LIB",
        needs="parsers.httpagentparser",
    ),
    row(
        "J06", "user agents of all requests of the visit", "http.agents", _one, _one, _one, "SPEC", cheap=True
    ),
)
