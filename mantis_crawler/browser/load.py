"""One load, from its first request to its last picture."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from playwright.async_api import Page

from mantis_crawler.browser import dress, pictures, tap
from mantis_crawler.browser.bounds import Bounds
from mantis_crawler.browser.course import Course, plain
from mantis_crawler.browser.driver import DRIVER_ERRORS
from mantis_crawler.browser.evidence import Evidence
from mantis_crawler.browser.gateway import Door
from mantis_crawler.browser.going import go
from mantis_crawler.browser.line import Session
from mantis_crawler.browser.order import Order, place_options
from mantis_crawler.browser.outcome import refusal_of
from mantis_crawler.browser.pictures import Eyes, Seen
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.settle import Patience, leads_on_in, may_wait, settled
from mantis_crawler.browser.tabs import view
from mantis_crawler.browser.tap import changed
from mantis_crawler.browser.unsaved import WHY, unsaved
from mantis_crawler.items import CaptureKind, Tap, Timing

MARGIN = 5.0
"""Seconds before the deadline at which nothing is waited for any more."""
LOOKS = 2
"""A page that goes on while it is looked at is waited for and looked at once more."""
BIDE_STEP = 0.5
"""How often a page that shows next to nothing is looked at while its timers run."""
LOOKED_AT = frozenset(
    {CaptureKind.SCREENSHOT, CaptureKind.FULL_PAGE, CaptureKind.DOM, CaptureKind.TEXT}
    | {CaptureKind.FRAME_DOM, CaptureKind.FRAME_TEXT, CaptureKind.STORAGE, CaptureKind.LAYOUT}
)
"""What is kept anew when a page is looked at again."""
BARE = "kept without DevTools: no traffic, console, frames, storage or tabs, and nothing was tapped"


class Load:
    """The state of one load."""

    def __init__(
        self, order: Order, recorder: Recorder, evidence: Evidence, door: Door, patience: Patience
    ) -> None:
        self.order = order
        self.recorder = recorder
        self.evidence = evidence
        self.door = door
        self.patience = patience
        self.course = Course(order.url, recorder, door)
        self.bounds: Bounds | None = None
        self.renew: Callable[[], Awaitable[bool]]
        self.version = ""
        self.settled = ""
        self.title = ""
        self.final_url = ""
        self.timing = Timing()
        self.tapped: Tap | None = None
        self._seen: Seen | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What the visit's context is opened with."""
        worn = dress.context_options(self.order.device, self.order.country)
        return {"proxy": {"server": self.door.url}, **worn, **place_options(self.order)}

    async def run(self, page: Page, eyes: Eyes) -> None:
        """Go there, wait until nothing moves, keep what is to be seen."""
        try:
            await go(page, eyes.session, self.order, self.patience.navigation)
        except DRIVER_ERRORS as error:
            self.course.error = plain(error)
        if refusal_of(self.course.ending()) is not None:
            self.settled = "refused"
        elif not self.recorder.crashed:
            await self._see(eyes)
            if eyes.session is None:
                self.recorder.notes.append(BARE)
            else:
                await self._tap(eyes.session)
                await self.evidence.look_at_tabs()
                await self.evidence.finish(eyes.session)
        await self.recorder.finish(max(2.0, self._left()))
        await self.recorder.stop()
        if any(file.sha256 for file in self.recorder.downloads):
            self.course.error = ""

    def _left(self) -> float:
        return self.patience.deadline - MARGIN - self.recorder.keeper.now

    async def _see(self, eyes: Eyes) -> None:
        """Wait until nothing moves and look; again if the page went on meanwhile: late redirects do."""
        for _ in range(LOOKS):
            began = self.recorder.keeper.now
            self.settled = await settled(self.recorder.pulse, self.patience)
            self.timing = replace(self.timing, settled=self.recorder.keeper.now)
            before = len(self.recorder.landed)
            await self._look(eyes)
            self.timing = replace(self.timing, looked=self.recorder.keeper.now)
            if self.recorder.pulse.dead or self._left() < 2 * MARGIN:
                return
            if len(self.recorder.landed) > before:
                self.recorder.keeper.note("the page went on while it was looked at: it was looked at again")
            elif (why := await self._bided(eyes, began + self.patience.cap)) is not None:
                self.recorder.keeper.note(f"{why}: it was looked at again")
            else:
                return
            self.recorder.keeper.forget(LOOKED_AT)

    async def _bided(self, eyes: Eyes, end: float) -> str | None:
        """Wait for a page that may have set a timer to go on by itself; return how it did, if it did.

        One that shows next to nothing may be still to come; any may lead to another page.
        """
        seen, pulse, recorder = self._seen, self.recorder.pulse, self.recorder
        if seen is None or not self.patience.bides:
            return None
        sources = (seen.html, *self.evidence.traffic.scripts())
        blank = seen.slight and may_wait(sources)
        if not blank:
            due = leads_on_in(sources, self.patience.cap)
            if due is None:
                return None
            end = min(end, (recorder.answered_at or 0.0) + due + self.patience.quiet)
        last, landed = pulse.last, len(recorder.landed)
        while recorder.keeper.now < end and not pulse.dead:
            await asyncio.sleep(BIDE_STEP)
            if len(recorder.landed) > landed:
                return "the page went on by itself"
            if not blank:
                continue
            now = await eyes.read() if pulse.last == last else None
            if pulse.last != last or (now is not None and not now.slight):
                return "the page showed next to nothing at first"
        return None

    async def _tap(self, session: Session) -> None:
        """Tap once on the single call to action of a page that did nothing by itself."""
        device, recorder, seen = self.order.device, self.recorder, self._seen
        busy = recorder.downloads or recorder.popups or any(hop.opens for hop in recorder.chain.hops)
        may = self.evidence.wishes.tap and device.touch_points and not device.control
        if not may or busy or seen is None or not 0 < seen.pressable <= tap.PRESSABLE:
            return
        if self._left() < MARGIN or recorder.pulse.dead:
            return
        target = await tap.find(session, seen.world)
        if target is None:
            return
        self.course.freeze()
        before = self._marks()
        recorder.chain.tapped = True
        recorder.pulse.beat()
        if await tap.tap(session, target):
            short = replace(self.patience, cap=min(self.patience.cap, self._left()))
            await settled(recorder.pulse, short)
        recorder.chain.tapped = False
        effects = tuple(name for name, count in self._marks().items() if count > before[name])
        self.tapped = Tap(
            label=target.label,
            tag=target.tag,
            x=target.x,
            y=target.y,
            effects=effects,
            hops=self.course.since(),
        )
        if not recorder.pulse.dead:
            size = {"width": device.width, "height": device.height}
            shown = await view(session, recorder.chain, recorder.keeper, scale=device.scale, **size)
            self.tapped = changed(self.tapped, shown, recorder.captures)

    def _marks(self) -> dict[str, int]:
        recorder = self.recorder
        return {
            "navigation": len(recorder.landed),
            "download": len(recorder.downloads),
            "dialog": len(recorder.dialogs),
            "tab": len(recorder.popups),
            "handover": sum(hop.opens is not None for hop in recorder.chain.hops),
            "request": len(self.evidence.traffic.exchanges),
        }

    def _absent(self) -> str:
        """Return why there is nothing to look at; empty if there is."""
        landed = self.recorder.landed
        self.final_url = next((url for url in reversed(landed) if url), "")
        if not self.final_url or self.final_url == "about:blank":
            return "no page was shown"
        if not self.course.answered():
            return "the page did not come"
        file = unsaved(self.recorder.chain.hops, self.evidence.traffic)
        return WHY.format(file[0].status) if file is not None and not landed[-1] else ""

    async def _look(self, eyes: Eyes) -> None:
        if why := self._absent():
            self.recorder.notes.append(f"no picture: {why}")
            return
        self.course.shown = True
        seen = await eyes.read()
        broke = self.evidence.traffic.broke(self.course.ending().url)
        if broke and seen is not None:
            self.recorder.keeper.note(f"the document broke off: {broke}")
            if seen.empty:  # what was to be shown never came
                self.course.error, self.course.shown = broke, False
        if seen is not None and not seen.painted:
            self.recorder.notes.append("no picture: the page was left before anything was painted")
            await self._keep_seen(seen)
            return
        # a page that does not let itself be read does not let itself be painted either
        shot = await eyes.viewport() if seen is not None else None
        if seen is None or shot is None:
            if seen is not None:
                await self.renew()
            self.recorder.notes.append(await eyes.free())
            seen = seen or await eyes.read()
            shot = shot or await eyes.viewport()
        await self._keep_picture(CaptureKind.SCREENSHOT, shot)
        if seen is None:
            self.recorder.notes.append("no DOM: the page could not be read in time")
            return
        await self._keep_seen(seen)
        if seen.height > self.order.device.height + 40 and shot is not None:
            device = self.order.device
            full = await eyes.full_page(device.width, seen.height, device.scale)
            await self._keep_picture(CaptureKind.FULL_PAGE, full, cut=seen.height > pictures.FULL_HEIGHT)
        if eyes.session is not None:
            await self.evidence.look(eyes.session, seen)

    async def _keep_seen(self, seen: Seen) -> None:
        self._seen, self.title, self.course.empty = seen, seen.title, seen.empty
        self.recorder.notes.extend(seen.notes)
        await self._keep(CaptureKind.DOM, seen.html.encode("utf-8", "replace"))
        await self._keep(CaptureKind.TEXT, seen.text.encode("utf-8", "replace"))
        if seen.layout:
            await self._keep(CaptureKind.LAYOUT, seen.layout.encode("utf-8", "replace"))

    async def _keep_picture(self, kind: CaptureKind, png: bytes | None, *, cut: bool = False) -> None:
        if png is None:
            self.recorder.notes.append(f"no {kind}: the page gave none in time")
            return
        await self._keep(kind, png, cut=cut)

    async def _keep(self, kind: CaptureKind, content: bytes, *, cut: bool = False) -> None:
        await self.recorder.keeper.keep(kind, content, cut=cut)
