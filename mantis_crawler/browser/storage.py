"""What a page left in the browser: cookies, storage, names of databases and caches, its workers."""

import asyncio
import json
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """All that is kept, ready for JSON."""

    cookies: list[dict[str, Any]]
    kept: dict[str, list[Any]]

    @property
    def empty(self) -> bool:
        """Whether the page left nothing."""
        return not self.cookies and not any(self.kept.values())


async def keep_storage(session: Session, keeper: Keeper, *, world: int, cookies: bool) -> None:
    """Keep what the page left in the browser.

    Args:
        session: Of the page.
        keeper: Takes it.
        world: The isolated world of the top frame in which it is read.
        cookies: Whether there can be any.
    """
    crumbs, kept = await asyncio.gather(_cookies(session, cookies=cookies), _kept(session, world))
    stored = Stored(cookies=crumbs, kept=kept)
    if stored.empty:
        return
    cut = any(len(found) > ITEMS for found in (stored.cookies, *stored.kept.values()))
    if cut:
        keeper.note(f"storage cut at {ITEMS} items each")
    content = {name: found[:ITEMS] for name, found in {"cookies": crumbs, **kept}.items()}
    text = json.dumps(content, ensure_ascii=True, indent=1)
    await keeper.keep(CaptureKind.STORAGE, text.encode(), cut=cut)


async def _cookies(session: Session, *, cookies: bool) -> list[dict[str, Any]]:
    if not cookies:
        return []
    answer = await ask(session, "Network.getCookies", SECONDS) or {}
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
