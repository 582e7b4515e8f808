"""Everything that is kept of a visit beside pictures, DOM, dialogs and downloads."""

from dataclasses import dataclass

from mantis_crawler.browser import har, warc
from mantis_crawler.browser.console import Console
from mantis_crawler.browser.dress import Call
from mantis_crawler.browser.evals import keep_evaluated, runs_scripts
from mantis_crawler.browser.frames import keep_frames
from mantis_crawler.browser.icon import keep_icon
from mantis_crawler.browser.inner import Inner
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Line, Session
from mantis_crawler.browser.passed import Passed
from mantis_crawler.browser.pictures import Seen
from mantis_crawler.browser.storage import keep_storage
from mantis_crawler.browser.tabs import TABS, Tab
from mantis_crawler.browser.traffic import ENABLE, Traffic
from mantis_crawler.items import CaptureKind, Connection, Device, Frame, View

WORKERS = 20
"""Workers that are named."""
BODY_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What of the evidence is a user's choice."""

    tap: bool = True
    """Whether phones tap the single call to action of a page that did nothing by itself."""
    warc: bool = False
    authority: str = ""
    """URL of the RFC 3161 server that time-stamps each manifest; empty: none."""


class Evidence:
    """The recorders of one visit."""

    def __init__(self, keeper: Keeper, device: Device, wishes: Wishes) -> None:
        self.keeper = keeper
        self.device = device
        self.wishes = wishes
        self.traffic = Traffic(keeper)
        self.passed = Passed(keeper)
        self.console = Console(keeper)
        self.tabs: list[Tab] = []
        self.views: tuple[View, ...] = ()
        self.frames: tuple[Frame, ...] = ()
        self.workers: list[str] = []
        self.icon = ""
        self.web_manifest = ""
        self.ours: tuple[str, ...] = ()
        """The scripts that we run in each frame and worker."""
        self.inner = Inner()
        self._lines: list[Line] = []
        """Of frames in processes of their own."""
        self._toilers: list[Line] = []
        """Of workers."""

    async def attach(self, session: Session, frame: str) -> None:
        """Listen to the page from before its first navigation; *frame* is its uppermost one."""
        self.traffic.listen(session)
        self.passed.listen(session, frame)
        self.inner.listen(session)
        await self.console.attach(session)

    def joined(self, line: Line) -> list[Call]:
        """Take a new target of the visit, before its first script; return what it is to be sent."""
        network = [("Network.enable", dict(ENABLE))]  # type: list[Call]
        if line.kind == "page":
            if len(self.tabs) >= TABS:
                return []
            self.tabs.append(Tab.open(line))
            self.passed.listen(line, line.target)
            self.console.listen(line)
            network += [("Page.enable", {}), ("Console.enable", {})]
        elif line.kind == "iframe":
            self._lines.append(line)
            self.passed.listen(line, line.target)
            self.inner.listen(line)
            self.console.listen(line)
            network.append(("Console.enable", {}))
        elif line.kind.endswith("worker"):
            if len(self.workers) >= WORKERS:
                return []
            self.workers.append(f"{line.kind} {line.info.get('url', '')[:4000]}")
            self._toilers.append(line)
        else:
            return []
        self.traffic.listen(line)
        return network

    async def look(self, session: Session, seen: Seen) -> None:
        """Keep what the page holds, once it is still and its picture is taken."""
        foreign = [line for line in self._lines if not line.gone]
        kept = await keep_frames(session, foreign, self.keeper, nodes=seen.nodes)
        self.frames = (*kept, *self.inner.removed())
        inner = self.inner.frames(session, foreign)
        cookies = seen.cookies or self.traffic.sets_cookies or bool(inner)
        await keep_storage(session, self.keeper, world=seen.world, cookies=cookies, frames=inner)
        await self.traffic.bodies.fetch(BODY_SECONDS)
        if runs_scripts(seen.html) or self.workers:
            workers = [line for line in self._toilers if not line.gone]
            await keep_evaluated((session, *foreign, *workers), self.keeper, self.ours)
        self.icon, self.web_manifest = seen.icon, seen.web_manifest

    async def look_at_tabs(self) -> None:
        """Keep what the new tabs show."""
        size = {"width": self.device.width, "height": self.device.height}
        done = len(self.views)
        views = [await tab.look(self.keeper, scale=self.device.scale, **size) for tab in self.tabs[done:]]
        self.views = (*self.views, *views)

    async def finish(self, session: Session) -> None:
        """Take over what only the browser still holds."""
        await self.traffic.bodies.fetch(BODY_SECONDS)
        await self.console.errors(session)

    async def keep(
        self, connections: tuple[Connection, ...], *, browser: str, title: str, started: str
    ) -> None:
        """Write down what was gathered; the browser may be gone by now."""
        self.passed.add_to(self.traffic)
        exchanges = self.traffic.exchanges
        await self.console.keep()
        await keep_icon(self.icon, self.traffic, self.keeper)
        if not exchanges:
            return
        content = har.har(exchanges, connections, browser=browser, title=title, started=started)
        await self.keeper.keep(CaptureKind.HAR, content)
        if self.wishes.warc:
            await self._keep_warc(browser)

    async def _keep_warc(self, browser: str) -> None:
        try:
            await self.keeper.keep(CaptureKind.WARC, warc.warc(self.traffic.exchanges, browser=browser))
        except warc.WarcError as error:
            self.keeper.note(f"no WARC: {error}")
