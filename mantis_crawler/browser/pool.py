"""One long-lived browser a device: flags are browser-wide, contexts are fresh each visit."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

import psutil
from playwright.async_api import Browser, BrowserContext, BrowserType

from mantis_crawler.browser import dress, endpoint, find, switches, watch
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.targets import Targets
from mantis_crawler.items import Country, Device, country

logger = logging.getLogger(__name__)

LAUNCH_SECONDS = 60.0
CLOSE_SECONDS = 10.0
DISPOSE_SECONDS = 2.0
RENEWALS = 2
"""A browser whose painting has to be started anew more often is sick, and is lent no more."""


class LaunchError(Exception):
    """The driver is dead, or the browser does not start any more."""


@dataclass(slots=True)
class _Seat:
    """A running browser and who sits in it."""

    browser: Browser
    targets: Targets
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
        return self.browser.is_connected() and self.targets.alive


class BrowserPool:
    """Lends browsers; starts them when they are first needed, again when they die or grow old."""

    def __init__(
        self, kind: BrowserType, found: find.Browser, gateway: Gateway, *, retire_after: int = 150
    ) -> None:
        self.kind = kind
        self.found = found
        self.gateway = gateway
        self.retire_after = retire_after
        self.launched = 0
        self._seats: dict[str, _Seat] = {}
        self._retired: list[_Seat] = []
        self._locks: dict[str, asyncio.Lock] = {}
        self._doors = AsyncExitStack()
        self._closed_door = ""
        self._guest = 0
        self._closing: set[asyncio.Task[None]] = set()
        self._switch: str | None = None

    @asynccontextmanager
    async def lend(
        self, device: Device, victims: Country | None = None, *, alone: bool = False
    ) -> AsyncIterator[Browser]:
        """Lend the device's browser for one visit.

        Args:
            device: Whose browser it is.
            victims: Whose languages the browser speaks by itself if it has to be started.
            alone: Whether nobody else may sit in it: what kills a browser takes all that are in it along.

        Raises:
            LaunchError: it cannot be started.
        """
        if alone:
            async with self._alone(device, victims or country("us")) as single:
                yield single.browser
            return
        async with self._locks.setdefault(device.name, asyncio.Lock()):
            seat = self._seats.get(device.name)
            if seat is None or not seat.usable or seat.visits >= self.retire_after:
                if seat is not None:
                    self._retire(seat)
                try:
                    seat = self._seats[device.name] = await self._launch(device, victims or country("us"))
                except Exception as error:
                    self._seats.pop(device.name, None)
                    raise LaunchError(str(error)) from error
            seat.visits += 1
            self._guest += 1
            guest = self._guest
            seat.guests.add(guest)
        try:
            yield seat.browser
        finally:
            seat.guests.discard(guest)
            if seat.retired and not seat.guests:
                self._close_soon(seat)

    @asynccontextmanager
    async def _alone(self, device: Device, victims: Country) -> AsyncIterator[_Seat]:
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

    def targets(self, browser: Browser) -> Targets:
        """Return the line to a browser that is lent.

        Raises:
            LookupError: the browser is not of this pool.
        """
        return self._seat(browser).targets

    def process(self, browser: Browser) -> psutil.Process | None:
        """Return the process of a browser that is lent, where it is known."""
        return self._seat(browser).process

    async def renew(self, browser: Browser) -> bool:
        """Start a browser's painting anew, as it gives no picture; return whether another try makes sense.

        One that needs it again and again is sick: it is lent no more.
        """
        seat = self._seat(browser)
        seat.renewals += 1
        if seat.renewals > RENEWALS:
            self.give_up(browser)
        return seat.process is not None and await asyncio.to_thread(watch.renew_painter, seat.process)

    def give_up(self, browser: Browser) -> None:
        """Lend a browser no more; it ends with the last visit in it."""
        for name, seat in tuple(self._seats.items()):
            if seat.browser is browser:
                del self._seats[name]
                self._retire(seat)

    def _seat(self, browser: Browser) -> _Seat:
        seats = (*self._seats.values(), *self._retired)
        for seat in seats:
            if seat.browser is browser:
                return seat
        raise LookupError("the browser is not of this pool")

    async def dispose(self, browser: Browser, context: BrowserContext) -> None:
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

    async def alive(self, device: Device) -> bool:
        """Return whether the device's browser still opens a context; one that does not is lent no more.

        A dead driver tells nobody: its browsers go on saying that they are connected.
        """
        seat = self._seats.get(device.name)
        if seat is None:
            return False
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await (await seat.browser.new_context()).close()
        except Exception:  # noqa: BLE001 - whatever it is, it is no living browser
            if self._seats.get(device.name) is seat:
                del self._seats[device.name]
                self._retire(seat)
            return False
        return True

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

    async def _launch(self, device: Device, victims: Country) -> _Seat:
        if not self._closed_door:
            door = await self._doors.enter_async_context(self.gateway.door(closed=True))
            self._closed_door = door.url
        shell = self.found.shell
        signed = endpoint.sign()
        options: dict[str, object] = {"executable_path": self.found.path} if self.found.path else {}
        if self._switch is None:
            self._switch = await switches.driver_switch(self.kind)
        browser = await asyncio.wait_for(
            self.kind.launch(
                headless=True,
                chromium_sandbox=self.found.sandbox,
                args=[
                    *dress.flags(device, victims, self.found.version, shell=shell),
                    *endpoint.listen_flags(signed),
                    switches.merged(self._switch),
                ],
                ignore_default_args=[*dress.unwanted_flags(device), *filter(None, [self._switch])],
                proxy={"server": self._closed_door},
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                **options,  # type: ignore[arg-type]
            ),
            LAUNCH_SECONDS,
        )
        worn = dress.Dress(device=device, country=victims, version=browser.version, native=shell)
        try:
            targets = await Targets.open(await endpoint.endpoint(signed), worn)
        except OSError:
            await browser.close()
            raise
        self.launched += 1
        logger.info("Started browser for %s: %s %s", device.name, self.found.engine, browser.version)
        process = await asyncio.to_thread(watch.process_of, signed)
        if process is None or not await asyncio.to_thread(watch.limit, process):
            logger.warning("The memory of the browser's pages could not be limited")
        return _Seat(browser, targets, process)

    def _retire(self, seat: _Seat) -> None:
        seat.retired = True
        if seat.guests:
            self._retired.append(seat)
        else:
            self._close_soon(seat)

    def _close_soon(self, seat: _Seat) -> None:
        if seat in self._retired:
            self._retired.remove(seat)
        task = asyncio.create_task(_close(seat))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


async def _close(seat: _Seat) -> None:
    with suppress(Exception):  # a dead driver raises a bare one
        await asyncio.wait_for(seat.browser.close(), CLOSE_SECONDS)
    if seat.process is not None:  # one that does not answer would stay
        await asyncio.to_thread(watch.end, seat.process)
    await seat.targets.close()
