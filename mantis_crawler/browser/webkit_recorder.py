"""Everything that one load shows, by a driver's public events alone: they are the same in every engine."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any

from playwright.async_api import Download as NativeDownload
from playwright.async_api import Frame, Page, Request, Response

from mantis_crawler.browser.certificate import certificate_of
from mantis_crawler.browser.chain import URL_LIMIT
from mantis_crawler.browser.driver import DRIVER_ERRORS, FAULTS
from mantis_crawler.browser.quarantine import DOWNLOAD_BYTES
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.settle import Patience, Pulse
from mantis_crawler.browser.webkit_chain import SOURCE_LIMIT, RequestChain
from mantis_crawler.items import Certificate, Download
from mantis_crawler.store import CaptureStore

SIDE_SECONDS = 2.0
"""For a certificate, or a document as it came: both may never come, and nothing waits for them."""
GROWTH_SECONDS = 0.25
ASIDE = frozenset({"websocket", "eventsource", "ping"})
"""Requests that stay open, or that nobody waits for."""
OURS = ("cancelled", "canceled", "ERR_ABORTED", "interrupted", "Download is starting")
"""Parts of messages that tell of a document that was left for another one, or for a file."""


class BytePulse(Pulse):
    """A pulse that also feels bytes come: no public event tells of them."""

    def __init__(self, bytes_in: Callable[[], int]) -> None:
        super().__init__()
        self._bytes_in = bytes_in
        self._felt = 0

    def verdict(self, patience: Patience, started: float) -> str:
        """Return why waiting is over; empty if it is not."""
        if (bytes_in := self._bytes_in()) != self._felt:
            self._felt = bytes_in
            self.beat()
        return super().verdict(patience, started)


class PublicRecorder(Recorder):
    """Listens to a page from before its first navigation until its end."""

    chain: RequestChain

    def __init__(self, store: CaptureStore, downloads: Path) -> None:
        super().__init__(store)
        self.chain = RequestChain()
        self._downloads = downloads
        self._begun = time()
        self._page: Page | None = None
        self._look: Callable[[], Awaitable[None]] | None = None
        self._pending = False
        """Whether the top frame asked for a document that it does not show yet."""
        self._left: set[str] = set()
        """Requests of the document that it leaves: they may never be told to have ended."""

    def watch(self, page: Page, bytes_in: Callable[[], int], look: Callable[[], Awaitable[None]]) -> None:
        """Start listening.

        Args:
            page: A page that was nowhere yet.
            bytes_in: Tells how many bytes the visit has had so far.
            look: Is called before a page is closed that opens too many others.
        """
        self._page = page
        self._look = look
        self.pulse = BytePulse(bytes_in)
        page.on("request", self._requested)
        page.on("response", self._responded)
        page.on("requestfinished", self._finished)
        page.on("requestfailed", self._broke)
        page.on("framenavigated", self._moved)
        self._listen(page)

    def _requested(self, request: Request) -> None:
        if request.resource_type not in ASIDE:
            self.pulse.sent(_name(request))
        if self._leads_on(request):
            self._pending = True
            redirected = request.redirected_from is not None
            self.chain.went(request.url, redirected=redirected, posted=request.method == "POST")

    def _responded(self, response: Response) -> None:
        self.pulse.beat()
        if self._leads_on(response.request):
            self.certificate = None
            self._left = self.pulse.open - {_name(response.request)}
            self.chain.came(response.url, response.status, response.headers.get("refresh", ""))
            self._aside(self._certificate(response))
            self._aside(self._source(response))

    def _finished(self, request: Request) -> None:
        self.pulse.ended(_name(request))

    def _broke(self, request: Request) -> None:
        self.pulse.ended(_name(request))
        why = request.failure or ""
        if self._leads_on(request) and any(self.landed) and not any(part in why for part in OURS):
            self._note(f"a later page did not come: {why[:200]}")

    def _moved(self, frame: Frame) -> None:
        """Take the top frame's move; within a document it goes nowhere."""
        if self._page is None or frame != self._page.main_frame:
            return
        web = frame.url.startswith(("http:", "https:"))
        if web and not self._pending:
            return
        self._pending = False
        self.pulse.open -= self._left
        self.pulse.beat()
        self.landed.append("" if frame.url.startswith("chrome-error:") else frame.url[:URL_LIMIT])

    def _leads_on(self, request: Request) -> bool:
        """Whether a request is the top frame's for a document."""
        if self._page is None or not request.is_navigation_request():
            return False
        try:
            return request.frame == self._page.main_frame
        except DRIVER_ERRORS:  # it was sent before its frame was there: the frame is not the first one
            return False

    async def _certificate(self, response: Response) -> None:
        details = await response.security_details()
        if details and response.request.redirected_to is None:
            self.certificate = _named_by_subject(
                certificate_of({"url": response.url, "securityDetails": details})
            )

    async def _source(self, response: Response) -> None:
        """Keep the document as it came, if it comes before it is left."""
        if "html" in response.headers.get("content-type", "html"):
            text = (await response.body())[:SOURCE_LIMIT].decode("utf-8", "replace")
            self.chain.read(response.url, text)

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        """Start something that the page's settling does not wait for."""

        async def run() -> None:
            with suppress(*FAULTS):
                await asyncio.wait_for(work, SIDE_SECONDS)

        task = asyncio.ensure_future(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _terminate(self) -> None:
        """Close the page: no public call ends a script."""
        if self._page is not None:
            with suppress(*FAULTS):
                await asyncio.wait_for(self._page.close(), SIDE_SECONDS)

    async def _disable(self) -> None:
        look, self._look = self._look, None
        if look is not None:
            await look()
            await self._terminate()

    async def _kept(self, download: NativeDownload, pending: Download) -> Download:
        guard = asyncio.ensure_future(self._growth())
        try:
            return await super()._kept(download, pending)
        finally:
            guard.cancel()

    async def _growth(self) -> None:
        """End downloads that grow beyond what we keep; a file does not say whose it is."""
        while True:
            largest = await asyncio.to_thread(_largest, self._downloads, self._begun)
            self._progressed({"receivedBytes": largest} if largest > DOWNLOAD_BYTES else {})
            await asyncio.sleep(GROWTH_SECONDS)


def _name(request: Request) -> str:
    # an event's request is the same object each time
    return str(id(request))


def _largest(folder: Path, since: float) -> int:
    """Return the size of the largest file that was begun since a moment."""
    sizes = [0]
    for path in folder.iterdir():
        with suppress(OSError):
            about = path.stat()
            if about.st_mtime >= since:
                sizes.append(about.st_size)
    return max(sizes)


def _named_by_subject(certificate: Certificate | None) -> Certificate | None:
    """Take back the fault that cannot be known: the public call leaves out a certificate's other names."""
    if certificate is None:
        return None
    return replace(certificate, faults=tuple(fault for fault in certificate.faults if fault != "wrong_name"))
