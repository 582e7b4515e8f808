"""What a person would see of a page: its pictures, its text, its DOM. Each call has its own limit."""

import asyncio
import base64
import json
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any, Protocol

from mantis_crawler.browser.line import GARBLED, Session, ask
from mantis_crawler.items import Device

FULL_HEIGHT = 6000
"""CSS pixels of a full-page picture; a page of 400,000 hangs the browser (measured)."""
DOM_LIMIT = 5_000_000
TEXT_LIMIT = 500_000
LINK_LIMIT = 400_000
"""Characters of the URL of an icon: some pages carry theirs in it."""
SLIGHT = 200
"""Characters of text: "checking your browser" and its kind are shorter, a lure is longer."""
READ_SECONDS = 4.0
PICTURE_SECONDS = 6.0
FREE_SECONDS = 1.5

LAYOUT_LIMITS = (10_000, 300, 3_000, 1_500, 250, 300_000)
"""What is asked of what a person sees at most: nodes; fields; links; elements up to which it is asked what
style sheets draw on each; milliseconds, twice; characters."""
_LAYOUT = resources.files(__package__ or "").joinpath("layout.js").read_text(encoding="utf-8").strip()
LAYOUT = f"(() => {{ try {{ return ({_LAYOUT})(...{list(LAYOUT_LIMITS)}); }} catch {{ return null; }} }})()"
READ = f"""
(() => {{
  const root = document.documentElement;
  const body = document.body;
  const html = root ? root.outerHTML : '';
  const text = body ? body.innerText : '';
  const link = (kind) => {{
    const found = document.querySelector(`link[rel~="${{kind}}" i][href]`);
    return found ? String(found.href).slice(0, {LINK_LIMIT}) : '';
  }};
  return {{
    title: String(document.title).slice(0, 1000),
    html: html.slice(0, {DOM_LIMIT}), htmlCut: html.length > {DOM_LIMIT},
    text: text.slice(0, {TEXT_LIMIT}), textCut: text.length > {TEXT_LIMIT},
    height: root ? Math.max(root.scrollHeight, body ? body.scrollHeight : 0) : 0,
    body: Boolean(body) || Boolean(root) && !(root instanceof HTMLElement),
    pressable: document.querySelectorAll('a[href],button,input,[role=button],[onclick]').length,
    cookies: Boolean(document.cookie),
    nodes: document.getElementsByTagName('*').length,
    icon: link('icon'), webManifest: link('manifest'), layout: {LAYOUT},
    drawn: document.querySelectorAll(
      'img,svg,canvas,video,iframe,frame,object,embed,input,button,textarea,select').length,
  }};
}})()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The top frame's document as it stood."""

    title: str
    html: str
    text: str
    height: int
    """CSS pixels."""
    drawn: int
    """Elements that show something without text: pictures, frames, fields."""
    painted: bool = True
    """Whether there can be a picture: a document that was left before its body came is never painted,
    and a browser that is asked for its picture waits for ever (a redirect in the head does that)."""
    nodes: int = 0
    """Elements of the document."""
    pressable: int = 0
    """What can be pressed of it."""
    cookies: bool = False
    """Whether its scripts see any."""
    world: int = 0
    """The isolated world that it was read in."""
    icon: str = ""
    web_manifest: str = ""
    layout: str = ""
    """What a person can see of it, as JSON; empty where that could not be told."""
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip() and not self.drawn

    @property
    def slight(self) -> bool:
        """Whether there is next to nothing to see, and nothing to press: the page may be still to come."""
        return len(self.text.strip()) < SLIGHT and not self.pressable


class Eyes(Protocol):
    """What looks at a page."""

    @property
    def session(self) -> Session | None:
        """The page's DevTools session, where the engine has such a thing."""

    async def read(self) -> Seen | None:
        """Return the document; `None` if the page does not let itself be read in time."""

    async def viewport(self) -> bytes | None:
        """Return a PNG of the viewport, one pixel a CSS pixel; `None` if there is none in time."""

    async def full_page(self, width: int, height: int, scale: float) -> bytes | None:
        """Return a PNG of the page down to `FULL_HEIGHT`; `None` if there is none in time."""

    async def free(self) -> str:
        """Stop the scripts of a page that spins, so that it can be looked at; return what was done."""


@dataclass(frozen=True, slots=True)
class SessionEyes:
    """Look through a DevTools session."""

    session: Session
    frame: str
    device: Device

    async def read(self) -> Seen | None:
        """Read in an isolated world."""
        return await read(self.session, self.frame)

    async def viewport(self) -> bytes | None:
        """Take DevTools' picture."""
        device = self.device
        return await viewport(self.session, device.width, device.height, device.scale)

    async def full_page(self, width: int, height: int, scale: float) -> bytes | None:
        """Take DevTools' picture."""
        return await full_page(self.session, width, height, scale)

    async def free(self) -> str:
        """End the running script, and let no other begin."""
        await free(self.session)
        return "scripts were stopped to look at the page"


async def read(session: Session, frame: str) -> Seen | None:
    """Return the document, read in an isolated world where the page's scripts change nothing.

    `None` if the page does not let itself be read in time.
    """
    try:
        return await asyncio.wait_for(_read(session, frame), READ_SECONDS)
    except GARBLED:
        return None


async def _read(session: Session, frame: str) -> Seen:
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "mantis"})
    answer = await session.send(
        "Runtime.evaluate",
        {"expression": READ, "contextId": world["executionContextId"], "returnByValue": True},
    )
    return replace(seen_of(answer["result"]["value"]), world=world["executionContextId"])


def seen_of(value: dict[str, Any]) -> Seen:
    """Return what `READ` gave as what was seen."""
    cuts = {
        "htmlCut": f"DOM cut at {DOM_LIMIT} characters",
        "textCut": f"text cut at {TEXT_LIMIT} characters",
    }
    return Seen(
        title=value["title"],
        html=value["html"],
        text=value["text"],
        height=int(value["height"]),
        drawn=int(value["drawn"]),
        painted=bool(value["body"]),
        nodes=int(value["nodes"]),
        pressable=int(value["pressable"]),
        cookies=bool(value["cookies"]),
        icon=value["icon"],
        web_manifest=value["webManifest"],
        layout=json.dumps(value["layout"], ensure_ascii=False) if value["layout"] else "",
        notes=tuple(note for key, note in cuts.items() if value[key]),
    )


async def viewport(session: Session, width: int, height: int, scale: float) -> bytes | None:
    """Return a PNG of the viewport, one pixel a CSS pixel; `None` if the page gives none in time.

    Args:
        session: The page's session.
        width: Of the viewport, in CSS pixels.
        height: Of the viewport, in CSS pixels.
        scale: Device pixels per CSS pixel, to be undone in the picture.
    """
    return await _picture(session, width, height, scale, beyond=False)


async def full_page(session: Session, width: int, height: int, scale: float) -> bytes | None:
    """Return a PNG of the page down to `FULL_HEIGHT`; `None` if the page gives none in time.

    Args:
        session: The page's session.
        width: Of the viewport, in CSS pixels.
        height: Of the page, in CSS pixels.
        scale: Device pixels per CSS pixel, to be undone in the picture.
    """
    return await _picture(session, width, min(height, FULL_HEIGHT), scale, beyond=True)


async def _picture(session: Session, width: int, height: int, scale: float, *, beyond: bool) -> bytes | None:
    """Take a picture, packed quickly instead of tightly: that is half of what a picture costs."""
    options: dict[str, Any] = {
        "format": "png",
        "optimizeForSpeed": True,
        "captureBeyondViewport": beyond,
        "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1 / scale},
    }
    answer = await ask(session, "Page.captureScreenshot", PICTURE_SECONDS, **options)
    return base64.b64decode(answer["data"]) if answer else None


async def free(session: Session) -> None:
    """Stop the scripts of a page that spins, so that it can be looked at."""
    calls: tuple[tuple[str, dict[str, Any]], ...] = (
        ("Emulation.setScriptExecutionDisabled", {"value": True}),
        ("Runtime.terminateExecution", {}),
        ("Page.stopLoading", {}),
    )
    await asyncio.gather(*(ask(session, method, FREE_SECONDS, **options) for method, options in calls))
