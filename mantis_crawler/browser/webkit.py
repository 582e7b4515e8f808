"""The iPhone's own engine, where Playwright's WebKit is installed: found, started, and visited with.

WebKit has no DevTools protocol. So neither this nor the other ``webkit_*`` modules ask for more than a
driver's public interface, and all of them run on Chromium as well: there they are tested.
"""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import BrowserType, Page, Playwright, async_playwright

from mantis_crawler.browser import dress, find
from mantis_crawler.browser.driver import FAULTS
from mantis_crawler.browser.evidence import Wishes
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.load import Load
from mantis_crawler.browser.order import Order, place_options
from mantis_crawler.browser.pictures import Eyes
from mantis_crawler.browser.places import webkit_file
from mantis_crawler.browser.pool import CLOSE_SECONDS, LAUNCH_SECONDS, BrowserPool, Lent, Seat
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import BrowserGoneError, Visitor
from mantis_crawler.browser.webkit_eyes import PublicEyes, register
from mantis_crawler.browser.webkit_recorder import PublicRecorder
from mantis_crawler.items import Country, Device, Visit
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

DRIVERS = 4
"""Drivers that a run may use up before it is closed."""
CHOICES = ("auto", "webkit", "chromium")
REMEDY = "install it with: .venv/bin/playwright install --with-deps webkit"
SANDBOXED = sys.platform == "darwin"
"""Whether WebKit locks its pages up: on Linux its sandbox is a choice of the program around it, and
Playwright's build does not say."""


class WebkitError(ValueError):
    """WebKit was asked for by name and is not to be had; the message says what to do."""


def choose(setting: str, *, unsafe: bool) -> find.Browser | None:
    """Return the WebKit that iPhones are visited on; `None`: Chromium in the iPhone's dress.

    Blocks for some seconds where WebKit is installed, as it is started to be sure.

    Args:
        setting: ``webkit``, ``chromium``, or ``auto``: WebKit where it starts.
        unsafe: Whether it may be chosen by itself without a sandbox.

    Raises:
        WebkitError: the setting is neither of these, or names WebKit where none starts.
    """
    wanted = setting.strip().lower() or "auto"
    if wanted not in CHOICES:
        raise WebkitError(f"MANTIS_IPHONE_ENGINE is {', '.join(CHOICES)}, not {setting!r}")
    if wanted == "chromium" or (wanted == "auto" and webkit_file() is None):
        return None
    if wanted == "auto" and not (SANDBOXED or unsafe):
        logger.warning(
            "iPhones are visited on Chromium: WebKit is installed, but has no sandbox here that we know of. "
            "MANTIS_IPHONE_ENGINE=webkit takes it by name"
        )
        return None
    try:
        return find_webkit()
    except WebkitError as error:
        if wanted == "webkit":
            raise
        logger.warning("iPhones are visited on Chromium: %s", error)
        return None


def find_webkit() -> find.Browser:
    """Return Playwright's WebKit, which was seen to start.

    Raises:
        WebkitError: it is not installed, or does not start.
    """
    path = webkit_file()
    if path is None:
        raise WebkitError(f"Playwright's WebKit is not installed; {REMEDY}")
    try:
        # in a thread of its own, as a loop may be running in this one
        with ThreadPoolExecutor(1) as thread:
            version = thread.submit(asyncio.run, _try()).result()
    except FAULTS as error:
        told = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise WebkitError(f"Playwright's WebKit does not start ({told}); {REMEDY}") from error
    return find.Browser(path=path, source="playwright", engine="webkit", version=version, sandbox=SANDBOXED)


async def _try() -> str:
    async with asyncio.timeout(LAUNCH_SECONDS), async_playwright() as driver:
        browser = await driver.webkit.launch()
        page = await browser.new_page()
        await page.set_content("<p>hello")
        version = browser.version
        await browser.close()
        return version


def context_options(device: Device, country: Country) -> dict[str, Any]:
    """Return the options of a visit's context: what a driver can tell an engine that is the phone's own."""
    return dress.context_options(device, country) | {
        "user_agent": device.user_agent,
        "locale": country.languages[0],
        "has_touch": device.touch_points > 0,
    }


class PublicPool(BrowserPool):
    """Lends browsers of any engine that are started with nothing but a proxy."""

    def __init__(
        self, kind: BrowserType, found: find.Browser, gateway: Gateway, *, retire_after: int = 150
    ) -> None:
        super().__init__(kind, found, gateway, retire_after=retire_after)
        self._folder = TemporaryDirectory(prefix="mantis-downloads-")

    @property
    def downloads(self) -> Path:
        """Where its browsers put what they download; each file is gone with its visit."""
        return Path(self._folder.name)

    async def close(self) -> None:
        """End all browsers, and what they downloaded."""
        await super().close()
        self._folder.cleanup()

    def _key(self, device: Device, victims: Country) -> tuple[str, ...]:  # noqa: ARG002 - a context has those
        return (device.name,)

    async def _launch(self, device: Device, victims: Country) -> Seat:  # noqa: ARG002 - a context has those
        browser = await asyncio.wait_for(
            self.kind.launch(
                headless=True,
                executable_path=None if self.found.engine == "webkit" else self.found.path,
                proxy=await self._proxy(),
                downloads_path=self.downloads,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            ),
            LAUNCH_SECONDS,
        )
        self.launched += 1
        logger.info("Started browser for %s: %s %s", device.name, self.found.engine, browser.version)
        return Seat(browser)


class PublicVisitor(Visitor):
    """Makes visits through a driver's public interface alone."""

    pool: PublicPool

    def __init__(
        self,
        pool: PublicPool,
        gateway: Gateway,
        store: CaptureStore,
        patience: Patience | None = None,
        wishes: Wishes | None = None,
    ) -> None:
        super().__init__(pool, gateway, store, patience, wishes)
        self.pool = pool

    def _recorder(self) -> Recorder:
        return PublicRecorder(self.store, self.pool.downloads)

    def _page(self, load: Load, browser: Lent) -> AbstractAsyncContextManager[tuple[Page, Eyes]]:
        return _page(load, browser, self.pool)


@asynccontextmanager
async def _page(load: Load, browser: Lent, pool: BrowserPool) -> AsyncIterator[tuple[Page, Eyes]]:
    """A page in a fresh context, as the device's own engine shows it, with the recorder listening."""
    order, recorder, door = load.order, load.recorder, load.door
    assert isinstance(recorder, PublicRecorder)
    options = context_options(order.device, order.country) | place_options(order)
    context = await browser.new_context(proxy={"server": door.url}, **options)
    try:
        await context.add_init_script(dress.webkit_script())
        page = await context.new_page()
        eyes = PublicEyes(page, recorder.chain)
        recorder.watch(page, lambda: door.bytes_in, eyes.remember)
        yield page, eyes
    finally:
        await pool.dispose(browser, context)


class WebkitHandler:
    """Makes the iPhone's visits on WebKit, with a driver of its own; another one where that dies.

    The driver that Chromium is driven with may be made for Chromium alone, or for another build of WebKit.
    """

    def __init__(
        self,
        found: find.Browser,
        gateway: Gateway,
        store: CaptureStore,
        patience: Patience,
        retire_after: int = 150,
        *,
        wishes: Wishes | None = None,
    ) -> None:
        self.found = found
        self.gateway = gateway
        self.store = store
        self.patience = patience
        self.retire_after = retire_after
        self.wishes = wishes
        self.visitor: PublicVisitor | None = None
        self._driver: Playwright | None = None
        self._started = 0
        self._lock = asyncio.Lock()

    async def visit(self, order: Order) -> Visit:
        """Make a visit.

        Raises:
            BrowserGoneError: no WebKit starts any more.
        """
        for _ in range(DRIVERS):
            visitor = await self._ready()
            try:
                return await visitor.visit(order)
            except BrowserGoneError as error:
                await self._drop(visitor, error)
        raise BrowserGoneError("WebKit does not start any more")

    async def close(self) -> None:
        """End browsers and driver."""
        async with self._lock:
            await self._end()

    async def _ready(self) -> PublicVisitor:
        async with self._lock:
            if self.visitor is None:
                if self._started >= DRIVERS:
                    raise BrowserGoneError(f"WebKit was started {DRIVERS} times and died")
                self._started += 1
                self.visitor = await self._start()
            return self.visitor

    async def _start(self) -> PublicVisitor:
        self._driver = await async_playwright().start()
        await register(self._driver.selectors)
        kind: BrowserType = getattr(self._driver, self.found.engine)
        pool = PublicPool(kind, self.found, self.gateway, retire_after=self.retire_after)
        return PublicVisitor(pool, self.gateway, self.store, self.patience, self.wishes)

    async def _drop(self, dead: PublicVisitor, error: BrowserGoneError) -> None:
        async with self._lock:
            if self.visitor is dead:
                logger.warning("WebKit's driver is gone (%s): starting another", error)
                await self._end()

    async def _end(self) -> None:
        visitor, self.visitor = self.visitor, None
        driver, self._driver = self._driver, None
        if visitor is not None:
            await visitor.pool.close()
        if driver is not None:
            with suppress(Exception):  # a dead driver raises a bare one
                await asyncio.wait_for(driver.stop(), CLOSE_SECONDS)
