"""B: the same phone in every other context of the page."""

from typing import Any

from mantis_crawler.lab.phones.check import Check, row
from mantis_crawler.lab.phones.expected import Expected, Subject, equal, test

PLATFORMS = {"android": '"Android"', "webview": '"Android"', "desktop": '"Windows"'}

REQUESTS = (
    ("B01", "fetch()", "fetch"),
    ("B02", "XMLHttpRequest", "xhr"),
    ("B03", "sendBeacon()", "beacon"),
    ("B04", "a web socket's handshake", "socket"),
    ("B05", "a worker's script", "worker_script"),
    ("B06", "a nested worker's script", "nested_script"),
    ("B07", "fetch() in a worker", "worker_fetch"),
    ("B08", "a shared worker's script", "shared_script"),
    ("B09", "fetch() in a shared worker", "shared_fetch"),
    ("B10", "a service worker's script", "service_script"),
    ("B11", "fetch() in a service worker", "service_fetch"),
    ("B12", "a popup's first request", "popup"),
)
HINTED = (
    ("B13", "a popup's first request", "popup"),
    ("B14", "a cross-site frame's request", "cross_frame"),
    ("B15", "fetch()", "fetch"),
)
CONTEXTS = (
    ("B16", "a frame of the same origin", "frame"),
    ("B17", "a cross-site frame", "cross_frame"),
    ("B18", "a sandboxed frame", "sandboxed_frame"),
    ("B19", "an about:blank frame", "blank_frame"),
    ("B20", "a srcdoc frame", "srcdoc_frame"),
    ("B21", "a worker", "worker"),
    ("B22", "a blob: worker", "blob_worker"),
    ("B23", "a shared worker", "shared_worker"),
    ("B24", "a service worker", "service_worker"),
)


def _hints(seen: Any, subject: Subject) -> bool:
    if not isinstance(seen, dict):
        return False
    return (
        f'"{subject.device.brand}";v="{subject.major}"' in seen.get("sec-ch-ua", "")
        and seen.get("sec-ch-ua-mobile") == ("?1" if subject.device.mobile else "?0")
        and seen.get("sec-ch-ua-platform") == PLATFORMS.get(subject.kind)
    )


def _alike(seen: Any, _: Subject) -> bool:
    return isinstance(seen, list) and len(seen) == 2 and (seen[1] is None or seen[0] == seen[1])


def _three(id_: str, title: str, key: str, expected: Expected, source: str = "SPEC") -> Check:
    return row(id_, title, key, expected, expected, expected, source)


_SENT = test("brand, mobile and platform", _hints)
_NONE = equal({}, "none")

CHECKS = (
    *(
        _three(id_, f"{what}: user agent", f"http.same_agent.{key}", equal(value=True, shows="the page's"))
        for id_, what, key in REQUESTS
    ),
    *(
        row(id_, f"{what}: client hints", f"http.hints_of.{key}", _SENT, _NONE, _SENT, "SPEC")
        for id_, what, key in HINTED
    ),
    *(
        _three(
            id_,
            f"{what}: agent, platform, hints, languages, cores, clock",
            f"contexts.{key}",
            equal({}, "no difference from the page"),
        )
        for id_, what, key in CONTEXTS
    ),
    _three(
        "B25", "WebGL renderer of page and worker", "worker_gl", test("equal, or none in the worker", _alike)
    ),
    _three("B26", "popup: touch, pointer, screen, orientation, platform", "popup", equal([], "as the page")),
)
