"""Visits that wear nothing: what a dress costs is measured against them. No crawl uses this."""

import asyncio
from dataclasses import dataclass
from typing import Any

from mantis_crawler.browser import dress, endpoint
from mantis_crawler.browser.dress import Call, Dress
from mantis_crawler.browser.pool import LAUNCH_SECONDS, BrowserPool, Seat
from mantis_crawler.browser.targets import Targets
from mantis_crawler.items import Country, Device


@dataclass(frozen=True, slots=True, kw_only=True)
class Undressed(Dress):
    """A device of which only the size is worn."""

    def page_calls(self) -> list[Call]:
        """Nothing."""
        return []

    def worker_calls(self) -> list[Call]:
        """Nothing."""
        return []

    def page_script(self) -> str:
        """Nothing."""
        return ""

    def patterns(self) -> list[dict[str, Any]]:
        """Nothing."""
        return []


class BarePool(BrowserPool):
    """Starts browsers with the flags that keep a visit safe, and no others; all is recorded as ever."""

    async def _launch(self, device: Device, victims: Country) -> Seat:
        signed = endpoint.sign()
        browser = await asyncio.wait_for(
            self.kind.launch(
                executable_path=self.found.path,
                headless=True,
                chromium_sandbox=self.found.sandbox,
                args=[*dress.FLAGS, *endpoint.listen_flags(signed)],
                proxy=await self._proxy(),
            ),
            LAUNCH_SECONDS,
        )
        self.launched += 1
        worn = Undressed(device=device, country=victims, version=browser.version, native=True)
        return Seat(browser, await Targets.open(await endpoint.endpoint(signed), worn))
