"""A stage for visits through a driver's public interface alone: on Chromium, or on WebKit where it is."""

from pathlib import Path

import pytest

from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.places import webkit_file
from mantis_crawler.browser.settle import Patience
from mantis_crawler.browser.webkit import REMEDY, WebkitHandler, find_webkit
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
        found = find_webkit() if self.engine == "webkit" else find_browser(None)
        self.handler = WebkitHandler(found, gateway, self.store, self.patience)
        self._stack.push_async_callback(self.handler.close)
        self.visitor = self.handler  # type: ignore[assignment]
