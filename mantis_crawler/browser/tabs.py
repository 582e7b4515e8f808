"""New tabs: each is looked at like a page of its own, from its first request on; only the first few."""

import asyncio
from dataclasses import dataclass, field

from mantis_crawler.browser import pictures
from mantis_crawler.browser.chain import URL_LIMIT, Chain
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Event, Line, Session, ask
from mantis_crawler.browser.settle import Pulse
from mantis_crawler.items import Capture, CaptureKind, View

TABS = 3
"""New tabs of one visit that are looked at; of those beyond, the URL is kept."""
WAIT = 3.0
"""Seconds that a tab may still take when the page itself has settled."""
QUIET = 0.6


@dataclass(slots=True)
class Tab:
    """A tab that the page opened."""

    line: Line
    chain: Chain
    pulse: Pulse = field(default_factory=Pulse)
    file: bool = False
    """Whether what it was opened for is a download, so that it holds no page."""

    _landed: bool = False

    @classmethod
    def open(cls, line: Line) -> "Tab":
        """Return a tab that listens from before its first request."""
        tab = cls(line, Chain(line.target))
        line.on("Page.frameRequestedNavigation", tab.chain.asked)
        line.on("Network.responseReceived", tab.chain.answered)
        line.on("Network.requestWillBeSent", tab.chain.sent)
        line.on("Network.requestWillBeSent", lambda event: tab.pulse.sent(event["requestId"]))
        for name in ("Network.loadingFinished", "Network.loadingFailed"):
            line.on(name, lambda event: tab.pulse.ended(event["requestId"]))
        line.on("Page.downloadWillBegin", tab._downloads)
        line.on("Page.frameNavigated", tab._lands)
        tab.pulse.beat()
        return tab

    def _downloads(self, event: Event) -> None:
        self.file = not self._landed and event["frameId"] == self.chain.frame

    def _lands(self, event: Event) -> None:
        if event["frame"]["id"] == self.chain.frame and event["frame"]["url"] != "about:blank":
            self._landed, self.file = True, False

    @property
    def url(self) -> str:
        """Where it is, or where it was sent."""
        hops = self.chain.hops
        return (hops[-1].url if hops else str(self.line.info.get("url", "")))[:URL_LIMIT]

    async def look(self, keeper: Keeper, *, width: int, height: int, scale: float) -> View:
        """Wait until the tab is still, and keep what it shows."""
        await self._settle()
        if self.line.gone:
            return View(url=self.url, hops=self.chain.hops, note="the tab was closed")
        if self.file:
            return View(url=self.url, hops=self.chain.hops, note="a file came, no page")
        if not any(hop.status for hop in self.chain.hops):
            return View(url=self.url, hops=self.chain.hops, note="no page came")
        return await view(self.line, self.chain, keeper, width=width, height=height, scale=scale)

    async def _settle(self) -> None:
        end = self.pulse.clock() + WAIT
        while not self.line.gone and not self.file and self.pulse.clock() < end:
            if not self.pulse.open and self.pulse.clock() - self.pulse.last >= QUIET:
                return
            await asyncio.sleep(0.05)


async def view(line: Session, chain: Chain, keeper: Keeper, *, width: int, height: int, scale: float) -> View:
    """Keep what a page other than the visit's first one shows."""
    seen = await pictures.read(line, chain.frame)
    await ask(line, "Page.bringToFront", 1.0)
    shot = await pictures.full_page(line, width, height, scale) if seen is None or seen.painted else None
    captures: list[Capture] = []
    if shot is not None:
        captures.append(await keeper.stored(CaptureKind.SCREENSHOT, shot))
    texts = {CaptureKind.DOM: seen.html, CaptureKind.TEXT: seen.text} if seen else {}
    if seen and seen.layout:
        texts[CaptureKind.LAYOUT] = seen.layout
    for kind, text in texts.items():
        captures.append(await keeper.stored(kind, text.encode("utf-8", "replace")))
    hops = chain.hops
    return View(
        url=(hops[-1].url if hops else "")[:URL_LIMIT],
        title=seen.title if seen else "",
        hops=hops,
        captures=tuple(captures),
        note="" if seen else "the page could not be read in time",
    )
