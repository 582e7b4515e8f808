"""How a page is gone to: as somebody does who opens a link out of a message."""

import asyncio

from playwright.async_api import Page

from mantis_crawler.browser.driver import DRIVER_ERRORS
from mantis_crawler.browser.line import Session
from mantis_crawler.browser.order import Order


async def go(page: Page, session: Session | None, order: Order, seconds: float) -> None:
    """Load the order's URL; return as soon as its document begins.

    Chromium says of what a person typed that a person wanted it (``Sec-Fetch-User``), and says nothing of
    where links from outside lead; Safari never does. The driver only knows how to type.

    Raises:
        Exception: one of ``DRIVER_ERRORS``: it cannot be loaded, or not in time.
    """
    if session is None or order.device.engine != "webkit":
        await page.goto(order.url, wait_until="commit", timeout=seconds * 1000)
        return
    told = {"url": order.url, "transitionType": "link"}
    try:
        answer = await asyncio.wait_for(session.send("Page.navigate", told), seconds)
    except TimeoutError:
        raise DRIVER_ERRORS[0](f"Timeout {seconds * 1000:g}ms exceeded.") from None
    if fault := answer.get("errorText"):
        raise DRIVER_ERRORS[0](fault)
