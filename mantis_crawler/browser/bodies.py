"""Bodies of requests and answers, taken over from the browser once the page is looked at."""

import asyncio
import base64

from mantis_crawler.browser.exchange import Exchange, bytes_of, keep_post, rank
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import ask

BODY = 1024 * 1024
"""Bytes of an answer's body that are kept: a longer one is left out whole."""
BODIES = 8 * 1024 * 1024
"""Of all bodies of a visit together."""
SMALL = 64 * 1024
"""Bytes of a picture, font or film that are kept: the screenshot shows them."""
POSTS = 8
"""Bodies of requests that are asked for at the same time."""
SECONDS = 1.0
AT_ONCE = 6
PICTURES = frozenset({"Image", "Font", "Media"})


class Bodies:
    """Asks for bodies, up to the caps."""

    def __init__(self, keeper: Keeper, exchanges: list[Exchange]) -> None:
        self.keeper = keeper
        self.exchanges = exchanges
        self._tasks: set[asyncio.Task[None]] = set()

    async def fetch(self, seconds: float) -> None:
        """Take all that is not here yet: documents first, pictures last."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=SECONDS)
        wanted = sorted((one for one in self.exchanges if self._wanted(one)), key=rank)
        total = sum(len(one.body or b"") for one in self.exchanges)
        try:
            async with asyncio.timeout(seconds):
                for start in range(0, len(wanted), AT_ONCE):
                    batch = [one for one in wanted[start : start + AT_ONCE] if total + one.size <= BODIES]
                    await asyncio.gather(*map(self._fetch, batch))
                    total += sum(len(one.body or b"") for one in batch)
        except TimeoutError:
            self.keeper.note("not all bodies could be had in time")
        for one in wanted:
            if one.body is None and not one.missing:
                one.missing = "beyond the caps of the visit"

    def ask_post(self, one: Exchange) -> None:
        """Ask for a body that the event left out, once its size is known: one of gigabytes would be sent."""
        size = next((value for name, value in one.sent.items() if name.lower() == "content-length"), "")
        if one.posted != -1 or not size.isdecimal():
            return
        one.posted = int(size)
        if one.posted > BODY:
            one.unposted = f"{one.posted} bytes are more than is asked for"
            return
        if len(self._tasks) >= POSTS:
            one.unposted = "too many were asked for at the same time"
            return
        task = asyncio.ensure_future(self._fetch_post(one))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _wanted(self, one: Exchange) -> bool:
        # a page that leads on at once may be left before its end is told
        came = one.done or (one.kind == "Document" and one.status)
        if not came or one.redirect or one.kind == "WebSocket" or one.body is not None:
            return False
        limit = SMALL if one.kind in PICTURES else BODY
        if one.size > limit:
            one.missing = f"{one.size} bytes are more than is kept of a {one.kind.lower()}"
        return not one.missing

    async def _fetch(self, one: Exchange) -> None:
        if one.session is None:
            return
        answer = await ask(one.session, "Network.getResponseBody", SECONDS, requestId=one.request)
        if answer is None:
            one.missing = "the browser no longer had it"
            return
        raw = answer["body"]
        body = base64.b64decode(raw) if answer.get("base64Encoded") else raw.encode("utf-8", "replace")
        if len(body) > BODY:
            one.missing = f"{len(body)} bytes are more than is kept"
        else:
            one.body = body

    async def _fetch_post(self, one: Exchange) -> None:
        if one.session is None:
            return
        answer = await ask(one.session, "Network.getRequestPostData", SECONDS, requestId=one.request)
        if answer and (raw := answer.get("postData")):
            keep_post(
                one, base64.b64decode(raw) if answer.get("base64Encoded") else bytes_of(raw, one.posted)
            )
