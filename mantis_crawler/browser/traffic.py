"""What went over the network, as the browser saw it: requests, answers, bodies, web-socket messages."""

import base64
from collections.abc import Callable, Iterator
from time import time
from typing import Any

from mantis_crawler.browser.bodies import BODIES, BODY, Bodies
from mantis_crawler.browser.exchange import (
    POST,
    URL,
    Exchange,
    Message,
    bytes_of,
    headers_of,
    keep_post,
    take_answer,
)
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Event, Session

REQUESTS = 1000
NOT_SHOWN = "the browser did not show the request's body"
MESSAGES = 200
MESSAGE = 4096
"""Characters of a web-socket message that are kept."""
ENABLE = {
    "maxPostDataSize": POST,
    "maxResourceBufferSize": BODY,
    "maxTotalBufferSize": BODIES,
    # or the body of a page that leads on would be gone with it
    "enableDurableMessages": True,
}


class Traffic:
    """Takes the events of any number of sessions: the page's, its frames', workers' and tabs'."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.exchanges: list[Exchange] = []
        self.bodies = Bodies(keeper, self.exchanges)
        self._open: dict[tuple[int, str], Exchange] = {}
        self._messages = 0
        self._early: dict[tuple[int, str], dict[str, str]] = {}

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

    def broke(self, url: str) -> str:
        """Return how the last document of a URL broke off after its head had come; empty if it did not."""
        last = next((one for one in reversed(self.exchanges) if one.url == url[:URL]), None)
        if last is None or not last.status or last.error == "net::ERR_ABORTED":
            return ""
        return last.error

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
                sent=headers_of(request["headers"]) | self._early.pop(key, {}),
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
            whole = b"".join(map(base64.b64decode, parts)) if parts and all(parts) else bytes_of(text)
            keep_post(one, whole)
        elif request.get("hasPostData"):
            one.posted, one.unposted = -1, NOT_SHOWN
            self.bodies.ask_post(one)

    def _redirected(self, key: tuple[int, str], answer: dict[str, Any], url: str, clock: float) -> None:
        if one := self._open.pop(key, None):
            take_answer(one, answer)
            one.redirect, one.ended, one.done = url[:URL], clock, True
            one.missing = "a redirect's body is not shown to the browser"

    def _sent_more(self, session: Session, event: Event) -> None:
        key = (id(session), event["requestId"])
        headers = headers_of(event.get("headers", {}))
        if (one := self._open.get(key)) and not one.status:
            one.sent = headers
            self.bodies.ask_post(one)
        elif len(self._early) < REQUESTS:
            self._early[key] = headers

    def _answered(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            take_answer(one, event["response"])
            one.ended = event["timestamp"]

    def _answered_more(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            one.got = headers_of(event.get("headers", {}))

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
            started=time(),
            clock=0.0,
            url=event["url"][:URL],
        )
        self._add((id(session), event["requestId"]), made)

    def _shaken(self, session: Session, event: Event) -> None:
        if one := self._open.get((id(session), event["requestId"])):
            answer = event["response"]
            one.status, one.reason = answer.get("status", 0), answer.get("statusText", "")
            one.got, one.sent = (
                headers_of(answer.get("headers", {})),
                headers_of(answer.get("requestHeaders", {})),
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
