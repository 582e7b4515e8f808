"""The visit: one load of one artifact on one device, in a fresh context, through a door of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from playwright.async_api import Page

from mantis_crawler.browser import dress, watch
from mantis_crawler.browser.chain import URL_LIMIT
from mantis_crawler.browser.course import plain
from mantis_crawler.browser.driver import FAULTS
from mantis_crawler.browser.evidence import Evidence, Wishes
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.load import Load
from mantis_crawler.browser.opened import SETUP_SECONDS, NoPageError, opened
from mantis_crawler.browser.order import Order
from mantis_crawler.browser.outcome import outcome_of, refusal_of
from mantis_crawler.browser.pictures import Eyes
from mantis_crawler.browser.pool import BrowserPool, LaunchError, Lent
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.seal import seal
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.unsaved import WHY, kept, unsaved
from mantis_crawler.items import Capture, CaptureKind, Depth, Download, Hop, HopCause, Outcome, Visit
from mantis_crawler.store import CaptureStore

AGAIN_SECONDS = 8.0
"""The least that a second attempt is worth; both together get a visit's time."""
ICON_URL = 500
"""Characters: an icon that a page carries in its URL is kept as a capture."""
SOCKETS = 50
HEADERS = 60
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


class DiskFullError(Exception):
    """The disk takes no more evidence: a visit without it must not count as made."""


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
                raise BrowserGoneError(plain(error)) from error
            except Exception as error:
                if not isinstance(error, FAULTS) and DEAD not in str(error):
                    raise
                load.course.error = load.course.error or plain(error)
        if self.store.full is not None:
            raise DiskFullError(str(self.store.full))
        if (lost := unsaved(load.course.hops(), evidence.traffic)) is not None and not recorder.downloads:
            load.course.error = WHY.format(lost[0].status)
        ending = load.course.ending()
        outcome = outcome_of(ending)
        if outcome in DOUBTFUL and not await self.gateway.exit_works(door):
            outcome = Outcome.EXIT_FAILED
        refused = refusal_of(ending) is not None
        browser_name = f"{self.pool.found.engine} {load.version}".strip()
        connections = tuple(sorted(set(door.log), key=lambda item: (item.host, item.port, item.result)))
        await evidence.keep(connections, browser=browser_name, title=load.title, started=facts.started)
        hops = load.course.hops()
        files = [_answered(file, evidence) for file in recorder.downloads]
        if lost is not None:
            file = await asyncio.to_thread(kept, *lost, self.store)
            files.append(_answered(file, evidence))
            if file.sha256:
                kind = CaptureKind.DOWNLOAD
                recorder.captures.append(Capture(kind=kind, sha256=file.sha256, size=file.size))
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
            downloads=tuple(files),
            popups=tuple(recorder.popups),
            blocked_tabs=tuple(evidence.console.whispers.blocked),
            permissions=tuple(evidence.console.whispers.permissions),
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
            error=door.exit_error if outcome is Outcome.EXIT_FAILED else load.course.error,
            notes=(*self.pool.remarks, *load.course.notes()),
        )

    async def _bounded(self, load: Load, browser: Lent, *, alone: bool) -> None:
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

    def _page(self, load: Load, browser: Lent) -> AbstractAsyncContextManager[tuple[Page, Eyes]]:
        return opened(load, browser, self.pool)

    @asynccontextmanager
    async def _watched(self, load: Load, browser: Lent, *, alone: bool) -> AsyncIterator[None]:
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


def _answered(file: Download, evidence: Evidence) -> Download:
    """Return a download with what the site said when it gave it."""
    if file.cause is None and any(tab.file and tab.url == file.url for tab in evidence.tabs):
        file = replace(file, cause=HopCause.TAB)
    one = evidence.traffic.find(file.url)
    if one is None:
        return file
    referrer = next((value for name, value in one.sent.items() if name.lower() == "referer"), "")
    return replace(file, referrer=referrer[:URL_LIMIT], headers=tuple(one.got.items())[:HEADERS])


def _unanswered(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    """The chain without the status of its last hop: the gateway answered that, no site did."""
    return (*hops[:-1], replace(hops[-1], status=None)) if hops else hops
