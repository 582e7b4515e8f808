"""Everything that one load shows, taken down while it happens."""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.async_api import Dialog as NativeDialog
from playwright.async_api import Download as NativeDownload
from playwright.async_api import Page

from mantis_crawler.browser.certificate import certificate_of
from mantis_crawler.browser.chain import URL_LIMIT, Chain
from mantis_crawler.browser.driver import DRIVER_ERRORS, FAULTS
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import GONE, Event, Session
from mantis_crawler.browser.partial import begun
from mantis_crawler.browser.quarantine import DOWNLOAD_BYTES, quarantined
from mantis_crawler.browser.settle import Pulse
from mantis_crawler.browser.tabs import TABS
from mantis_crawler.browser.traffic import ENABLE
from mantis_crawler.items import Capture, CaptureKind, Certificate, Dialog, Download, HopCause
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

DIALOG_LIMIT = 20
DIALOG_TEXT = 2000
DIALOG_SECONDS = 0.8
"""A person needs at least this to press OK; scripts that measure it take less for a machine."""
DOWNLOAD_LIMIT = 10
"""Files of each origin that are kept: a page that makes ten of its own hides none of a server's."""
DOWNLOADS_NAMED = 50
"""Downloads whose URL and name are kept."""
DOWNLOAD_SECONDS = 20.0
"""A slower one is kept as far as it came; the visit waits for it beyond the page's own cap."""
ANNOUNCED_SECONDS = 8.0
"""A page that says it will go on in so many seconds at most is waited for."""
POPUP_LIMIT = 10
PROMPT_ANSWER = "ok"


class Recorder:
    """Listens to a page from before its first navigation until its end."""

    def __init__(self, store: CaptureStore) -> None:
        self.keeper = Keeper(store)
        self.store = store
        self.pulse = Pulse()
        self.chain = Chain("")
        self.dialogs: list[Dialog] = []
        self.downloads: list[Download] = []
        self.captures = self.keeper.captures
        self.popups: list[str] = []
        self.notes = self.keeper.notes
        self.certificate: Certificate | None = None
        self.crashed = False
        self.answered_at: float | None = None
        self.landed: list[str] = []
        """URLs of the documents that the top frame committed."""
        self._opened = 0
        self._running: set[NativeDownload] = set()
        self._guids: dict[str, str] = {}
        """Chromium's name of each download by its URL."""
        self._homes: dict[str, str] = {}
        """The frame that each download came from, by its URL."""
        self._session: Session | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def attach(self, page: Page, session: Session) -> None:
        """Start listening.

        The session is opened before the first navigation, or a page that spins could not be stopped.
        """
        self._session = session
        tree = await session.send("Page.getFrameTree")
        self.chain = Chain(tree["frameTree"]["frame"]["id"])
        for event, take in {
            "Page.frameRequestedNavigation": self.chain.asked,
            "Page.frameNavigated": self._navigated,
            "Page.frameScheduledNavigation": self._announced,
            "Page.downloadWillBegin": self._began,
            "Page.downloadProgress": self._progressed,
            "Network.requestWillBeSent": self._sent,
            "Network.responseReceived": self._answered,
            "Network.dataReceived": lambda _event: self.pulse.beat(),
            "Network.loadingFinished": lambda event: self.pulse.ended(event["requestId"]),
            "Network.loadingFailed": lambda event: self.pulse.ended(event["requestId"]),
        }.items():
            session.on(event, take)
        self._listen(page)
        await session.send("Page.enable")
        await session.send("Network.enable", ENABLE)

    def _listen(self, page: Page) -> None:
        page.context.on("dialog", lambda dialog: self._start(self._dialog(dialog)))
        page.context.on("page", self._opened_page)
        page.on("download", lambda download: self._start(self._download(download)))
        page.on("crash", lambda _page: self._died())
        page.on("close", lambda _page: self._gone())

    async def finish(self, seconds: float) -> None:
        """Wait for what is still in hand, up to a limit."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def stop(self) -> None:
        """End everything that is still in hand."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        self.pulse.busy += 1
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.pulse.busy -= 1
        self.pulse.beat()
        if not task.cancelled() and (error := task.exception()):
            self.notes.append(f"a listener failed: {str(error)[:200]}")

    def _navigated(self, event: dict[str, Any]) -> None:
        frame = event["frame"]
        if frame["id"] == self.chain.frame:
            self.pulse.open.clear()
            self.pulse.due = 0.0
            self.pulse.beat()
            self.landed.append("" if frame.get("unreachableUrl") else frame["url"][:URL_LIMIT])

    def _announced(self, event: Event) -> None:
        """Wait for a refresh that is due soon; one in a minute is a news site's."""
        if event["frameId"] == self.chain.frame and event["delay"] <= ANNOUNCED_SECONDS:
            self.pulse.announced(event["delay"])

    def _began(self, event: Event) -> None:
        if len(self._guids) < DOWNLOADS_NAMED:
            self._guids[event["url"]] = event["guid"]
            self._homes[event["url"]] = event["frameId"]

    def _sent(self, event: dict[str, Any]) -> None:
        # of a worker's own script the end is told to the worker
        worker = event.get("type") == "Script" and not event.get("loaderId")
        if event.get("type") not in {"WebSocket", "EventSource", "Ping"} and not worker:
            self.pulse.sent(event["requestId"])
        self.chain.sent(event)

    def _answered(self, event: dict[str, Any]) -> None:
        self.pulse.beat()
        if self.chain.answered(event):
            self.certificate = certificate_of(event["response"])
            if self.answered_at is None:
                self.answered_at = self.keeper.now

    def _died(self) -> None:
        self.crashed = True
        self.pulse.dead = True

    def _gone(self) -> None:
        self.pulse.dead = True

    async def _dialog(self, dialog: NativeDialog) -> None:
        """Answer as a patient victim: OK to all, a harmless word where one is asked for."""
        if len(self.dialogs) >= DIALOG_LIMIT:
            self._note(f"more than {DIALOG_LIMIT} dialogs: scripts were stopped")
            stop = asyncio.ensure_future(self._terminate())
            await _answer(dialog)
            await stop
            return
        self.dialogs.append(
            Dialog(
                kind=dialog.type,
                text=dialog.message[:DIALOG_TEXT],
                order=len(self.dialogs) + 1,
                url=dialog.page.url[:URL_LIMIT] if dialog.page else "",
                at=self.keeper.now,
                answer=_words(dialog) if dialog.type == "prompt" else "accepted",
            )
        )
        await asyncio.sleep(DIALOG_SECONDS if len(self.dialogs) < 5 else 0)
        await _answer(dialog)

    async def _disable(self) -> None:
        """Let the page run no more scripts at all."""
        assert self._session is not None
        await self._terminate()
        with suppress(*FAULTS):
            call = self._session.send("Emulation.setScriptExecutionDisabled", {"value": True})
            await asyncio.wait_for(call, 2)

    async def _terminate(self) -> None:
        """End the running script: it is interrupted as soon as its dialog returns."""
        assert self._session is not None
        with suppress(*FAULTS):
            await asyncio.wait_for(self._session.send("Runtime.terminateExecution"), 2)

    async def _download(self, download: NativeDownload, *, tab: bool = False) -> None:
        tapped = self.chain.tapped
        origin = _origin(download.url)
        full = sum(_origin(one.url) == origin for one in self.downloads) >= DOWNLOAD_LIMIT
        if full:
            self._note(f"more than {DOWNLOAD_LIMIT} downloads: the rest was not kept")
        if len(self.downloads) >= DOWNLOADS_NAMED:
            self._note(f"more than {DOWNLOADS_NAMED} downloads: the rest was not named")
            await download.cancel()
            return
        place = len(self.downloads)
        pending = Download(
            url=download.url[:URL_LIMIT],
            name=download.suggested_filename[:500],
            sha256=None,
            size=0,
            type="unknown",
            error="beyond the cap on downloads" if full else "did not end in time",
            cause=self.chain.cause_of(download.url),
            at=self.keeper.now,
        )
        if tab or tapped:
            pending = replace(pending, cause=HopCause.TAB if tab else pending.cause or HopCause.TAP)
        self.downloads.append(pending)
        if full:
            await download.cancel()
            return
        self._running.add(download)
        try:
            kept = await self._kept(download, pending)
            self.downloads[place] = replace(kept, cause=kept.cause or self._cause(download.url))
        finally:
            self._running.discard(download)

    def _cause(self, url: str) -> HopCause | None:
        """Return what else made the browser fetch a file that no navigation asked for."""
        home = self._homes.get(url)
        if home is None:
            return None
        return HopCause.ATTRIBUTE if home == self.chain.frame else HopCause.FRAME

    def _progressed(self, event: dict[str, Any]) -> None:
        """End downloads that grow beyond what we keep; the event does not say which one grows."""
        self.pulse.beat()
        if event.get("receivedBytes", 0) > DOWNLOAD_BYTES and self._running:
            self._note(f"a download of more than {DOWNLOAD_BYTES:,} bytes was ended")
            growing, self._running = self._running, set()
            for download in growing:
                asyncio.ensure_future(download.cancel())  # noqa: RUF006 - its path() tells the end

    async def _kept(self, download: NativeDownload, pending: Download) -> Download:
        try:
            path = Path(await asyncio.wait_for(download.path(), DOWNLOAD_SECONDS))
            kept = await self._quarantine(path, pending)
        except (TimeoutError, asyncio.CancelledError):
            return await self._kept_part(download, pending)
        except FAULTS as error:
            return _failed(pending, str(error)[:200])
        return kept

    async def _kept_part(self, download: NativeDownload, pending: Download) -> Download:
        """Keep a download as far as it came."""
        path = await asyncio.to_thread(begun, self._guids.get(download.url, ""))
        if path is not None:
            with suppress(OSError):
                pending = await self._quarantine(path, pending, cut=True)
        with suppress(*GONE):
            await asyncio.wait_for(download.cancel(), 2)
        return replace(pending, error="did not end in time")

    async def _quarantine(self, path: Path, pending: Download, *, cut: bool = False) -> Download:
        kept = await asyncio.to_thread(quarantined, self.store, path, pending, cut=cut)
        assert kept.sha256 is not None
        kind = CaptureKind.DOWNLOAD
        self.captures.append(Capture(kind=kind, sha256=kept.sha256, size=kept.size, cut=cut))
        return kept

    def _opened_page(self, popup: Page) -> None:
        popup.on("download", lambda download: self._start(self._download(download, tab=True)))
        self._start(self._popup(popup))

    async def _popup(self, popup: Page) -> None:
        self._opened += 1
        number = self._opened
        if self._opened <= POPUP_LIMIT:
            with suppress(*FAULTS):
                await asyncio.wait_for(popup.wait_for_load_state("domcontentloaded", timeout=3000), 4)
            self.popups.append(popup.url[:URL_LIMIT])
        else:
            self._note(f"more than {POPUP_LIMIT} new tabs: the rest was not kept, scripts were stopped")
            await self._disable()
        if number > TABS:
            with suppress(*FAULTS):
                await asyncio.wait_for(popup.close(), 3)

    def _note(self, text: str) -> None:
        self.keeper.note(text)


async def _answer(dialog: NativeDialog) -> None:
    with suppress(*DRIVER_ERRORS):
        if dialog.type == "prompt":
            await dialog.accept(_words(dialog))
        else:
            await dialog.accept()


def _words(dialog: NativeDialog) -> str:
    return dialog.default_value[:DIALOG_TEXT] or PROMPT_ANSWER


def _origin(url: str) -> str:
    """Return where a file came from: ``data``, ``blob``, or ``net`` for what a server sent."""
    scheme = url.partition(":")[0].lower()
    return scheme if scheme in {"data", "blob"} else "net"


def _failed(pending: Download, why: str) -> Download:
    return replace(pending, error=why)
