"""The redirect chain of the top frame, with the cause of each hop, from the browser's own events."""

from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag

from mantis_crawler.browser.schemes import handover
from mantis_crawler.items import Hop, HopCause

HOP_LIMIT = 40
URL_LIMIT = 4000
"""Characters of a URL that are kept: a page can make one of megabytes, and many of them."""

CAUSES = {
    "anchorClick": HopCause.LINK,
    "formSubmissionGet": HopCause.FORM,
    "formSubmissionPost": HopCause.FORM,
    "httpHeaderRefresh": HopCause.REFRESH_HEADER,
    "metaTagRefresh": HopCause.META,
    "reload": HopCause.RELOAD,
    "scriptInitiated": HopCause.SCRIPT,
}
"""Chromium's ``Page.ClientNavigationReason``; what is not here is `HopCause.OTHER`."""


class Chain:
    """Takes DevTools events of the page's session as they come, and gives hops.

    ``Page.frameRequestedNavigation`` tells the cause, and the full URL of custom schemes
    (Playwright's own request event cuts ``intent:`` URLs at the fragment).
    """

    def __init__(self, frame: str) -> None:
        self.frame = frame
        self.cut = False
        self.tapped = False
        """Whether the next navigation is the tap's."""
        self._hops: list[Hop] = []
        self._asked: tuple[str, HopCause] | None = None

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The chain so far."""
        return tuple(self._hops)

    def asked(self, event: dict[str, Any]) -> None:
        """Take a ``Page.frameRequestedNavigation``."""
        if event["frameId"] != self.frame or event.get("disposition", "currentTab") != "currentTab":
            return
        cause = HopCause.TAP if self.tapped else CAUSES.get(event["reason"], HopCause.OTHER)
        self.tapped = False
        self._asked = (urldefrag(event["url"]).url, cause)
        if event["url"].partition(":")[0] not in {"http", "https"}:
            self._add(Hop(url=event["url"], cause=cause, opens=handover(event["url"])))

    def sent(self, event: dict[str, Any]) -> bool:
        """Take a ``Network.requestWillBeSent``; return whether the top frame goes to a new document."""
        if event.get("frameId") != self.frame or event.get("type") != "Document":
            return False
        if handover(event["request"]["url"]) is not None:
            return False  # told by `asked`; nothing goes over the network
        answer = event.get("redirectResponse")
        if answer:
            self._status(answer.get("status"))
            cause = HopCause.HTTP
        elif not self._hops:
            cause = HopCause.START
        elif self._asked and self._asked[0] == urldefrag(event["request"]["url"]).url:
            cause = self._asked[1]
        else:
            cause = HopCause.OTHER
        self._add(Hop(url=event["request"]["url"], cause=cause))
        return True

    def cause_of(self, url: str) -> HopCause | None:
        """Return what made the browser ask for a URL, if that was the last or a kept one."""
        if self._asked and self._asked[0] == urldefrag(url).url:
            return self._asked[1]
        return next((hop.cause for hop in reversed(self._hops) if hop.url == url[:URL_LIMIT]), None)

    def answered(self, event: dict[str, Any]) -> bool:
        """Take a ``Network.responseReceived``; return whether it is the top frame's document."""
        if event.get("frameId") != self.frame or event.get("type") != "Document":
            return False
        self._status(event["response"].get("status"))
        return True

    def _status(self, status: int | None) -> None:
        if self._hops and status and not self.cut:
            last = self._hops[-1]
            self._hops[-1] = replace(last, status=status)

    def _add(self, hop: Hop) -> None:
        hop = replace(hop, url=hop.url[:URL_LIMIT])
        if len(self._hops) < HOP_LIMIT:
            self._hops.append(hop)
        else:
            self.cut = True
