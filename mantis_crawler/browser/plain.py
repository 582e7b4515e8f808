"""A load as anybody makes it with Playwright: what a visit is measured against. No crawl uses this."""

from contextlib import suppress

from mantis_crawler.browser.driver import DRIVER_ERRORS
from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.browser.pool import BrowserPool
from mantis_crawler.items import Country, Device

LOAD_SECONDS = 15.0


async def plain_load(pool: BrowserPool, gateway: Gateway, url: str, device: Device, country: Country) -> int:
    """Open a page, wait for its load event, take its screenshot, and return how many bytes that has."""
    async with gateway.door() as door, pool.lend(device, country) as browser:
        context = await browser.new_context(
            proxy={"server": door.url},
            viewport={"width": device.width, "height": device.height},
            device_scale_factor=device.scale,
            ignore_https_errors=True,
        )
        try:
            page = await context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            with suppress(*DRIVER_ERRORS):
                await page.goto(url, timeout=LOAD_SECONDS * 1000)
                return len(await page.screenshot(timeout=LOAD_SECONDS * 1000))
        finally:
            await context.close()
    return 0
