"""What a run goes out with: devices, browsers, exits."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from scrapy.settings import BaseSettings

from mantis_crawler import devices
from mantis_crawler.browser.dial import check_all
from mantis_crawler.browser.exits import Exit, read_exits, through
from mantis_crawler.browser.find import Browser, find_browser, fuller
from mantis_crawler.browser.webkit import choose
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.addresses import parse
from mantis_crawler.items import Country, Device, country
from mantis_crawler.items.device import validate
from mantis_crawler.spiders.arguments import PlanError
from mantis_crawler.spiders.depth import Look

logger = logging.getLogger(__name__)

RESOLVERS, SECOND_RESOLVERS = "MANTIS_RESOLVERS", "MANTIS_SECOND_RESOLVERS"
"""The settings that name name servers."""


def same_exits(countries: list[str], text: str | None) -> tuple[Exit, ...]:
    """Return the exits of a run that is resumed, in its order: who may use them was not kept."""
    exits = {one.country: one for one in read_exits(text)} if text else {}
    if sorted(exits) == sorted(countries):
        return tuple(exits[code] for code in countries)
    again = "give the same again with -a exits=..." if countries else "leave out exits"
    raise PlanError(f"the run went out {through(tuple(countries))}, and goes on so: {again}")


def check_exits(exits: tuple[Exit, ...], settings: BaseSettings, *, on_lab: bool) -> None:
    """Ask the exits whether they work.

    Raises:
        ExitError: one does not.
        PlanError: one is not on this machine, and the lab is.
    """
    if not exits:
        return
    if on_lab and (far := [str(one) for one in exits if not one.on_loopback]):
        raise PlanError(f"nothing leaves this machine for the lab: {', '.join(far)} is not on loopback")
    target = None if on_lab else exit_check(settings)
    # in a thread of its own, as a loop may be running in this one
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, check_all(exits, target)).result()


def exit_check(settings: BaseSettings) -> tuple[str, int] | None:
    """Return what exits are asked for to prove themselves; `None`: themselves.

    Raises:
        PlanError: the setting is neither empty nor an address and port.
    """
    text = settings.get("MANTIS_EXIT_CHECK") or ""
    if not text:
        return None
    address, _, port = text.rpartition(":")
    try:
        return str(ip_address(address.strip("[]"))), int(port)
    except ValueError:
        raise PlanError(f"MANTIS_EXIT_CHECK is address:port, such as 192.0.2.1:443, not {text!r}") from None


def without_secrets(arguments: Mapping[str, str], exits: tuple[Exit, ...]) -> Mapping[str, str]:
    """Return the arguments as they may be kept: exits without their passwords."""
    return {**arguments, "exits": ",".join(map(str, exits))} if exits else arguments


def browser_for(settings: BaseSettings, *, on_lab: bool) -> Browser:
    """Return the browser of the visits.

    Raises:
        BrowserNotFoundError: there is none.
        PlanError: it has no sandbox, and the real internet is to be visited.
    """
    browser = find_browser(settings.get("MANTIS_BROWSER") or None)
    if not on_lab and not browser.sandbox and not settings.getbool("MANTIS_ALLOW_NO_SANDBOX"):
        raise PlanError(
            "The browser's sandbox is off here (scrapy doctor says why), and hostile pages of the real "
            "internet are not opened without it. Run as another user than root, or take the risk by name: "
            "-s MANTIS_ALLOW_NO_SANDBOX=True"
        )
    return browser


def look_of(word: str) -> Look:
    """Return how deep a run looks.

    Raises:
        PlanError: the word is none of ours.
    """
    try:
        return Look(word.strip().lower())
    except ValueError:
        raise PlanError(f"depth is {', '.join(Look)}, not {word!r}") from None


def deep_browser(look: Look, browser: Browser) -> Browser | None:
    """Return what visits in depth are made on; `None` where there are none."""
    if look is Look.DEFAULT:
        return None
    if (full := fuller(browser)).shell:
        logger.warning("Visits in depth are made on the headless shell: no full browser starts here")
    return full


def webkit_for(settings: BaseSettings, visitors: Iterable[Device], *, on_lab: bool) -> Browser | None:
    """Return what iPhones are visited on; `None`: the browser, in an iPhone's dress."""
    setting = settings.get("MANTIS_IPHONE_ENGINE") or "auto"
    unsafe = on_lab or settings.getbool("MANTIS_ALLOW_NO_SANDBOX")
    wanted = any(device.engine == "webkit" for device in visitors)
    return choose(setting if wanted else "chromium", unsafe=unsafe)


def country_of(code: str) -> Country:
    """Return the country of a code.

    Raises:
        PlanError: we do not know it.
    """
    try:
        return country(code)
    except ValueError as error:
        raise PlanError(str(error)) from error


def devices_of(names: str) -> tuple[Device, ...]:
    """Return the devices that are named, separated by commas.

    Raises:
        PlanError: one is unknown or not whole.
    """
    try:
        shelf = discover(devices, Device)
    except ValueError as error:
        raise PlanError(str(error)) from error
    wanted = list(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    unknown = [name for name in wanted if name not in shelf]
    if unknown or not wanted:
        raise PlanError(f"no device {', '.join(unknown) or 'given'}: known are {', '.join(shelf)}")
    try:
        for name in wanted:
            validate(shelf[name])
    except ValueError as error:
        raise PlanError(str(error)) from error
    return tuple(shelf[name] for name in wanted)


def name_servers(settings: BaseSettings, setting: str) -> list[tuple[str, int]]:
    """Return the name servers of a setting, written as ``address[:port]``, separated by commas.

    Raises:
        PlanError: one is something else.
    """
    servers = []
    for part in filter(None, (word.strip() for word in (settings.get(setting) or "").split(","))):
        address, _, port = part.rpartition(":") if part.count(":") == 1 else (part, "", "53")
        found = parse(address)
        if found is None or not port.isdecimal() or not 0 < int(port) < 65_536:
            raise PlanError(f"{setting} names {part[:80]!r}: write address or address:port")
        servers.append((str(found), int(port)))
    return servers
