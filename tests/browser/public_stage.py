"""A stage for visits through a driver's public interface alone: on Chromium, or on WebKit where it is."""

from pathlib import Path

import pytest

from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.places import webkit_file
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.webkit import REMEDY, PublicPool, PublicVisitor, WebkitDriver, find_webkit
from tests.browser.stage import Stage

needs_webkit = pytest.mark.skipif(
    webkit_file() is None, reason=f"Playwright's WebKit is not installed here; {REMEDY}"
)


class PublicStage(Stage):
    """The same pages, visited otherwise."""

    def __init__(self, folder: Path, *, engine: str, patience: Patience | None = None) -> None:
        super().__init__(folder, patience)
        self.engine = engine

    async def _open(self) -> None:
        gateway = await self._gateway()
        driver = await WebkitDriver.start()
        self._stack.push_async_callback(driver.close)
        on_webkit = self.engine == "webkit"
        found = find_webkit() if on_webkit else find_browser(None)
        pool = PublicPool(driver.kind if on_webkit else driver.driver.chromium, found, gateway)
        self._stack.push_async_callback(pool.close)
        self.visitor = PublicVisitor(pool, gateway, self.store, self.patience)
