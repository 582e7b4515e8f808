"""A visit's traffic as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/)."""

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import mantis_crawler
from mantis_crawler.browser.exchange import Exchange, Message
from mantis_crawler.items import Connection, host_of

PAGE = "visit"
PHASES = ("blocked", "dns", "connect", "ssl", "send", "wait", "receive")


def har(
    exchanges: list[Exchange], connections: tuple[Connection, ...], *, browser: str, title: str, started: str
) -> Iterator[bytes]:
    """Return a HAR file in pieces.

    Args:
        exchanges: What went over the network, in order.
        connections: The gateway's log: which addresses were really connected to.
        browser: Engine and version.
        title: Of the page.
        started: When the visit began, RFC 3339.
    """
    addresses = {
        item.host: item.address for item in connections if item.address and item.result == "connected"
    }
    name, _, version = browser.partition(" ")
    head = {
        "version": "1.2",
        "creator": {"name": "mantis_crawler", "version": mantis_crawler.__version__},
        "browser": {"name": name, "version": version},
        "pages": [{"startedDateTime": started, "id": PAGE, "title": title, "pageTimings": {}}],
    }
    yield b'{"log": ' + json.dumps(head)[:-1].encode() + b', "entries": ['
    for number, one in enumerate(exchanges):
        text = json.dumps(_entry(one, addresses.get(host_of(one.url))))
        yield (b",\n" if number else b"\n") + text.encode()
    yield b"\n]}}\n"


def _entry(one: Exchange, address: str | None) -> dict[str, Any]:
    timings = _timings(one)
    entry: dict[str, Any] = {
        "pageref": PAGE,
        "startedDateTime": _time(one.started),
        "time": sum(value for value in timings.values() if value > 0),
        "request": _request(one),
        "response": _response(one),
        "cache": {},
        "timings": timings,
        "_resourceType": one.kind.lower(),
        "_initiator": {"type": one.initiator or "other"},
    }
    if one.comment:
        entry["comment"] = one.comment
    if address:
        entry["serverIPAddress"] = address
    if one.error:
        entry["_error"] = one.error
    if one.messages:
        entry["_webSocketMessages"] = [_message(message) for message in one.messages]
    return entry


def _request(one: Exchange) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": one.method,
        "url": one.url,
        "httpVersion": _version(one),
        "cookies": _cookies(_value(one.sent, "cookie")),
        "headers": _pairs(one.sent),
        "queryString": [{"name": key, "value": value} for key, value in _query(one.url)],
        "headersSize": -1,
        "bodySize": one.posted if one.post is not None or not one.unposted else -1,
    }
    if one.unposted:
        request["comment"] = one.unposted
    if one.post is not None:
        request["postData"] = {"mimeType": _value(one.sent, "content-type"), "params": []} | _text(one.post)
    return request


def _response(one: Exchange) -> dict[str, Any]:
    content: dict[str, Any] = {
        "size": len(one.body) if one.body is not None else max(one.size, 0),
        "mimeType": one.mime or "x-unknown",
    }
    if one.body is not None:
        content |= _text(one.body, "encoding")
    elif one.missing:
        content["comment"] = one.missing
    return {
        "status": one.status,
        "statusText": one.reason,
        "httpVersion": _version(one),
        "cookies": _cookies(_value(one.got, "set-cookie")),
        "headers": _pairs(one.got),
        "content": content,
        "redirectURL": one.redirect,
        "headersSize": -1,
        "bodySize": one.size if one.done else -1,
    }


def _text(body: bytes, encoding: str = "_encoding") -> dict[str, str]:
    """Return a body as text, or in base64, which the standard has a word for in answers only."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), encoding: "base64"}


def _timings(one: Exchange) -> dict[str, float]:
    """Return milliseconds of each phase; -1 for one that did not take place."""
    timing = one.timing
    total = max(0.0, (one.ended - one.clock) * 1000)

    def phase(start: str, end: str) -> float:
        first, last = timing.get(start, -1), timing.get(end, -1)
        return round(last - first, 3) if 0 <= first <= last else -1

    wait = max(0.0, phase("sendEnd", "receiveHeadersEnd"))
    found = {
        "blocked": -1,
        "dns": phase("dnsStart", "dnsEnd"),
        "connect": phase("connectStart", "connectEnd"),
        "ssl": phase("sslStart", "sslEnd"),
        "send": max(0.0, phase("sendStart", "sendEnd")),
        "wait": wait,
        "receive": 0.0,
    }
    found["receive"] = round(max(0.0, total - max(0.0, timing.get("receiveHeadersEnd", 0.0))), 3)
    return found


def _message(message: Message) -> dict[str, Any]:
    kind = "send" if message.sent else "receive"
    said = {"type": kind, "time": message.time, "opcode": message.opcode, "data": message.data}
    return said | {"_cut": True} if message.cut else said


def _version(one: Exchange) -> str:
    return {"h2": "HTTP/2", "h3": "HTTP/3"}.get(one.protocol, one.protocol.upper() or "HTTP/1.1")


def _value(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _pairs(headers: Mapping[str, str]) -> list[dict[str, str]]:
    """Return headers as a list; those that came several times are told apart by line breaks."""
    return [{"name": name, "value": one} for name, value in headers.items() for one in value.split("\n")]


def _cookies(text: str) -> list[dict[str, str]]:
    found = []
    for line in text.split("\n"):
        try:
            found += [{"name": key, "value": item.value} for key, item in SimpleCookie(line).items()]
        except CookieError:
            continue
    return found


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return []


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
