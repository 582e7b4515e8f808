"""Visits in depth: a browser of its own for each, with a profile that was never used and is thrown away.

It costs a start of the browser (docs/phones.md has the price), and shows what only a profile shows:
windows that are not private, a favicon that is asked for, PDFs that are downloaded.
"""

import asyncio
import fcntl
import json
import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import sleep, time
from typing import IO, Any

import psutil
from playwright.async_api import BrowserContext, BrowserType, Page

from mantis_crawler.browser import dress, endpoint, find, watch
from mantis_crawler.browser.agent import languages
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.pool import CLOSE_SECONDS, LAUNCH_SECONDS, BrowserPool, LaunchError, watched
from mantis_crawler.browser.targets import Targets
from mantis_crawler.items import Country, Depth, Device, country

logger = logging.getLogger(__name__)

PREFIX = "mantis-profile-"
RAW = "mantis-raw-profile-"
"""While it is made, and nobody holds its lock yet."""
LOCK = "crawler"
"""A file in a profile that its crawler holds locked; the kernel lets go of it however a crawler ends."""
STALE_SECONDS = 3600.0
"""Raw profiles that are older were left by a crawler that was killed: making one takes no second."""
ON_SHELL = "in depth, but on the headless shell: no full browser starts here"
AT_ONCE = 4
"""Browsers that live at the same time."""


class _Alone:
    """Stands for a browser that has one context and is gone with it."""

    def __init__(
        self, version: str, context: BrowserContext, targets: Targets, process: psutil.Process | None
    ) -> None:
        self.version = version
        self.context = context
        self.targets = targets
        self.process = process

    async def new_context(self, **_options: Any) -> BrowserContext:
        """Return the one context: it was opened with these options."""
        return self.context


class DeepPool(BrowserPool):
    """Starts a browser for each visit and lends it once."""

    depth = Depth.DEEP

    def __init__(self, kind: BrowserType, found: find.Browser, gateway: Gateway) -> None:
        super().__init__(kind, found, gateway, retire_after=1)
        if found.shell:
            self.remarks = (ON_SHELL,)
        sweep()
        self._lent: set[_Alone] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    def pages(self) -> list[Page]:
        """Return what is open."""
        return [page for alone in self._lent for page in alone.context.pages]

    def targets(self, browser: object) -> Targets:
        """Return the line to a browser that is lent.

        Raises:
            LookupError: the browser is not of this pool.
        """
        if isinstance(browser, _Alone):
            return browser.targets
        raise LookupError("no line to this browser")

    def process(self, browser: object) -> psutil.Process | None:
        """Return the process of a browser that is lent, where it is known."""
        return browser.process if isinstance(browser, _Alone) else None

    async def renew(self, browser: object) -> bool:
        """Start a browser's painting anew, as it gives no picture; return whether another try makes sense."""
        process = self.process(browser)
        return process is not None and await asyncio.to_thread(watch.renew_painter, process)

    async def alive(self, device: Device, victims: Country) -> bool:  # noqa: ARG002 - each has its own
        """Return that the next visit's browser is not this one."""
        return True

    @asynccontextmanager
    async def lend(
        self,
        device: Device,
        victims: Country | None = None,
        options: Mapping[str, Any] | None = None,
        *,
        alone: bool = True,  # noqa: ARG002 - each visit is
    ) -> AsyncIterator[_Alone]:
        """Lend a new browser with a new profile.

        Args:
            device: Whose browser it is.
            victims: Whose languages it speaks.
            options: What its one context is opened with, the proxy among them.
            alone: Each visit is alone in its browser, whether it asks for it or not.

        Raises:
            LaunchError: it cannot be started.
        """
        victims, signed = victims or country("us"), endpoint.sign()
        async with self._places:
            folder, lock = await asyncio.to_thread(_made, device, victims)
            try:
                try:
                    single = await self._start(folder, device, victims, options or {}, signed)
                except Exception as error:
                    raise LaunchError(str(error)) from error
                self._lent.add(single)
                try:
                    yield single
                finally:
                    self._lent.discard(single)
                    await _close(single)
            finally:
                await asyncio.shield(asyncio.to_thread(_thrown_away, folder, signed))
                lock.close()

    async def _start(
        self, folder: Path, device: Device, victims: Country, options: Mapping[str, Any], signed: str
    ) -> _Alone:
        started = {"proxy": await self._proxy(), **options}
        started |= await self.launch_options(device, victims, signed)
        context = await asyncio.wait_for(
            self.kind.launch_persistent_context(folder, **started), LAUNCH_SECONDS
        )
        version = context.browser.version if context.browser else self.found.version
        shell = self.found.shell
        worn = dress.Dress(device=device, country=victims, version=version, native=True, shell=shell)
        try:
            targets = await Targets.open(await endpoint.endpoint(signed), worn)
        except OSError:
            await context.close()
            raise
        self.launched += 1
        process = await watched(signed)
        logger.info("Started browser for %s, in depth: %s %s", device.name, self.found.engine, version)
        return _Alone(version, context, targets, process)


def sweep() -> None:
    """Throw away the profiles of crawlers that were killed."""
    home = Path(tempfile.gettempdir())
    for folder in (*home.glob(f"{PREFIX}*"), *home.glob(f"{RAW}*")):
        with suppress(OSError):
            if folder.stat().st_uid == os.getuid() and _left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _left(folder: Path) -> bool:
    """Return whether no living crawler holds a profile."""
    if folder.name.startswith(RAW):
        return time() - folder.stat().st_mtime > STALE_SECONDS
    with (folder / LOCK).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


async def _close(alone: _Alone) -> None:
    with suppress(Exception):  # a dead driver raises a bare one
        await asyncio.wait_for(alone.context.close(), CLOSE_SECONDS)
    await alone.targets.close()


def _made(device: Device, victims: Country) -> tuple[Path, IO[bytes]]:
    """Return a new profile whose owner has chosen languages, and what becomes of a PDF; and its lock."""
    raw = Path(tempfile.mkdtemp(prefix=RAW))
    chosen = {
        "intl": {"accept_languages": ",".join(languages(device, victims))},
        "plugins": {"always_open_pdf_externally": not device.pdf},
    }
    (raw / "Default").mkdir()
    (raw / "Default" / "Preferences").write_text(json.dumps(chosen), encoding="ascii")
    lock = (raw / LOCK).open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return raw.rename(raw.with_name(raw.name.replace(RAW, PREFIX, 1))), lock


def _thrown_away(folder: Path, signed: str) -> None:
    """End what still runs, and remove the profile; processes that end write to it to the last."""
    endpoint.end(signed)
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        sleep(0.1)
    logger.warning("A profile could not be removed: %s", folder)
