"""Requests that no page's session tells of: what is sent while a page is left, and what a link hands out.

A request that outlives its page (``sendBeacon`` and ``fetch(keepalive)`` on ``pagehide``) belongs to no
session any more, and that for a link with ``download`` to none from the start. The browser as a whole
stops them, though, where their headers are looked at; there they are written down.
"""

import base64
from dataclasses import dataclass, field
from time import time

from mantis_crawler.browser.exchange import URL, Exchange, bytes_of, headers_of, keep_post
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Event, Session
from mantis_crawler.browser.traffic import REQUESTS, Traffic

KINDS = {"Ping": "Ping", "XHR": "Fetch"}
"""What a browser calls the kinds when it is asked as a whole, and when a page's session is asked."""
COMMENT = "told by the browser, not by the page: it was left, or a link handed out a file"


@dataclass(slots=True)
class Passed:
    """The requests of one visit as the browser let them pass, by DevTools' id."""

    keeper: Keeper
    frames: set[str] = field(default_factory=set)
    """Frames of the visit: a browser has many visits."""
    _seen: dict[str, Exchange] = field(default_factory=dict)

    def listen(self, session: Session, frame: str) -> None:
        """Learn which frames belong to the visit.

        Args:
            session: Of a page or of a frame in a process of its own.
            frame: Its uppermost frame.
        """
        self.frames.add(frame)
        session.on("Page.frameAttached", lambda event: self.frames.add(event["frameId"]))

    def passed(self, event: Event) -> None:
        """Take a ``Fetch.requestPaused`` of the browser's, when it is asked for and when it is answered."""
        if event.get("frameId") not in self.frames or "networkId" in event:
            return  # a session tells of those that have a name of the network's
        name = event["requestId"]
        if "responseStatusCode" in event:
            if one := self._seen.get(name):
                one.status, one.reason = event["responseStatusCode"], event.get("responseStatusText", "")
                told = {line["name"]: line["value"] for line in event.get("responseHeaders", ())}
                one.got = headers_of(told)
        elif len(self._seen) < REQUESTS:
            self._seen[name] = _exchange(name, event)

    def add_to(self, traffic: Traffic) -> None:
        """Write them among the requests of the visit."""
        room = max(REQUESTS - len(traffic.exchanges), 0)
        traffic.exchanges.extend(list(self._seen.values())[:room])
        self._seen.clear()


def _exchange(name: str, event: Event) -> Exchange:
    request, kind = event["request"], str(event.get("resourceType", "Other"))
    one = Exchange(
        session=None,
        request=name,
        kind=KINDS.get(kind, kind),
        started=time(),
        clock=0.0,
        url=request["url"][:URL],
        method=request["method"][:20],
        sent=headers_of(request["headers"]),
        comment=COMMENT,
        missing="the page was gone when it came",
    )
    parts = [part.get("bytes") for part in request.get("postDataEntries", ())]
    if parts and all(parts):
        keep_post(one, b"".join(map(base64.b64decode, parts)))
    elif (text := request.get("postData")) is not None:
        keep_post(one, bytes_of(text))
    elif request.get("hasPostData"):
        one.posted, one.unposted = -1, "the browser did not show the request's body"
    return one
