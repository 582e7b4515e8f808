"""How much one page may do before it is stopped: what came until then is kept."""

import asyncio
from collections.abc import Callable
from typing import Any

from mantis_crawler.browser.line import Session, ask

DOCUMENT_BYTES = 4 * 2**20
"""Of a document as it is parsed, unpacked: two megabytes of gzip come to two gigabytes of it."""
FRAMES = 100
NAVIGATIONS = 60
"""Of the top frame, those within the document included: a page may write its address anew without an end."""
REQUESTS = 1500
STOP_SECONDS = 1.5
CUTS = {
    "document": f"the document was cut at {DOCUMENT_BYTES:,} bytes",
    "frames": f"more than {FRAMES} frames: scripts were stopped",
    "navigations": f"more than {NAVIGATIONS} navigations: scripts were stopped",
    "requests": f"more than {REQUESTS:,} requests: scripts were stopped",
    "memory": "the page took more memory than it may: scripts were stopped",
}
"""What is noted of a page that was stopped, by what there was too much of."""


class Bounds:
    """Counts what a page does, from its session's events, and stops it where it is too much."""

    def __init__(self, frame: str, session: Session, note: Callable[[str], Any]) -> None:
        self.cuts: set[str] = set()
        """What there was too much of."""
        self._frame = frame
        self._session = session
        self._note = note
        self._document = ""
        self._bytes = 0
        self._frames = self._navigations = self._requests = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def attach(self) -> None:
        """Begin to count."""
        for event, take in {
            "Network.requestWillBeSent": self._sent,
            "Network.dataReceived": self._received,
            "Page.frameAttached": self._attached,
            "Page.frameDetached": self._detached,
            "Page.frameNavigated": self._navigated,
            "Page.navigatedWithinDocument": self._moved,
        }.items():
            self._session.on(event, take)

    def stop(self, what: str) -> None:
        """Let the page run no more scripts and load no more, once; *what* there is too much of."""
        if what in self.cuts:
            return
        self.cuts.add(what)
        self._note(CUTS[what])
        task = asyncio.ensure_future(self._stop(scripts=what != "document"))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _stop(self, *, scripts: bool) -> None:
        if scripts:
            await asyncio.gather(
                ask(self._session, "Emulation.setScriptExecutionDisabled", STOP_SECONDS, value=True),
                ask(self._session, "Runtime.terminateExecution", STOP_SECONDS),
            )
        await ask(self._session, "Page.stopLoading", STOP_SECONDS)

    def _sent(self, event: dict[str, Any]) -> None:
        self._requests += 1
        if event.get("type") == "Document" and event.get("frameId") == self._frame:
            self._document, self._bytes = event["requestId"], 0
        if self._requests > REQUESTS:
            self.stop("requests")

    def _received(self, event: dict[str, Any]) -> None:
        if event["requestId"] == self._document:
            self._bytes += event["dataLength"]
            if self._bytes > DOCUMENT_BYTES:
                self.stop("document")

    def _attached(self, _event: dict[str, Any]) -> None:
        self._frames += 1
        if self._frames > FRAMES:
            self.stop("frames")

    def _detached(self, _event: dict[str, Any]) -> None:
        self._frames -= 1

    def _navigated(self, event: dict[str, Any]) -> None:
        if event["frame"]["id"] == self._frame:
            self._count()

    def _moved(self, event: dict[str, Any]) -> None:
        if event["frameId"] == self._frame:
            self._count()

    def _count(self) -> None:
        self._navigations += 1
        if self._navigations > NAVIGATIONS:
            self.stop("navigations")
