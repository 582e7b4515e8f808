"""Visits that wear nothing: what a dress costs is measured against them. No crawl uses this."""

import asyncio
from dataclasses import dataclass
from typing import cast

from mantis_crawler.browser import dress
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

    def page_script(self) -> str:
        """Nothing."""
        return ""


class _NoTargets:
    """Stands where the line to a browser's targets would be."""

    alive = True

    def __init__(self, worn: Dress) -> None:
        self.dress = worn

    def dress_in(self, country: Country) -> Dress:
        return Undressed(device=self.dress.device, country=country, version=self.dress.version)

    async def wear(self, _context: str, _dress: Dress) -> None:
        return

    def watch(self, _context: str, _joined: object) -> None:
        return

    def forget(self, _context: str) -> None:
        return

    async def close(self) -> None:
        return


class BarePool(BrowserPool):
    """Starts browsers with the flags that keep a visit safe, and no others."""

    async def _launch(self, device: Device, victims: Country) -> Seat:
        if not self._closed_door:
            door = await self._doors.enter_async_context(self.gateway.door(closed=True))
            self._closed_door = door.url
        browser = await asyncio.wait_for(
            self.kind.launch(
                executable_path=self.found.path,
                headless=True,
                chromium_sandbox=self.found.sandbox,
                args=list(dress.FLAGS),
                proxy={"server": self._closed_door},
            ),
            LAUNCH_SECONDS,
        )
        self.launched += 1
        worn = Undressed(device=device, country=victims, version=browser.version)
        return Seat(browser, cast("Targets", _NoTargets(worn)))
