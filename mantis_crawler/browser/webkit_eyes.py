"""How a page is looked at where there is no DevTools session: by a driver's public calls alone."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, Selectors
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.browser.driver import DRIVER_ERRORS, FAULTS
from mantis_crawler.browser.line import Session
from mantis_crawler.browser.pictures import FULL_HEIGHT, PICTURE_SECONDS, READ, READ_SECONDS, Seen, seen_of
from mantis_crawler.browser.webkit_chain import RequestChain

SELECTOR = "mantis"
DRAWN = "img,svg,canvas,video,iframe,frame,object,embed,input,button,textarea,select"
"""Elements that show something without text."""
SCRIPT = f"""({{
  queryAll(root) {{
    const told = document.createElement('p');
    told.textContent = JSON.stringify({READ.strip().removesuffix(";")});
    return [told];
  }},
  query(root) {{ return this.queryAll(root)[0]; }},
}})"""
"""A selector whose one element is of no page: its text is what was read.

Playwright evaluates scripts among the page's own, where a page can lie; selectors it runs, if asked to, in
a world of their own with the same document, in every engine.
"""


async def register(selectors: Selectors) -> None:
    """Make the selector known to a driver, once, before its first page."""
    with suppress(*DRIVER_ERRORS):  # it is known already
        await selectors.register(SELECTOR, script=SCRIPT, content_script=True)


@dataclass(slots=True)
class PublicEyes:
    """Look through a driver's public calls."""

    page: Page
    chain: RequestChain
    """Of the page: it has the documents as they came."""
    shut: bool = False
    """Whether the page itself is looked at no more."""
    seen: Seen | None = None
    shot: bytes | None = None
    """What a page that was closed had shown."""

    @property
    def session(self) -> Session | None:
        """None: no engine but Chromium has one."""
        return None

    async def remember(self) -> None:
        """Look now, as the page is about to be closed."""
        self.seen, self.shot = await self.read(), await self.viewport()

    async def read(self) -> Seen | None:
        """Read in a world of our own, where the page's scripts change nothing."""
        if self.page.is_closed() and self.seen is not None:
            return self.seen
        if self.shut:
            return as_sent(self.chain.source) if self.chain.source is not None else None
        limit = READ_SECONDS * 1000
        look = self.page.main_frame.locator(f"{SELECTOR}=seen").text_content(timeout=limit)
        try:
            told: str | None = await asyncio.wait_for(look, READ_SECONDS)
        except FAULTS:
            self.shut = True  # what cannot be read gives no picture either, and takes its time over it
            return None
        value: dict[str, Any] = json.loads(told or "{}")
        return seen_of(value) if value else None

    async def viewport(self) -> bytes | None:
        """Take Playwright's picture."""
        if self.shut or self.page.is_closed():
            return self.shot
        try:
            return await asyncio.wait_for(
                self.page.screenshot(
                    animations="disabled", caret="hide", scale="css", timeout=PICTURE_SECONDS * 1000
                ),
                PICTURE_SECONDS + 1,
            )
        except FAULTS:
            return None

    async def full_page(self, width: int, height: int, scale: float) -> bytes | None:  # noqa: ARG002 - of `Eyes`
        """Take Playwright's picture of the whole, one pixel a CSS pixel."""
        shot = self.page.screenshot(
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": min(height, FULL_HEIGHT)},
            animations="disabled",
            caret="hide",
            scale="css",
            timeout=PICTURE_SECONDS * 1000,
        )
        try:
            return await asyncio.wait_for(shot, PICTURE_SECONDS + 1)
        except FAULTS:
            return None

    async def free(self) -> str:
        """Look at what the server sent: no public call stops a script that spins."""
        self.shut = True
        return "the page did not let itself be looked at: what is kept is as the server sent it"


def as_sent(source: str) -> Seen:
    """Return a document as it came, before any script changed it."""
    tree = LexborHTMLParser(source)
    title = tree.css_first("title")
    drawn = len(tree.css(DRAWN))
    html = tree.html or ""
    tree.strip_tags(["script", "style", "template", "noscript", "title"])
    text = tree.body.text(separator="\n", strip=True) if tree.body else ""
    return Seen(
        title=title.text(strip=True)[:1000] if title else "", html=html, text=text, height=0, drawn=drawn
    )
