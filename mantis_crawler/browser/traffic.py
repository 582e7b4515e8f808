"""What went over the network, as the browser saw it: requests, answers, bodies, web-socket messages."""

import asyncio
import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Event, Session, ask

REQUESTS = 1000
URL = 8000
"""Characters of a URL, and of a header's value, that are kept."""
HEADERS = 100
POST = 64 * 1024
"""Bytes of a request's body that are kept."""
BODY = 1024 * 1024
"""Bytes of an answer's body that are kept: a longer one is left out whole."""
BODIES = 8 * 1024 * 1024
"""Of all bodies of a visit together."""
SMALL = 64 * 1024
"""Bytes of a picture, font or film that are kept: the screenshot shows them."""
POSTS = 8
"""Bodies of requests that are asked for at the same time."""
NOT_SHOWN = "the browser did not show the request's body"
MESSAGES = 200
MESSAGE = 4096
"""Characters of a web-socket message that are kept."""
SECONDS = 1.0
AT_ONCE = 6
SEEN_AS = {"proxy-connection": "Connection"}
PICTURES = frozenset({"Image", "Font", "Media"})
ENABLE = {"maxPostDataSize": POST, "maxResourceBufferSize": BODY, "maxTotalBufferSize": BODIES}


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

    session: Session
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


class Traffic:
    """Takes the events of any number of sessions: the page's, its frames', workers' and tabs'."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.exchanges: list[Exchange] = []
        self._open: dict[tuple[int, str], Exchange] = {}
        self._messages = 0
        self._early: dict[tuple[int, str], dict[str, str]] = {}
        self._asked: set[asyncio.Task[None]] = set()

    def listen(self, session: Session) -> None:
        """Take a session's events; the network domain is the caller's to enable, with `ENABLE`."""
        takers: dict[str, Callable[[Session, Event], None]] = {
            "Network.requestWillBeSent": self._sent,
            "Network.requestWillBeSentExtraInfo": self._sent_more,
            "Network.responseReceived": self._answered,
            "Network.responseReceivedExtraInfo": self._answered_more,
            "Network.loadingFinished": self._finished,
            "Network.loadingFailed": self._failed,
            "Network.webSocketCreated": self._socket,
            "Network.webSocketHandshakeResponseReceived": self._shaken,
            "Network.webSocketFrameSent": lambda session, event: self._message(session, event, sent=True),
            "Network.webSocketFrameReceived": lambda session, event: self._message(
                session, event, sent=False
            ),
        }
        for name, take in takers.items():
            session.on(name, lambda event, take=take: take(session, event))

    @property
    def sockets(self) -> tuple[str, ...]:
        """URLs of the web sockets, in order, each once."""
        return tuple(dict.fromkeys(one.url for one in self.exchanges if one.kind == "WebSocket"))

    @property
    def sets_cookies(self) -> bool:
        """Whether any answer sets a cookie."""
        return any(name.lower() == "set-cookie" for one in self.exchanges for name in one.got)

    def scripts(self) -> Iterator[str]:
        """Return the text of each script and document whose body is at hand."""
        kinds = {"Script", "Document"}
        return (
            one.body.decode("utf-8", "replace") for one in self.exchanges if one.body and one.kind in kinds
        )

    def find(self, url: str) -> Exchange | None:
        """Return the last exchange of a URL that was answered."""
        return next((one for one in reversed(self.exchanges) if one.url == url[:URL] and one.status), None)

    async def fetch_bodies(self, seconds: float) -> None:
        """Take the bodies over from the browser: documents first, pictures last, up to the caps."""
        if self._asked:
            await asyncio.wait(self._asked, timeout=SECONDS)
        wanted = sorted((one for one in self.exchanges if self._wanted(one)), key=_rank)
        total = sum(len(one.body or b"") for one in self.exchanges)
        try:
            async with asyncio.timeout(seconds):
                for start in range(0, len(wanted), AT_ONCE):
                    batch = [one for one in wanted[start : start + AT_ONCE] if total + one.size <= BODIES]
                    await asyncio.gather(*map(self._fetch, batch))
                    total += sum(len(one.body or b"") for one in batch)
        except TimeoutError:
            self.keeper.note("not all bodies could be had in time")
        for one in wanted:
            if one.body is None and not one.missing:
                one.missing = "beyond the caps of the visit"

    def _wanted(self, one: Exchange) -> bool:
        if not one.done or one.redirect or one.kind == "WebSocket" or one.body is not None:
            return False
        limit = SMALL if one.kind in PICTURES else BODY
        if one.size > limit:
            one.missing = f"{one.size} bytes are more than is kept of a {one.kind.lower()}"
        return not one.missing

    async def _fetch(self, one: Exchange) -> None:
        answer = await ask(one.session, "Network.getResponseBody", SECONDS, requestId=one.request)
        if answer is None:
            one.missing = "the browser no longer had it"
            return
        raw = answer["body"]
        body = base64.b64decode(raw) if answer.get("base64Encoded") else raw.encode("utf-8", "replace")
        if len(body) > BODY:
            one.missing = f"{len(body)} bytes are more than is kept"
        else:
            one.body = body

    def _sent(self, session: Session, event: Event) -> None:
        key, request = (id(session), event["requestId"]), event["request"]
        if answer := event.get("redirectResponse"):
            self._redirected(key, answer, request["url"], event["timestamp"])
        one = self._add(
            key,
            Exchange(
                session=session,
                request=event["requestId"],
                kind=event.get("type", "Other"),
                started=event.get("wallTime", 0.0),
                clock=event["timestamp"],
                url=request["url"][:URL],
                method=request["method"][:20],
                sent=_headers(request["headers"]) | self._early.pop(key, {}),
                initiator=event.get("initiator", {}).get("type", ""),
            ),
        )
        if one is not None:
            one.ended = one.clock
            self._take_post(one, request)

    def _take_post(self, one: Exchange, request: dict[str, Any]) -> None:
        """Take a request's body; of files, blobs and long ones the event says only that there is one."""
        text = request.get("postData")
        if text is not None:
            parts = [part.get("bytes") for part in request.get("postDataEntries", ())]
            whole = b"".join(map(base64.b64decode, parts)) if parts and all(parts) else _bytes(text)
            _posted(one, whole)
        elif request.get("hasPostData"):
            one.posted, one.unposted = -1, NOT_SHOWN
            self._ask_post(one)

    def _ask_post(self, one: Exchange) -> None:
        """Ask for a body that the event left out, once its size is known: one of gigabytes would be sent."""
        size = next((value for name, value in one.sent.items() if name.lower() == "content-length"), "")
        if one.posted != -1 or not size.isdecimal():
            return
        one.posted = int(size)
        if one.posted > BODY or len(self._asked) >= POSTS:
            one.unposted = f"{one.posted} bytes are more than is asked for"
            return
        task = asyncio.ensure_future(self._fetch_post(one))
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)

    async def _fetch_post(self, one: Exchange) -> None:
        answer = await ask(one.session, "Network.getRequestPostData", SECONDS, requestId=one.request)
        if answer and (raw := answer.get("postData")):
            _posted(one, base64.b64decode(raw) if answer.get("base64Encoded") else _bytes(raw, one.posted))

    def _redirected(self, key: tuple[int, str], answer: dict[str, Any], url: str, clock: float) -> None:
        if one := self._open.pop(key, None):
            _take_answer(one, answer)
            one.redirect, one.ended, one.done = url[:URL], clock, True
            one.missing = "a redirect's body is not shown to the browser"

    def _sent_more(self, session: Session, event: Event) -> None:
        key = (id(session), event["requestId"])
        headers = _headers(event.get("headers", {}))
        if (one := self._open.get(key)) and not one.status:
            one.sent = headers
            self._ask_post(one)
        elif len(self._early) < REQUESTS:
            self._early[key] = headers

    def _answered(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            _take_answer(one, event["response"])
            one.ended = event["timestamp"]

    def _answered_more(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            one.got = _headers(event.get("headers", {}))

    def _finished(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            one.ended, one.done = event["timestamp"], True
            one.size = int(event.get("encodedDataLength", 0))

    def _failed(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            one.ended = event["timestamp"]
            one.error = event.get("blockedReason") or event.get("errorText", "")

    def _socket(self, session: Session, event: Event) -> None:
        made = Exchange(
            session=session,
            request=event["requestId"],
            kind="WebSocket",
            started=0.0,
            clock=0.0,
            url=event["url"][:URL],
        )
        self._add((id(session), event["requestId"]), made)

    def _shaken(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            answer = event["response"]
            one.status, one.reason = answer.get("status", 0), answer.get("statusText", "")
            one.got, one.sent = (
                _headers(answer.get("headers", {})),
                _headers(answer.get("requestHeaders", {})),
            )

    def _message(self, session: Session, event: Event, *, sent: bool) -> None:
        one = self._open.get((id(session), event["requestId"]))
        if one is None:
            return
        self._messages += 1
        if self._messages > MESSAGES:
            self.keeper.note(f"web-socket messages cut at {MESSAGES}")
            return
        frame = event["response"]
        data, opcode = frame["payloadData"], int(frame["opcode"])
        one.messages.append(
            Message(
                sent=sent,
                time=event["timestamp"],
                opcode=opcode,
                data=data[:MESSAGE],
                cut=len(data) > MESSAGE,
            )
        )

    def _add(self, key: tuple[int, str], one: Exchange) -> Exchange | None:
        if len(self.exchanges) >= REQUESTS:
            self.keeper.note(f"requests cut at {REQUESTS}")
            return None
        self.exchanges.append(one)
        self._open[key] = one
        return one


def _take_answer(one: Exchange, answer: dict[str, Any]) -> None:
    one.status, one.reason = answer.get("status", 0), str(answer.get("statusText", ""))[:200]
    one.got = one.got or _headers(answer.get("headers", {}))
    one.mime = str(answer.get("mimeType", ""))[:200]
    one.protocol = str(answer.get("protocol", ""))[:20]
    one.timing = answer.get("timing") or {}


def _rank(one: Exchange) -> tuple[int, int]:
    order = ("Document", "XHR", "Fetch", "Script", "Manifest", "Stylesheet")
    return (order.index(one.kind) if one.kind in order else len(order), one.size)


def _headers(headers: dict[str, Any]) -> dict[str, str]:
    """Return headers as the site sees them: the gateway writes ``Connection`` for a proxy's header."""
    kept = list(headers.items())[:HEADERS]
    return {SEEN_AS.get(str(name).lower(), str(name)[:200]): str(value)[:URL] for name, value in kept}


def _bytes(text: str, size: int = -1) -> bytes:
    """Return a body that was told as text: of one that is no UTF-8, each letter is a byte."""
    body = text.encode("utf-8", "replace")
    return body if len(body) == size or len(text) != size else text.encode("latin-1", "replace")


def _posted(one: Exchange, body: bytes) -> None:
    """Keep a request's body up to the cap; the browser leaves out of it what files hold."""
    one.posted = max(one.posted, len(body))
    one.post = body[:POST]
    kept = len(one.post)
    one.unposted = f"{kept} of {one.posted} bytes are kept" if kept < one.posted else ""
