"""Which features a driver turns off: Chromium heeds the last such switch only, so ours has to hold both."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import WeakKeyDictionary

from playwright.async_api import BrowserType

from mantis_crawler.browser.driver import FAULTS

logger = logging.getLogger(__name__)

SWITCH = "--disable-features="
OFF = ("WebRtcHideLocalIpsWithMdns",)
"""Without it, a page with a made-up ``.local`` address makes the browser ask all machines of our network."""
PROBE_SECONDS = 20.0
_PROBE = '#!/bin/sh\nprintf \'%s\\n\' "$@" > "${0%/*}/arguments"\n'


_ASKED: WeakKeyDictionary[BrowserType, asyncio.Task[str]] = WeakKeyDictionary()


async def driver_switch(kind: BrowserType) -> str:
    """Return the driver's own switch as it would start a browser with; empty if it does not tell.

    It is asked once, however many pools there are and whatever starts side by side.
    """
    if kind not in _ASKED:
        _ASKED[kind] = asyncio.create_task(_ask(kind))
    return await asyncio.shield(_ASKED[kind])


async def _ask(kind: BrowserType) -> str:
    """Give the driver a program for a browser that writes its arguments down: whatever its list."""
    with TemporaryDirectory(prefix="mantis-switches-") as folder:
        with suppress(*FAULTS, TimeoutError):
            launch = kind.launch(executable_path=_probe(folder), headless=True)
            await (await asyncio.wait_for(launch, PROBE_SECONDS)).close()
        arguments = _told(folder)
    if not arguments:
        logger.warning("The driver does not tell which features it turns off; multicast DNS may be asked")
    return next((word for word in reversed(arguments) if word.startswith(SWITCH)), "")


def _probe(folder: str) -> Path:
    probe = Path(folder, "probe")
    probe.write_text(_PROBE, "ascii")
    probe.chmod(0o700)
    return probe


def _told(folder: str) -> list[str]:
    try:
        return Path(folder, "arguments").read_text("utf-8").splitlines()
    except OSError:
        return []


def merged(switch: str) -> str:
    """Return one switch that turns off what the driver does, and what we do."""
    theirs = switch.removeprefix(SWITCH).split(",")
    return SWITCH + ",".join(dict.fromkeys(name for name in (*theirs, *OFF) if name))
