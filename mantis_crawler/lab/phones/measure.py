"""From what a visit left at the bench to the values that the table of checks speaks of."""

import re
from collections.abc import Iterable
from typing import Any

from mantis_crawler.lab.phones.session import Asked, Session

HINT = re.compile(r"sec-ch-|^(device-memory|dpr|viewport-width|rtt|downlink|ect)$")
LOW = ("sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform")
SOFTWARE = re.compile(r"swiftshader|llvmpipe|softpipe|mesa|virgl|google, vulkan", re.IGNORECASE)
COMPARED = ("ua", "platform", "hints", "language", "languages", "cores", "memory", "zone")
"""What every context must tell alike."""
OF_WORKERS = ("worker", "nested_worker", "blob_worker", "shared_worker", "service_worker")
REQUESTS = {
    "fetch": "/r/fetch",
    "xhr": "/r/xhr",
    "beacon": "/r/beacon",
    "socket": "/r/socket",
    "worker_script": "/worker.js?role=worker",
    "nested_script": "/worker.js?role=nested",
    "worker_fetch": "/r/worker",
    "shared_script": "/worker.js?role=shared",
    "shared_fetch": "/r/shared",
    "popup": "/popup.html",
    "cross_frame": "/frame.html",
}


def measure(session: Session) -> dict[str, Any]:
    """Return the measured values, nested, JSON all through."""
    page = session.posted.get("page", {})
    contexts = {**page.get("contexts", {}), "service_worker": session.posted.get("service")}
    facts = page.get("page", {})
    return {
        "http": _http(session),
        "tls": session.tls or None,
        "h2": {"settings": session.h2} if session.h2 else None,
        "page": {**facts, **_joined(facts)},
        "contexts": {name: _difference(facts, found) for name, found in contexts.items()},
        "software": _software({"page": facts, **contexts, "popup": session.posted.get("popup")}),
        "worker_gl": [_renderer(facts), _renderer(contexts.get("worker"))],
        "popup": _popup(session),
        "headless": _headless(session, {"page": facts, **contexts}),
        "others": page.get("others") or {},
        "swept": page.get("sweep"),
        "fonts": _fonts(facts),
        "textures": _textures(facts),
    }


def _joined(facts: dict[str, Any]) -> dict[str, Any]:
    hints = facts.get("hints")
    return {
        "hints_kind": "object" if hints else "undefined",
        "hints_short": [hints.get("mobile"), hints.get("platform")] if hints else None,
        "boards": [facts.get("hid"), facts.get("keyboard")],
        "clock": [facts.get("zone"), facts.get("offset")],
    }


def _http(session: Session) -> dict[str, Any]:
    first, later = session.first("/", host=session.door), session.first("/main")
    plain = session.first("/plain", scheme="http")
    image = session.first("/r/image.png")
    return {
        "first": _headers(first),
        "fetch": [_headers(first).get(f"sec-fetch-{name}") for name in ("site", "mode", "dest")],
        "order": [name for name in first.names if name not in {"host", "connection"}] if first else [],
        "later": _headers(later),
        "later_hints": sorted(name for name in _headers(later) if HINT.search(name)),
        "image_accept": image.header("accept") if image else None,
        "plain": [_hints(plain), plain.header("upgrade-insecure-requests")] if plain else None,
        "favicon": any(item.path == "/favicon.ico" for item in session.asked),
        "no_cache": _no_cache(session.asked),
        "cookie": later.header("cookie") if later else None,
        "agents": len({item.header("user-agent") for item in session.asked}),
        "same_agent": _same_agent(session),
        "hints_of": {
            "popup": _headers_of_hints(_find(session, "popup")),
            "cross_frame": _headers_of_hints(_find(session, "cross_frame")),
            "fetch": _headers_of_hints(_find(session, "fetch")),
        },
    }


def _headers(asked: Asked | None) -> dict[str, str]:
    return {key.lower(): value for key, value in asked.headers} if asked else {}


def _hints(asked: Asked) -> list[str]:
    return sorted(name for name in asked.names if HINT.search(name))


def _headers_of_hints(asked: Asked | None) -> dict[str, str] | None:
    if asked is None:
        return None
    return {key.lower(): value for key, value in asked.headers if key.lower() in LOW}


def _no_cache(asked: Iterable[Asked]) -> list[str]:
    """Navigations that say that the cache is off, as driven browsers' do."""
    documents = [item for item in asked if item.header("sec-fetch-mode") == "navigate"]
    return sorted({item.path for item in documents if {"cache-control", "pragma"} & set(item.names)})


def _find(session: Session, role: str) -> Asked | None:
    if role == "service_script":
        return session.first("/worker.js?role=service", host=f"{session.token}.localhost", scheme="http")
    if role == "service_fetch":
        return session.first("/r/service", host=f"{session.token}.localhost", scheme="http")
    host = session.elsewhere if role == "cross_frame" else session.host
    path = REQUESTS[role]
    exact = next((item for item in session.asked if (item.path, item.host) == (path, host)), None)
    return exact or session.first(path, host=host)


def _same_agent(session: Session) -> dict[str, bool | None]:
    first = session.first("/", host=session.door)
    agent = first.header("user-agent") if first else None
    found = {role: _find(session, role) for role in (*REQUESTS, "service_script", "service_fetch")}
    return {role: item.header("user-agent") == agent if item else None for role, item in found.items()}


def _difference(page: dict[str, Any], found: Any) -> dict[str, Any]:
    """What a context tells otherwise than the page; `error` if it told nothing."""
    if not isinstance(found, dict) or "ua" not in found:
        return {"error": (found or {}).get("error", "told nothing") if isinstance(found, dict) else "nothing"}
    return {name: found.get(name) for name in COMPARED if found.get(name) != page.get(name)}


def _renderer(found: Any) -> str | None:
    gl = found.get("gl") if isinstance(found, dict) else None
    return gl.get("renderer") if isinstance(gl, dict) else None


def _software(contexts: dict[str, Any]) -> list[str]:
    return sorted(name for name, found in contexts.items() if SOFTWARE.search(_renderer(found) or ""))


def _popup(session: Session) -> list[Any] | None:
    popup = session.posted.get("popup")
    names = ("touch", "coarse", "screen", "orientation", "platform", "maxTouchPoints", "cores")
    if not popup:
        return None
    page = session.posted.get("page", {}).get("page", {})
    return [name for name in names if popup.get(name) != page.get(name)]


def _headless(session: Session, contexts: dict[str, Any]) -> list[str]:
    asked = {item.path for item in session.asked if any("Headless" in value for _, value in item.headers)}
    return sorted(asked | {name for name, found in contexts.items() if "Headless" in str(found)})


def _fonts(facts: dict[str, Any]) -> dict[str, list[str]]:
    fonts = facts.get("media", {}).get("fonts", {})
    return {"there": sorted(name for name, there in fonts.items() if there)}


def _textures(facts: dict[str, Any]) -> list[str]:
    gl = facts.get("gl")
    extensions = gl.get("extensions", []) if isinstance(gl, dict) else []
    words = ("s3tc", "bptc", "rgtc", "etc", "astc", "pvrtc")
    return [word for word in words if any(_compressed(name, word) for name in extensions)]


def _compressed(extension: str, word: str) -> bool:
    return "compress" in extension and re.search(rf"_{word}1?(_|$)", extension) is not None
