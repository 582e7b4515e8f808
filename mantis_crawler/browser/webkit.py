"""The iPhone's own engine, where Playwright's WebKit is installed: found, started, and visited with.

WebKit has no DevTools protocol. So neither this nor the other ``webkit_*`` modules ask for more than a
driver's public interface, and all of them run on Chromium as well: there they are tested.
"""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from playwright.async_api import Browser, BrowserType, Page, Playwright, async_playwright

from mantis_crawler.browser import dress, find
from mantis_crawler.browser.driver import FAULTS
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.pictures import Eyes
from mantis_crawler.browser.places import webkit_file
from mantis_crawler.browser.pool import LAUNCH_SECONDS, BrowserPool, Seat
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.visit import Load, Visitor, close_context, place_options
from mantis_crawler.browser.webkit_eyes import PublicEyes, register
from mantis_crawler.browser.webkit_recorder import PublicRecorder
from mantis_crawler.items import Country, Device
from mantis_crawler.store import CaptureStore

logger = logging.getLogger(__name__)

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
        self, pool: PublicPool, gateway: Gateway, store: CaptureStore, patience: Patience | None = None
    ) -> None:
        super().__init__(pool, gateway, store, patience)
        self.pool = pool

    def _recorder(self) -> Recorder:
        return PublicRecorder(self.store, self.pool.downloads)

    def _page(self, load: Load, browser: Browser) -> AbstractAsyncContextManager[tuple[Page, Eyes]]:
        return _page(load, browser)


@asynccontextmanager
async def _page(load: Load, browser: Browser) -> AsyncIterator[tuple[Page, Eyes]]:
    """A page in a fresh context, as the device's own engine shows it, with the recorder listening."""
    order, recorder, door = load.order, load.recorder, load.door
    assert isinstance(recorder, PublicRecorder)
    options = context_options(order.device, order.country) | place_options(order)
    context = await browser.new_context(proxy={"server": door.url}, **options)
    try:
        await context.add_init_script(dress.webkit_script())
        page = await context.new_page()
        recorder.watch(page, lambda: door.bytes_in)
        yield page, PublicEyes(page, recorder.chain)
    finally:
        await close_context(context)


class WebkitDriver:
    """A driver of its own: the one that Chromium is driven with may be made for Chromium alone."""

    def __init__(self, driver: Playwright) -> None:
        self.driver = driver

    @classmethod
    async def start(cls) -> Self:
        """Start it, ready for pages to be looked at."""
        driver = await async_playwright().start()
        await register(driver.selectors)
        return cls(driver)

    @property
    def kind(self) -> BrowserType:
        """What starts WebKit."""
        return self.driver.webkit

    async def close(self) -> None:
        """End it."""
        await self.driver.stop()
