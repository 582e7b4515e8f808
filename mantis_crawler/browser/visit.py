"""The visit: one load of one artifact on one device, in a fresh context, through a door of its own."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from playwright.async_api import BrowserContext, Page

from mantis_crawler.browser import dress, pictures
from mantis_crawler.browser.driver import DRIVER_ERRORS, FAULTS
from mantis_crawler.browser.gateway import Door, Gateway
from mantis_crawler.browser.outcome import Ending, outcome_of, refusal_of
from mantis_crawler.browser.pictures import Eyes, SessionEyes
from mantis_crawler.browser.pool import BrowserPool, LaunchError, Lent
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.settle import Patience, settled
from mantis_crawler.browser.targets import Targets
from mantis_crawler.items import CaptureKind, Country, Depth, Device, Hop, Outcome, Visit
from mantis_crawler.store import CaptureStore

CLOSE_SECONDS = 5.0
CALL = re.compile(r"^[A-Za-z]+\.[a-zA-Z_]+: ")
"""The call that a message of Playwright's begins with, such as ``Page.goto:``."""
DOUBTFUL = frozenset(
    {Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.TLS_BROKEN, Outcome.BAD_ANSWER, Outcome.ERROR}
)
"""Failures that a dead exit looks like from within a browser."""
ATTEMPTS = 2
"""A visit that died with its browser is made once more; a third time if the browser was dead before it."""
DEAD = "Connection closed"
"""What Playwright says, as a bare exception, when its driver is dead."""


class BrowserGoneError(Exception):
    """No browser can be started any more: nothing was seen, and nothing can be said of the artifact."""


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
        deep: "Visitor | None" = None,
    ) -> None:
        self.pool = pool
        self.deep = deep
        self.gateway = gateway
        self.store = store
        self.patience = patience or Patience()

    async def visit(self, order: Order) -> Visit:
        """Make the visit; once more if the browser died under it.

        Raises:
            BrowserGoneError: no browser can be started.
        """
        if order.depth is Depth.DEEP and self.deep is not None:
            return await self.deep.visit(order)
        visit = await self._attempt(order)
        for attempt in (2, 3):
            if visit.outcome is not Outcome.CRASHED:
                break
            if await self.pool.alive(order.device, order.country) and attempt > ATTEMPTS:
                break
            visit = await self._attempt(order)
            visit = replace(visit, notes=(*visit.notes, f"attempt {attempt}: the browser died at first"))
        return visit

    async def close(self) -> None:
        """End the browsers."""
        await self.pool.close()
        if self.deep is not None:
            await self.deep.close()

    async def _attempt(self, order: Order) -> Visit:
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
            load = Load(order, recorder, door, self.patience)
            try:
                async with self.pool.lend(order.device, order.country, load.options) as browser:
                    load.version = browser.version
                    await self._bounded(load, browser)
            except LaunchError as error:
                raise BrowserGoneError(_plain(error)) from error
            except Exception as error:
                if not isinstance(error, FAULTS) and DEAD not in str(error):
                    raise
                load.error = load.error or _plain(error)
        ending = load.ending()
        outcome = outcome_of(ending)
        if outcome in DOUBTFUL and not await self.gateway.exit_works(door):
            outcome = Outcome.EXIT_FAILED
        refused = refusal_of(ending) is not None
        return replace(
            facts,
            outcome=outcome,
            final_url=load.final_url,
            status=None if refused else ending.status,
            title=load.title,
            seconds=round(monotonic() - clock, 3),
            browser=f"{self.pool.found.engine} {load.version}".strip(),
            settled=load.settled,
            hops=_unanswered(recorder.chain.hops) if refused else recorder.chain.hops,
            dialogs=tuple(recorder.dialogs),
            downloads=tuple(recorder.downloads),
            popups=tuple(recorder.popups),
            captures=tuple(sorted(recorder.captures, key=lambda capture: (capture.kind, capture.sha256))),
            certificate=recorder.certificate,
            connections=tuple(sorted(set(door.log), key=lambda item: (item.host, item.port, item.result))),
            error=door.exit_error if outcome is Outcome.EXIT_FAILED else load.error,
            notes=load.notes(),
        )

    async def _bounded(self, load: "Load", browser: Lent) -> None:
        try:
            async with (
                asyncio.timeout(self.patience.deadline),
                self._page(load, browser) as place,
            ):
                await load.run(*place)
        except TimeoutError:
            load.recorder.notes.append(f"cut at the deadline of {self.patience.deadline:g} s")
        finally:
            await load.recorder.stop()

    def _recorder(self) -> Recorder:
        return Recorder(self.store)

    def _page(self, load: "Load", browser: Lent) -> AbstractAsyncContextManager[tuple[Page, Eyes]]:
        return _page(load, browser, self.pool.targets(browser))


class Load:
    """The state of one load, from first request to last picture."""

    def __init__(self, order: Order, recorder: Recorder, door: Door, patience: Patience) -> None:
        self.order = order
        self.recorder = recorder
        self.door = door
        self.patience = patience
        self.version = ""
        self.error = ""
        self.settled = ""
        self.title = ""
        self.final_url = ""
        self.empty = False
        self.shown = False

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
            self.settled = await settled(self.recorder.pulse, self.patience)
            await self._look(eyes)
        await self.recorder.finish(2.0)
        if any(file.sha256 for file in self.recorder.downloads):
            self.error = ""

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
        shot = await eyes.viewport()
        if seen is None or shot is None:
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

    async def _keep_seen(self, seen: pictures.Seen) -> None:
        self.title, self.empty = seen.title, seen.empty
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
        capture = await asyncio.to_thread(self.recorder.store.put, kind, content, cut=cut)
        self.recorder.captures.append(capture)

    def ending(self) -> Ending:
        """What is known for the outcome."""
        hops = [hop for hop in self.recorder.chain.hops if hop.url.startswith(("http:", "https:"))]
        shown = next((hop for hop in reversed(hops) if hop.status), None)
        last = hops[-1] if hops else None
        return Ending(
            url=last.url if last else self.order.url,
            error=self.error,
            status=(last or shown).status if (last or shown) else None,  # type: ignore[union-attr]
            shown=self.shown,
            empty=self.empty,
            crashed=self.recorder.crashed,
            downloads=self.recorder.downloads,
            connections=self.door.log,
        )

    def notes(self) -> tuple[str, ...]:
        """What could not be had, and which limits cut the evidence."""
        cuts = [f"the gateway cut the visit: {self.door.cut}"] if self.door.cut else []
        if self.recorder.chain.cut:
            cuts.append("more hops than are kept")
        if self.door.exit_error:
            cuts.append(f"the exit failed: {self.door.exit_error}")
        return (*self.recorder.notes, *cuts)


@asynccontextmanager
async def _page(load: Load, browser: Lent, targets: Targets) -> AsyncIterator[tuple[Page, Eyes]]:
    """A page in a fresh context, dressed as the device, with the recorder listening."""
    worn = targets.dress_in(load.order.country)
    context = await browser.new_context(**load.options)
    known = ""
    try:
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        known = (await session.send("Target.getTargetInfo"))["targetInfo"]["browserContextId"]
        await targets.wear(known, worn)
        await load.recorder.attach(page, session)
        yield page, SessionEyes(page, session, load.recorder.chain.frame)
    finally:
        targets.forget(known)
        if not targets.alive:
            load.recorder.notes.append("new frames and workers were not dressed: the line to them was lost")
        await close_context(context)


def place_options(order: Order) -> dict[str, Any]:
    """Return where the phone is; a page's wish to know stays unanswered, as no permission is granted."""
    if not order.exit:
        return {}
    country = order.country
    return {"geolocation": {"latitude": country.latitude, "longitude": country.longitude, "accuracy": 50}}


async def close_context(context: BrowserContext) -> None:
    """End a context, within a limit."""
    with suppress(*FAULTS):
        await asyncio.wait_for(context.close(), CLOSE_SECONDS)


def _unanswered(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """The chain without the status of its last hop: the gateway answered that, no site did."""
    return (*hops[:-1], replace(hops[-1], status=None)) if hops else hops


def _plain(error: BaseException) -> str:
    """What a message of Playwright's says, without the call it came from, its log and the URL; cut."""
    text = str(error).strip() or type(error).__name__
    return CALL.sub("", text.splitlines()[0]).split(" at http", 1)[0][:300]
