"""What a page left in the browser: cookies, storage, names of databases and caches, its workers."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Session, ask
from mantis_crawler.items import CaptureKind

ITEMS = 200
"""Cookies, and items of each storage, that are kept."""
VALUE = 4096
"""Characters of a value that are kept."""
SECONDS = 1.5

LOOK = f"""
(async () => {{
  const cut = (value) => String(value).slice(0, {VALUE});
  const attempt = async (read) => {{ try {{ return await read(); }} catch {{ return []; }} }};
  const items = (kept) => attempt(() =>
    Array.from({{ length: Math.min(kept().length, {ITEMS} + 1) }}, (_, at) => kept().key(at))
      .map((key) => [cut(key), cut(kept().getItem(key))]));
  const names = (read) => attempt(async () => (await read()).slice(0, {ITEMS} + 1).map(cut));
  const soon = (work) => Promise.race([work, new Promise((done) => setTimeout(done, 500, []))]);
  return {{
    local: await items(() => localStorage),
    session: await items(() => sessionStorage),
    databases: await soon(names(async () => (await indexedDB.databases()).map((one) => one.name))),
    caches: await soon(names(() => caches.keys())),
  }};
}})()
"""


async def keep_storage(
    session: Session,
    keeper: Keeper,
    *,
    world: int,
    cookies: bool,
    frames: Iterable[tuple[str, str, Session]] = (),
) -> None:
    """Keep what the page left in the browser.

    Args:
        session: Of the page.
        keeper: Takes it.
        world: The isolated world of the top frame in which it is read.
        cookies: Whether there can be any.
        frames: Id, URL and session of a frame of each origin in the page.
    """
    crumbs, kept, *inner = await asyncio.gather(
        _cookies(session, cookies=cookies), _kept(session, world), *(_of_frame(*one) for one in frames)
    )
    inside = [one for one in inner if any(one[name] for name in one if name != "url")]
    if not crumbs and not any(kept.values()) and not inside:
        return
    parts = [kept, *inside]
    cut = any(len(found) > ITEMS for found in (crumbs, *(part[name] for part in parts for name in part)))
    if cut:
        keeper.note(f"storage cut at {ITEMS} items each")
    content = {"cookies": crumbs[:ITEMS], **_shortened(kept), "frames": [_shortened(one) for one in inside]}
    text = json.dumps(content, ensure_ascii=True, indent=1)
    await keeper.keep(CaptureKind.STORAGE, text.encode(), cut=cut)


def _shortened(part: dict[str, Any]) -> dict[str, Any]:
    return {name: found if name == "url" else found[:ITEMS] for name, found in part.items()}


async def _of_frame(frame: str, url: str, session: Session) -> dict[str, Any]:
    options = {"frameId": frame, "worldName": "mantis"}
    made = await ask(session, "Page.createIsolatedWorld", SECONDS, **options) or {}
    world = made.get("executionContextId")
    return {"url": url, **(await _kept(session, world) if world else {})}


async def _cookies(session: Session, *, cookies: bool) -> list[dict[str, Any]]:
    if not cookies:
        return []
    # of the visit's whole context: frames of other sites set theirs, and so do hops that were left
    answer = await ask(session, "Network.getAllCookies", SECONDS) or {}
    wanted = ("name", "value", "domain", "path", "expires", "httpOnly", "secure", "sameSite")
    return [
        {
            key: value[:VALUE] if isinstance(value, str) else value
            for key in wanted
            if (value := found.get(key)) is not None
        }
        for found in answer.get("cookies", ())[: ITEMS + 1]
    ]


async def _kept(session: Session, world: int) -> dict[str, list[Any]]:
    options = {"expression": LOOK, "contextId": world, "returnByValue": True, "awaitPromise": True}
    answer = await ask(session, "Runtime.evaluate", SECONDS, **options)
    try:
        found = (answer or {})["result"]["value"]
        return {name: list(found[name]) for name in ("local", "session", "databases", "caches")}
    except (LookupError, TypeError):
        return {}
