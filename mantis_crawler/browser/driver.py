"""Which driver speaks to the browsers: patchright where it is installed, else stock Playwright.

Playwright switches `Runtime.enable` on in every page, and a page can tell by its console. Patchright is
Playwright without that: the same interface, other classes, its errors among them.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any, cast

from playwright.async_api import BrowserType
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from scrapy_playwright.handler import Config
from scrapy_playwright.provider import PlaywrightBrowserProvider

PATCHED = "patchright"
STOCK = "playwright"
_ALONE = asyncio.Lock()
"""One start at a time: what the driver reads first stands in the environment meanwhile."""


def installed() -> tuple[str, ...]:
    """Return the drivers that are installed, the one to be preferred first."""
    return (PATCHED, STOCK) if find_spec(PATCHED) else (STOCK,)


def _errors() -> tuple[type[Exception], ...]:
    modules = (import_module(f"{name}.async_api") for name in installed())
    return tuple(cast("type[Exception]", module.Error) for module in modules)


DRIVER_ERRORS: tuple[type[Exception], ...] = _errors()
"""What a driver raises, whichever it is; its own time limits are among them."""
FAULTS: tuple[type[Exception], ...] = (*DRIVER_ERRORS, OSError)
"""The same, our own time limits, and a line that is lost."""


class DriverProvider(PlaywrightBrowserProvider):  # type: ignore[misc]
    """The preferred driver, for ``PLAYWRIGHT_BROWSER_PROVIDER``.

    ``scrapy_playwright.provider.PlaywrightBrowserProvider``, named there, is stock Playwright.
    """

    async def start(self) -> None:
        """Start the driver."""
        module = import_module(f"{installed()[0]}.async_api")
        self.playwright_context_manager = module.async_playwright()
        async with _ALONE:
            with _taught():
                self.playwright = await self.playwright_context_manager.start()
        self.browser_type = getattr(self.playwright, self.config.browser_type_name)


@contextmanager
def _taught() -> Iterator[None]:
    """Have the driver's Node read our lines first: the driver itself has no option for it."""
    before = os.environ.get("NODE_OPTIONS")
    with as_file(files("mantis_crawler.browser") / "driver.cjs") as lines:
        os.environ["NODE_OPTIONS"] = f'{before or ""} --require "{lines}"'.strip()
        try:
            yield
        finally:
            if before is None:
                del os.environ["NODE_OPTIONS"]
            else:
                os.environ["NODE_OPTIONS"] = before


@asynccontextmanager
async def started(settings: BaseSettings) -> AsyncIterator[BrowserType]:
    """Start the driver that a crawl with these settings would use, and end it."""
    provider: Any = load_object(settings.get("PLAYWRIGHT_BROWSER_PROVIDER") or DriverProvider)(
        Config.from_settings(settings)
    )
    await provider.start()
    try:
        yield cast("BrowserType", provider.browser_type)
    finally:
        await provider.close()


def name_of(kind: object) -> str:
    """Return which driver an object is of."""
    return type(kind).__module__.partition(".")[0]
