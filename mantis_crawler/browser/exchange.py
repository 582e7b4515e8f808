"""One request of a visit and what came of it, with what is kept of each."""

from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.browser.line import Session

URL = 8000
"""Characters of a URL, and of a header's value, that are kept."""
HEADERS = 100
POST = 64 * 1024
"""Bytes of a request's body that are kept."""
SEEN_AS = {"proxy-connection": "Connection"}


@dataclass(slots=True, kw_only=True)
class Message:
    """One message on a web socket."""

    sent: bool
    time: float
    opcode: int
    """1 for text, 2 for binary, which is given in base64."""
    data: str
    cut: bool = False
    """Whether it was longer than what is kept."""


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and what came of it."""

    session: Session | None
    """Where its bodies can be asked for; `None` if nowhere."""
    request: str
    """DevTools' id."""
    kind: str
    """DevTools' resource type, such as ``Document``."""
    started: float
    """Unix time."""
    clock: float
    """The browser's own clock at that moment."""
    url: str
    method: str = "GET"
    sent: dict[str, str] = field(default_factory=dict)
    post: bytes | None = None
    """The request's body, or its beginning."""
    posted: int = 0
    """Bytes of the request's body; -1 where nobody said."""
    unposted: str = ""
    """Why the request's body is not here, or not whole."""
    initiator: str = ""
    status: int = 0
    reason: str = ""
    protocol: str = ""
    got: dict[str, str] = field(default_factory=dict)
    mime: str = ""
    address: str = ""
    timing: dict[str, float] = field(default_factory=dict)
    redirect: str = ""
    ended: float = 0.0
    size: int = 0
    """Bytes that came over the wire."""
    done: bool = False
    error: str = ""
    body: bytes | None = None
    missing: str = ""
    """Why there is no body."""
    messages: list[Message] = field(default_factory=list)
    comment: str = ""
    """What is to be known of how it was seen."""


def take_answer(one: Exchange, answer: dict[str, Any]) -> None:
    """Write down what a DevTools ``Network.Response`` says."""
    one.status, one.reason = answer.get("status", 0), str(answer.get("statusText", ""))[:200]
    one.got = one.got or headers_of(answer.get("headers", {}))
    one.mime = str(answer.get("mimeType", ""))[:200]
    one.protocol = str(answer.get("protocol", ""))[:20]
    one.timing = answer.get("timing") or {}


def rank(one: Exchange) -> tuple[int, int]:
    """Return the place of a body among those that are wanted: documents come first, then the smallest."""
    order = ("Document", "XHR", "Fetch", "Script", "Manifest", "Stylesheet")
    return (order.index(one.kind) if one.kind in order else len(order), one.size)


def headers_of(headers: dict[str, Any]) -> dict[str, str]:
    """Return headers as the site sees them: the gateway writes ``Connection`` for a proxy's header."""
    kept = list(headers.items())[:HEADERS]
    return {SEEN_AS.get(str(name).lower(), str(name)[:200]): str(value)[:URL] for name, value in kept}


def bytes_of(text: str, size: int = -1) -> bytes:
    """Return a body that was told as text: of one that is no UTF-8, each letter is a byte."""
    body = text.encode("utf-8", "replace")
    return body if len(body) == size or len(text) != size else text.encode("latin-1", "replace")


def keep_post(one: Exchange, body: bytes) -> None:
    """Keep a request's body up to the cap; the browser leaves out of it what files hold."""
    one.posted = max(one.posted, len(body))
    one.post = body[:POST]
    kept = len(one.post)
    one.unposted = f"{kept} of {one.posted} bytes are kept" if kept < one.posted else ""
