"""The visit: one load of one artifact on one device, in a fresh context, through a door of its own."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any

from playwright.async_api import BrowserContext, Page

from mantis_crawler.browser import dress, pictures, tap, watch
from mantis_crawler.browser.bounds import Bounds
from mantis_crawler.browser.chain import URL_LIMIT
from mantis_crawler.browser.driver import DRIVER_ERRORS, FAULTS
from mantis_crawler.browser.evidence import Evidence, Wishes
from mantis_crawler.browser.gateway import Door, Gateway
from mantis_crawler.browser.line import Session
from mantis_crawler.browser.outcome import Ending, outcome_of, refusal_of
from mantis_crawler.browser.pictures import Eyes, SessionEyes
from mantis_crawler.browser.pool import BrowserPool, LaunchError, Lent
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.seal import seal
from mantis_crawler.browser.settle import Patience, may_wait, settled
from mantis_crawler.browser.tabs import view
from mantis_crawler.browser.tap import changed
from mantis_crawler.items import (
    CaptureKind,
    Country,
    Depth,
    Device,
    Download,
    Hop,
    Outcome,
    Tap,
    Timing,
    Visit,
)
from mantis_crawler.store import CaptureStore

SETUP_SECONDS = 8.0
"""A browser that gives no page for so long is too busy with another: nothing was asked for yet."""
AGAIN_SECONDS = 8.0
"""The least that a second attempt is worth; both together get a visit's time."""
MARGIN = 5.0
"""Seconds before the deadline at which nothing is waited for any more."""
LOOKS = 2
"""A page that goes on while it is looked at is waited for and looked at once more."""
BIDE_STEP = 0.5
"""How often a page that shows next to nothing is looked at while its timers run."""
LOOKED_AT = frozenset(
    {CaptureKind.SCREENSHOT, CaptureKind.FULL_PAGE, CaptureKind.DOM, CaptureKind.TEXT}
    | {CaptureKind.FRAME_DOM, CaptureKind.FRAME_TEXT, CaptureKind.STORAGE}
)
"""What is kept anew when a page is looked at again."""
ICON_URL = 500
"""Characters: an icon that a page carries in its URL is kept as a capture."""
SOCKETS = 50
HEADERS = 60
CALL = re.compile(r"^[A-Za-z]+\.[a-zA-Z_]+: ")
"""The call that a message of Playwright's begins with, such as ``Page.goto:``."""
DOUBTFUL = frozenset(
    {Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.TLS_BROKEN, Outcome.BAD_ANSWER, Outcome.ERROR}
)
"""Failures that a dead exit looks like from within a browser."""
ATTEMPTS = 2
"""A visit that died with its browser is made once more; a third time if the browser was dead before it."""
BARE = "kept without DevTools: no traffic, console, frames, storage or tabs, and nothing was tapped"
DEAD = "Connection closed"
"""What Playwright says, as a bare exception, when its driver is dead."""


class BrowserGoneError(Exception):
    """No browser can be started any more: nothing was seen, and nothing can be said of the artifact."""


class DiskFullError(Exception):
    """The disk takes no more evidence: a visit without it must not count as made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be visited, how."""

    url: str
    device: Device
    country: Country
    """Of languages, clock and place; the exit's own where there is one."""
    exit: str = ""
    """Country of the exit that the visit goes out through; empty: none."""
    depth: Depth = Depth.DEFAULT
    """How much the visit may cost."""


class Visitor:
    """Makes visits. Whatever happens on a page, there is a visit with an outcome in the end."""

    def __init__(
        self,
        pool: BrowserPool,
        gateway: Gateway,
        store: CaptureStore,
        patience: Patience | None = None,
        wishes: Wishes | None = None,
        *,
        deep: "Visitor | None" = None,
    ) -> None:
        self.pool = pool
        self.deep = deep
        self.gateway = gateway
        self.store = store
        self.patience = patience or Patience()
        self.wishes = wishes or Wishes()

    async def visit(self, order: Order) -> Visit:
        """Make the visit; once more if the browser died under it.

        Raises:
            BrowserGoneError: no browser can be started.
            DiskFullError: what was seen cannot be kept.
        """
        if order.depth is Depth.DEEP and self.deep is not None:
            return await self.deep.visit(order)
        clock = monotonic()
        visit = await self._attempt(order, self.patience)
        for attempt in (2, 3):
            if visit.outcome is not Outcome.CRASHED:
                break
            if await self.pool.alive(order.device, order.country) and attempt > ATTEMPTS:
                break
            left = self.patience.deadline - (monotonic() - clock)
            if left < AGAIN_SECONDS:
                visit = replace(visit, notes=(*visit.notes, "the browser died, and no time was left"))
                break
            # alone: what killed a browser kills no other visit this time
            visit = await self._attempt(order, replace(self.patience, deadline=left), alone=True)
            visit = replace(visit, notes=(*visit.notes, f"attempt {attempt}: the browser died at first"))
        return await seal(visit, self.store, self.gateway, self.wishes.authority)

    async def close(self) -> None:
        """End the browsers."""
        await self.pool.close()
        if self.deep is not None:
            await self.deep.close()

    async def _attempt(self, order: Order, patience: Patience, *, alone: bool = False) -> Visit:
        started, clock = datetime.now(UTC), monotonic()
        recorder = self._recorder()
        facts = Visit(
            device=order.device.name,
            outcome=Outcome.ERROR,
            url=order.url,
            started=started.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            languages=order.country.languages,
            time_zone=order.country.time_zone,
            exit=order.exit,
            country=order.country.code,
            profile=dress.profile(order.device, self.pool.found.engine),
            depth=self.pool.depth,
        )
        async with self.gateway.door(exit=order.exit) as door:
            evidence = Evidence(recorder.keeper, order.device, self.wishes)
            load = Load(order, recorder, evidence, door, patience)
            try:
                lent = self.pool.lend(order.device, order.country, load.options, alone=alone)
                async with lent as browser:
                    load.version = browser.version
                    await self._bounded(load, browser, alone=alone)
            except LaunchError as error:
                raise BrowserGoneError(_plain(error)) from error
            except Exception as error:
                if not isinstance(error, FAULTS) and DEAD not in str(error):
                    raise
                load.error = load.error or _plain(error)
        if self.store.full is not None:
            raise DiskFullError(str(self.store.full))
        ending = load.ending()
        outcome = outcome_of(ending)
        if outcome in DOUBTFUL and not await self.gateway.exit_works(door):
            outcome = Outcome.EXIT_FAILED
        refused = refusal_of(ending) is not None
        browser_name = f"{self.pool.found.engine} {load.version}".strip()
        connections = tuple(sorted(set(door.log), key=lambda item: (item.host, item.port, item.result)))
        await evidence.keep(connections, browser=browser_name, title=load.title, started=facts.started)
        hops = load.hops()
        return replace(
            facts,
            outcome=outcome,
            final_url=load.final_url,
            status=None if refused else ending.status,
            title=load.title,
            seconds=round(monotonic() - clock, 3),
            browser=browser_name,
            settled=load.settled,
            hops=_unanswered(hops) if refused else hops,
            dialogs=tuple(recorder.dialogs),
            downloads=tuple(_answered(file, evidence) for file in recorder.downloads),
            popups=tuple(recorder.popups),
            tabs=evidence.views,
            frames=evidence.frames,
            tap=load.tapped,
            icon=evidence.icon[:ICON_URL],
            web_manifest=evidence.web_manifest[:URL_LIMIT],
            workers=tuple(evidence.workers),
            sockets=evidence.traffic.sockets[:SOCKETS],
            timing=replace(load.timing, answered=recorder.answered_at),
            captures=tuple(sorted(recorder.captures, key=lambda capture: (capture.kind, capture.sha256))),
            certificate=recorder.certificate,
            connections=connections,
            error=door.exit_error if outcome is Outcome.EXIT_FAILED else load.error,
            notes=(*self.pool.remarks, *load.notes()),
        )

    async def _bounded(self, load: "Load", browser: Lent, *, alone: bool) -> None:
        load.renew = partial(self.pool.renew, browser)
        # a second attempt shares the visit's time, the start of its browser included
        spent = load.recorder.keeper.now if alone else 0.0
        try:
            async with (
                asyncio.timeout(load.patience.deadline - spent),
                self._page(load, browser) as place,
                self._watched(load, browser, alone=alone),
            ):
                await load.run(*place)
        except NoPageError:
            load.recorder.crashed = True
            load.recorder.notes.append(f"the browser gave no page within {SETUP_SECONDS:g} s")
            self.pool.give_up(browser)
        except TimeoutError:
            load.recorder.notes.append(f"cut at the deadline of {load.patience.deadline:.0f} s")
        finally:
            await load.recorder.stop()

    def _recorder(self) -> Recorder:
        return Recorder(self.store)

    def _page(self, load: "Load", browser: Lent) -> AbstractAsyncContextManager[tuple[Page, Eyes]]:
        return _page(load, browser, self.pool)

    @asynccontextmanager
    async def _watched(self, load: "Load", browser: Lent, *, alone: bool) -> AsyncIterator[None]:
        """Stop a page that takes too much memory: only where no other is in its browser is it known which."""
        process = self.pool.process(browser) if alone else None
        if process is None or load.bounds is None:
            yield
            return
        watching = asyncio.create_task(watch.watch_weight(process, partial(load.bounds.stop, "memory")))
        try:
            yield
        finally:
            watching.cancel()


class NoPageError(Exception):
    """A browser that lives did not open a page in time."""


class Load:
    """The state of one load, from first request to last picture."""

    def __init__(
        self, order: Order, recorder: Recorder, evidence: Evidence, door: Door, patience: Patience
    ) -> None:
        self.order = order
        self.recorder = recorder
        self.evidence = evidence
        self.door = door
        self.patience = patience
        self.bounds: Bounds | None = None
        self.renew: Callable[[], Awaitable[bool]]
        self.version = ""
        self.error = ""
        self.settled = ""
        self.title = ""
        self.final_url = ""
        self.empty = False
        self.shown = False
        self.timing = Timing()
        self.tapped: Tap | None = None
        self._world = 0
        self._seen: pictures.Seen | None = None
        self._pressable = False
        """Whether the page may have a single call to action."""
        self._ended: Ending | None = None
        self._hops: tuple[Hop, ...] | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What the visit's context is opened with."""
        worn = dress.context_options(self.order.device, self.order.country)
        return {"proxy": {"server": self.door.url}, **worn, **place_options(self.order)}

    async def run(self, page: Page, eyes: Eyes) -> None:
        """Go there, wait until nothing moves, keep what is to be seen."""
        try:
            await page.goto(self.order.url, wait_until="commit", timeout=self.patience.navigation * 1000)
        except DRIVER_ERRORS as error:
            self.error = _plain(error)
        if refusal_of(self.ending()) is not None:
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
            self.error = ""

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
            elif await self._bided(eyes, began + self.patience.cap):
                self.recorder.keeper.note("the page showed next to nothing at first: it was looked at again")
            else:
                return
            self.recorder.keeper.forget(LOOKED_AT)

    async def _bided(self, eyes: Eyes, end: float) -> bool:
        """Wait for a page that shows next to nothing and may have set a timer; return whether it went on."""
        seen, pulse, clock = self._seen, self.recorder.pulse, self.recorder.keeper
        if seen is None or not seen.slight or not self.patience.bides:
            return False
        if not may_wait((seen.html, *self.evidence.traffic.scripts())):
            return False
        last = pulse.last
        while clock.now < end and not pulse.dead:
            await asyncio.sleep(BIDE_STEP)
            if pulse.last != last:
                return True
            now = await eyes.read()
            if now is not None and not now.slight:
                return True
        return False

    async def _tap(self, session: Session) -> None:
        """Tap once on the single call to action of a page that did nothing by itself."""
        device, recorder = self.order.device, self.recorder
        busy = recorder.downloads or recorder.popups or any(hop.opens for hop in recorder.chain.hops)
        may = self.evidence.wishes.tap and device.touch_points and not device.control
        if not may or busy or not self._pressable or self._left() < MARGIN or recorder.pulse.dead:
            return
        target = await tap.find(session, self._world)
        if target is None:
            return
        self._ended, self._hops = self.ending(), recorder.chain.hops
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
            hops=recorder.chain.hops[len(self._hops) :],
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

    def hops(self) -> tuple[Hop, ...]:
        """The redirect chain up to the tap: what came of that is the tap's."""
        hops = self.recorder.chain.hops if self._hops is None else self._hops
        # what the gateway answered, no site did
        return tuple(replace(hop, status=None) if self._held(hop) else hop for hop in hops)

    async def _look(self, eyes: Eyes) -> None:
        self.final_url = next((url for url in reversed(self.recorder.landed) if url), "")
        if not self.final_url or self.final_url == "about:blank":
            self.recorder.notes.append("no picture: no page was shown")
            return
        if not self._answered():
            self.recorder.notes.append("no picture: the page did not come")
            return
        self.shown = True
        seen = await eyes.read()
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
        self._world, self._pressable = seen.world, 0 < seen.pressable <= tap.PRESSABLE
        if eyes.session is not None:
            await self.evidence.look(eyes.session, seen)

    async def _keep_seen(self, seen: pictures.Seen) -> None:
        self._seen, self.title, self.empty = seen, seen.title, seen.empty
        self.recorder.notes.extend(seen.notes)
        await self._keep(CaptureKind.DOM, seen.html.encode("utf-8", "replace"))
        await self._keep(CaptureKind.TEXT, seen.text.encode("utf-8", "replace"))

    def _answered(self) -> bool:
        """Whether the last document came from the site, not from the gateway."""
        return outcome_of(replace(self.ending(), shown=True, downloads=())) in {
            Outcome.LOADED,
            Outcome.HTTP_ERROR,
            Outcome.BLANK,
        }

    async def _keep_picture(self, kind: CaptureKind, png: bytes | None, *, cut: bool = False) -> None:
        if png is None:
            self.recorder.notes.append(f"no {kind}: the page gave none in time")
            return
        await self._keep(kind, png, cut=cut)

    async def _keep(self, kind: CaptureKind, content: bytes, *, cut: bool = False) -> None:
        await self.recorder.keeper.keep(kind, content, cut=cut)

    def ending(self) -> Ending:
        """What is known for the outcome; what a tap of ours brought changes it no more."""
        if self._ended is not None:
            return self._ended
        hops = [hop for hop in self.recorder.chain.hops if hop.url.startswith(("http:", "https:"))]
        shown = next((hop for hop in reversed(hops) if hop.status and not self._held(hop)), None)
        last = hops[-1] if hops else None
        if last is not None and shown is not None and self._stayed(last):
            last = shown
        return Ending(
            url=last.url if last else self.order.url,
            error=self.error,
            status=(last or shown).status if (last or shown) else None,  # type: ignore[union-attr]
            shown=self.shown,
            empty=self.empty,
            crashed=self.recorder.crashed,
            downloads=tuple(self.recorder.downloads),
            connections=self.door.log,
        )

    def _held(self, hop: Hop) -> bool:
        """Whether the gateway kept the browser from going on into our network."""
        refusal = refusal_of(Ending(url=hop.url, connections=self.door.log))
        return refusal is Outcome.BLOCKED_BY_GATEWAY

    def _stayed(self, last: Hop) -> bool:
        """Whether a page of the site is still there after the gateway refused where it led to."""
        landed = self.recorder.landed
        return self._held(last) and bool(landed) and bool(landed[-1])

    def notes(self) -> tuple[str, ...]:
        """What could not be had, and which limits cut the evidence."""
        cuts = [f"the gateway cut the visit: {self.door.cut}"] if self.door.cut else []
        hops = [hop for hop in self.recorder.chain.hops if hop.url.startswith(("http:", "https:"))]
        if hops and self._stayed(hops[-1]):
            cuts.append(f"the page led on to where the gateway does not let it go: {hops[-1].url[:200]}")
        if self.recorder.chain.cut:
            cuts.append("more hops than are kept")
        if self.door.exit_error:
            cuts.append(f"the exit failed: {self.door.exit_error}")
        return (*self.recorder.notes, *cuts)


@asynccontextmanager
async def _page(load: Load, browser: Lent, pool: BrowserPool) -> AsyncIterator[tuple[Page, Eyes]]:
    """A page in a fresh context, dressed as the device, with the recorder listening."""
    targets = pool.targets(browser)
    worn = targets.dress_in(load.order.country)
    context: BrowserContext | None = None
    known = ""
    try:
        try:
            async with asyncio.timeout(SETUP_SECONDS):
                context = await browser.new_context(**load.options)
                page = await context.new_page()
                session = await context.new_cdp_session(page)
                known = (await session.send("Target.getTargetInfo"))["targetInfo"]["browserContextId"]
                await targets.wear(known, worn)
                targets.watch(known, load.evidence.joined)
                load.evidence.ours = worn.page_script()
                await load.evidence.attach(session)
                await load.recorder.attach(page, session)
        except TimeoutError:
            raise NoPageError from None
        load.bounds = Bounds(load.recorder.chain.frame, session, load.recorder.keeper.note)
        load.bounds.attach()
        yield page, SessionEyes(session, load.recorder.chain.frame, load.order.device)
    finally:
        targets.forget(known)
        if not targets.alive:
            load.recorder.notes.append("new frames and workers were not dressed: the line to them was lost")
        if context is not None:
            await pool.dispose(browser, context)


def place_options(order: Order) -> dict[str, Any]:
    """Return where the phone is; a page's wish to know stays unanswered, as no permission is granted."""
    if not order.exit:
        return {}
    country = order.country
    return {"geolocation": {"latitude": country.latitude, "longitude": country.longitude, "accuracy": 50}}


def _answered(file: Download, evidence: Evidence) -> Download:
    """Return a download with what the site said when it gave it."""
    one = evidence.traffic.find(file.url)
    if one is None:
        return file
    referrer = next((value for name, value in one.sent.items() if name.lower() == "referer"), "")
    return replace(file, referrer=referrer[:URL_LIMIT], headers=tuple(one.got.items())[:HEADERS])


def _unanswered(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """The chain without the status of its last hop: the gateway answered that, no site did."""
    return (*hops[:-1], replace(hops[-1], status=None)) if hops else hops


def _plain(error: BaseException) -> str:
    """What a message of Playwright's says, without the call it came from, its log and the URL; cut."""
    text = str(error).strip() or type(error).__name__
    return CALL.sub("", text.splitlines()[0]).split(" at http", 1)[0][:300]
