"""One long-lived browser a device and language: flags are browser-wide, contexts are fresh each visit."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

import psutil
from playwright.async_api import Browser, BrowserContext, BrowserType, Page, ProxySettings

from mantis_crawler.browser import dress, endpoint, find, fonts, switches, watch
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.targets import Targets
from mantis_crawler.items import Country, Depth, Device, country

logger = logging.getLogger(__name__)

LAUNCH_SECONDS = 60.0
BROWSERS = 3
"""Browsers of one device that are kept, each with the languages of other countries: a browser speaks one
country's by itself, and where others are overridden the Accept-Language header moves before Accept."""
CLOSE_SECONDS = 10.0
DISPOSE_SECONDS = 2.0
RENEWALS = 2
"""A browser whose painting has to be started anew more often is sick, and is lent no more."""


class LaunchError(Exception):
    """The driver is dead, or the browser does not start any more."""


class Lent(Protocol):
    """What a visit gets: a browser, or what stands for a browser that has the one context."""

    @property
    def version(self) -> str:
        """Of the engine."""

    async def new_context(self, **options: Any) -> BrowserContext:
        """Open the visit's context."""


@dataclass(slots=True)
class Seat:
    """A running browser and who sits in it."""

    browser: Browser
    targets: Targets | None = None
    """What dresses its targets; `None` where nothing has to."""
    process: psutil.Process | None = None
    """`None` where it was not found: it is not watched then."""
    renewals: int = 0
    """How often its painting had to be started anew."""
    visits: int = 0
    guests: set[int] = field(default_factory=set)
    retired: bool = False

    @property
    def usable(self) -> bool:
        """Whether it lives, and what it opens is dressed."""
        return self.browser.is_connected() and (self.targets is None or self.targets.alive)


class BrowserPool:
    """Lends browsers; starts them when they are first needed, again when they die or grow old."""

    depth = Depth.DEFAULT
    remarks: tuple[str, ...] = ()
    """What is to be known of every visit that is made here."""

    def __init__(
        self, kind: BrowserType, found: find.Browser, gateway: Gateway, *, retire_after: int = 150
    ) -> None:
        self.kind = kind
        self.found = found
        self.gateway = gateway
        self.retire_after = retire_after
        self.launched = 0
        self._seats: dict[tuple[str, ...], Seat] = {}
        self._retired: list[Seat] = []
        self._locks: dict[tuple[str, ...], asyncio.Lock] = {}
        self._doors = AsyncExitStack()
        self._closed_door = ""
        self._guest = 0
        self._closing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def lend(
        self,
        device: Device,
        victims: Country | None = None,
        options: Mapping[str, Any] | None = None,  # noqa: ARG002 - for a pool whose browsers have one context
        *,
        alone: bool = False,
    ) -> AsyncIterator[Lent]:
        """Lend the device's browser for one visit.

        Args:
            device: Whose browser it is.
            victims: Whose languages the browser speaks; those of the United States if it is not told.
            options: What the visit's context will be opened with.
            alone: Whether nobody else may sit in it: what kills a browser takes all that are in it along.

        Raises:
            LaunchError: it cannot be started.
        """
        victims = victims or country("us")
        if alone:
            async with self._alone(device, victims) as single:
                yield cast("Lent", single.browser)
            return
        key = self._key(device, victims)
        async with self._locks.setdefault(key, asyncio.Lock()):
            seat = self._seats.pop(key, None)
            if seat is not None and (not seat.usable or seat.visits >= self.retire_after):
                self._retire(seat)
                seat = None
            if seat is None:
                self._make_room(device)
                try:
                    seat = await self._launch(device, victims)
                except Exception as error:
                    raise LaunchError(str(error)) from error
            self._seats[key] = seat  # the last one is the one that was used last
            seat.visits += 1
            self._guest += 1
            guest = self._guest
            seat.guests.add(guest)
        try:
            yield cast("Lent", seat.browser)
        finally:
            seat.guests.discard(guest)
            if seat.retired and not seat.guests:
                self._close_soon(seat)

    @asynccontextmanager
    async def _alone(self, device: Device, victims: Country) -> AsyncIterator[Seat]:
        try:
            seat = await self._launch(device, victims)
        except Exception as error:
            raise LaunchError(str(error)) from error
        seat.guests.add(0)
        self._retire(seat)
        try:
            yield seat
        finally:
            self._close_soon(seat)

    def pages(self) -> list[Page]:
        """Return what is open."""
        seats = (*self._seats.values(), *self._retired)
        return [page for seat in seats for context in seat.browser.contexts for page in context.pages]

    def targets(self, browser: object) -> Targets:
        """Return the line to a browser that is lent.

        Raises:
            LookupError: the browser is not of this pool, or has none.
        """
        targets = self._seat(browser).targets
        if targets is None:
            raise LookupError("no line to this browser")
        return targets

    def process(self, browser: object) -> psutil.Process | None:
        """Return the process of a browser that is lent, where it is known."""
        return self._seat(browser).process

    async def renew(self, browser: object) -> bool:
        """Start a browser's painting anew, as it gives no picture; return whether another try makes sense.

        One that needs it again and again is sick: it is lent no more.
        """
        seat = self._seat(browser)
        seat.renewals += 1
        if seat.renewals > RENEWALS:
            self.give_up(browser)
        return seat.process is not None and await asyncio.to_thread(watch.renew_painter, seat.process)

    def give_up(self, browser: object) -> None:
        """Lend a browser no more; it ends with the last visit in it."""
        for key, seat in tuple(self._seats.items()):
            if seat.browser is browser:
                del self._seats[key]
                self._retire(seat)

    def _seat(self, browser: object) -> Seat:
        seats = (*self._seats.values(), *self._retired)
        for seat in seats:
            if seat.browser is browser:
                return seat
        raise LookupError("the browser is not of this pool")

    async def dispose(self, browser: object, context: BrowserContext) -> None:
        """Close a context. Visits do not wait long for it; a browser that does not do it is lent no more."""

        async def shut() -> None:
            try:
                await asyncio.wait_for(context.close(), CLOSE_SECONDS)
            except Exception:  # noqa: BLE001 - whatever it is, the page may still run
                self.give_up(browser)

        task = asyncio.create_task(shut())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        await asyncio.wait({task}, timeout=DISPOSE_SECONDS)

    async def alive(self, device: Device, victims: Country) -> bool:
        """Return whether the device's browser still opens a context; one that does not is lent no more.

        A dead driver tells nobody: its browsers go on saying that they are connected.
        """
        seat = self._seats.get(self._key(device, victims))
        if seat is None:
            return False
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await (await seat.browser.new_context()).close()
        except Exception:  # noqa: BLE001 - whatever it is, it is no living browser
            self.give_up(seat.browser)
            return False
        return True

    async def empty(self) -> None:
        """Let all browsers go, and wait for the end of those that nobody is in."""
        for key in tuple(self._seats):
            self._retire(self._seats.pop(key))
        if self._closing:
            await asyncio.wait(self._closing, timeout=CLOSE_SECONDS)

    async def close(self) -> None:
        """End all browsers."""
        for seat in self._seats.values():
            await _close(seat)
        for seat in tuple(self._retired):
            self._close_soon(seat)
        self._seats.clear()
        if self._closing:
            await asyncio.wait(self._closing, timeout=CLOSE_SECONDS)
        await self._doors.aclose()

    async def _launch(self, device: Device, victims: Country) -> Seat:
        proxy = await self._proxy()
        signed = endpoint.sign()
        options = await self.launch_options(device, victims, signed)
        browser = await asyncio.wait_for(self.kind.launch(proxy=proxy, **options), LAUNCH_SECONDS)
        shell = self.found.shell
        worn = dress.Dress(device=device, country=victims, version=browser.version, native=shell, shell=shell)
        try:
            targets = await Targets.open(await endpoint.endpoint(signed), worn)
        except OSError:
            await browser.close()
            raise
        self.launched += 1
        logger.info("Started browser for %s: %s %s", device.name, self.found.engine, browser.version)
        return Seat(browser, targets, await watched(signed))

    async def launch_options(self, device: Device, victims: Country, signed: str) -> dict[str, Any]:
        """Return what a browser of a device is started with; its process is found by the sign."""
        worn = dress.flags(device, victims, self.found.version, shell=self.found.shell)
        switch = await switches.driver_switch(self.kind)
        return {
            **({"executable_path": self.found.path} if self.found.path else {}),
            "headless": True,
            "chromium_sandbox": self.found.sandbox,
            "args": [*worn, *endpoint.listen_flags(signed), switches.merged(switch)],
            "ignore_default_args": [*dress.unwanted_flags(device), *filter(None, [switch])],
            "env": {**os.environ, **await asyncio.to_thread(fonts.environment, device)},
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
        }

    async def _proxy(self) -> ProxySettings:
        """Return the way out of a browser that is not on a visit: there is none."""
        if not self._closed_door:
            door = await self._doors.enter_async_context(self.gateway.door(closed=True))
            self._closed_door = door.url
        return {"server": self._closed_door}

    def _key(self, device: Device, victims: Country) -> tuple[str, ...]:
        """Return what a browser cannot change while it lives."""
        return device.name, *victims.languages

    def _make_room(self, device: Device) -> None:
        """Retire browsers of a device that were not used for longest, so that another one can start."""
        keys = [key for key in self._seats if key[0] == device.name]
        for key in keys[: max(len(keys) - BROWSERS + 1, 0)]:
            self._retire(self._seats.pop(key))

    def _retire(self, seat: Seat) -> None:
        seat.retired = True
        if seat.guests:
            self._retired.append(seat)
        else:
            self._close_soon(seat)

    def _close_soon(self, seat: Seat) -> None:
        if seat in self._retired:
            self._retired.remove(seat)
        task = asyncio.create_task(_close(seat))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


async def watched(signed: str) -> psutil.Process | None:
    """Return the process of a browser that was just started, with a limit to its pages' memory."""
    process = await asyncio.to_thread(watch.process_of, signed)
    if process is None or not await asyncio.to_thread(watch.limit, process):
        logger.warning("The memory of the browser's pages could not be limited")
    return process


async def _close(seat: Seat) -> None:
    with suppress(Exception):  # a dead driver raises a bare one
        await asyncio.wait_for(seat.browser.close(), CLOSE_SECONDS)
    if seat.process is not None:  # one that does not answer would stay
        await asyncio.to_thread(watch.end, seat.process)
    if seat.targets is not None:
        await seat.targets.close()
