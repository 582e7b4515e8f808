"""One long-lived browser a device: flags are browser-wide, contexts are fresh each visit."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from playwright.async_api import Browser, BrowserType
from playwright.async_api import Error as PlaywrightError

from mantis_crawler.browser import dress, find
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.items import Device

logger = logging.getLogger(__name__)

LAUNCH_SECONDS = 60.0
CLOSE_SECONDS = 10.0


class LaunchError(Exception):
    """The driver is dead, or the browser does not start any more."""


@dataclass(slots=True)
class _Seat:
    """A running browser and who sits in it."""

    browser: Browser
    visits: int = 0
    guests: set[int] = field(default_factory=set)
    retired: bool = False


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
        self._locks: dict[str, asyncio.Lock] = {}
        self._doors = AsyncExitStack()
        self._closed_door = ""
        self._guest = 0
        self._closing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def lend(self, device: Device) -> AsyncIterator[Browser]:
        """Lend the device's browser for one visit.

        Raises:
            LaunchError: it cannot be started.
        """
        async with self._locks.setdefault(device.name, asyncio.Lock()):
            seat = self._seats.get(device.name)
            if seat is None or not seat.browser.is_connected() or seat.visits >= self.retire_after:
                if seat is not None:
                    self._retire(seat)
                try:
                    seat = self._seats[device.name] = _Seat(await self._launch(device))
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
                self._close_soon(seat.browser)

    async def close(self) -> None:
        """End all browsers."""
        for seat in self._seats.values():
            await _close(seat.browser)
        self._seats.clear()
        if self._closing:
            await asyncio.wait(self._closing, timeout=CLOSE_SECONDS)
        await self._doors.aclose()

    async def _launch(self, device: Device) -> Browser:
        if not self._closed_door:
            door = await self._doors.enter_async_context(self.gateway.door(closed=True))
            self._closed_door = door.url
        options: dict[str, object] = {"executable_path": self.found.path} if self.found.path else {}
        browser = await asyncio.wait_for(
            self.kind.launch(
                headless=True,
                chromium_sandbox=self.found.sandbox,
                args=dress.flags(device, self.found.version),
                ignore_default_args=["--disable-popup-blocking"],
                proxy={"server": self._closed_door},
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                **options,  # type: ignore[arg-type]
            ),
            LAUNCH_SECONDS,
        )
        self.launched += 1
        logger.info("Started browser for %s: %s %s", device.name, self.found.engine, browser.version)
        return browser

    def _retire(self, seat: _Seat) -> None:
        seat.retired = True
        if not seat.guests:
            self._close_soon(seat.browser)

    def _close_soon(self, browser: Browser) -> None:
        task = asyncio.create_task(_close(browser))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


async def _close(browser: Browser) -> None:
    with suppress(PlaywrightError, TimeoutError):
        await asyncio.wait_for(browser.close(), CLOSE_SECONDS)
