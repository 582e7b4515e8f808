"""What a provider of the lab is, and the ways in which every one of them can fail.

Which way is chosen by the key, such as ``lab-429:key`` (``MANTIS_KEY_LAB``), or by a label of what is
asked about, such as ``fault-429.example.com``: so each failure can be had of each provider.
"""

import json
import re
from abc import ABC, abstractmethod
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote

from mantis_crawler.lab.site import Reply, Request

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World

_FAULT = re.compile(r"(?:lab|fault)-([a-z0-9-]+)")
HTML = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Busy.</body></html>"
XML = b"<?xml version='1.0'?><ErrorMessage><msg>ApiKey authenticate failed</msg></ErrorMessage>"
_SLOW = 3.0
_KEYS = ("lab-", "at_lab")
"""What the lab's keys begin with; the second has the shape of the vendor's, which its own clients check."""


class Service(ABC):
    """Answers for one provider."""

    name: str
    hosts: tuple[str, ...]
    path: str = "/"
    """What its paths begin with, where several services have one host."""
    keyed: bool = True
    """Whether it wants a key."""

    @abstractmethod
    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer a request in good order."""

    def refusal(self, status: int, words: str) -> Reply:
        """Return an error in its own envelope."""
        return as_json({"code": status, "messages": words}, status)


def as_json(value: Any, status: int = 200, **headers: str) -> Reply:
    """Return a reply in JSON."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Reply(body=body, status=status, type="application/json", headers=headers)


def as_lines(rows: list[Any], status: int = 200) -> Reply:
    """Return a reply in lines of JSON."""
    body = "".join(f"{json.dumps(row)}\n" for row in rows).encode()
    return Reply(body=body, status=status, type="application/x-ndjson")


def parameters(asked: Request) -> dict[str, str]:
    """Return what was asked for in the query."""
    return {name: values[-1] for name, values in parse_qs(asked.query, keep_blank_values=True).items()}


def in_json(asked: Request) -> dict[str, Any]:
    """Return what was asked for in a JSON body; empty if it is none."""
    try:
        value = json.loads(asked.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def key_of(asked: Request) -> str:
    """Return the key, wherever it stands."""
    headers = asked.headers
    for name in ("x-authentication-token", "x-api-key", "auth-key"):
        if name in headers:
            return headers[name]
    if (basic := headers.get("authorization", "")).startswith("Basic "):
        return b64decode(basic.removeprefix("Basic ")).decode("utf-8", "replace")
    given = parameters(asked)
    return given.get("apiKey") or given.get("key") or str(in_json(asked).get("apiKey", ""))


def served(service: Service, world: "World") -> Callable[[Request], Reply]:
    """Return the service with its faults before it."""
    seen: set[str] = set()

    def answer(asked: Request) -> Reply:
        key = key_of(asked)
        words = f"{unquote(asked.path)} {unquote(asked.query)} {asked.body}"
        found = _FAULT.match(key) or re.search(r"fault-([a-z0-9-]+)", words)
        fault = found[1] if found else ""
        if service.keyed and not key.startswith(_KEYS):
            fault = "wrong-key"
        again = f"{asked.path}?{asked.query}{asked.body}" in seen
        seen.add(f"{asked.path}?{asked.query}{asked.body}")
        return _faulty(fault, service, asked, world, again=again)

    return answer


def _faulty(fault: str, service: Service, asked: Request, world: "World", *, again: bool) -> Reply:
    if fault == "wrong-key":
        return service.refusal(403, "Access restricted. Check credits balance or enter the correct API key.")
    if fault == "quota":
        return service.refusal(429, "Monthly quota exceeded")
    if fault in _INSTEAD:
        return _INSTEAD[fault]
    if fault == "429" and not again:
        return _TOO_MANY
    reply = service.answer(asked, world)
    if fault == "truncated":
        return replace(reply, body=reply.body[: len(reply.body) // 2])
    return replace(reply, delay=_SLOW) if fault == "slow" else reply


_TOO_MANY = as_json({}, 429, **{"Retry-After": "0"})
_INSTEAD = {
    "no-credit": as_json({"response": {"error": "Insufficient balance"}}, 402),
    "error-200": as_json({"ErrorMessage": {"errorCode": "API_KEY_05", "msg": "ApiKey authenticate failed"}}),
    "always-429": _TOO_MANY,
    "html": Reply(body=HTML),
    "html-502": Reply(body=HTML, status=502),
    "xml": Reply(body=XML, type="text/xml"),
}
"""What comes instead of an answer, whatever was asked."""
