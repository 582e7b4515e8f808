"""A line of our own to a browser: every target is dressed before its first script runs.

Playwright reaches pages; a site asks in workers, popups and frames of other processes as well. So a
second DevTools client sits beside Playwright's. Each new target waits for both, and nothing of ours
waits for an answer of a target: calls are sent one after the other and the target is let go.
"""

import asyncio
import contextlib
import itertools
import json
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from mantis_crawler.browser.dress import Call, Dress
from mantis_crawler.browser.headers import LAST_WORDS, Headers, changed, dressed, kept
from mantis_crawler.browser.hints import NetworkHints
from mantis_crawler.browser.line import Event, Line
from mantis_crawler.items import Country

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 10.0
WEAR_SECONDS = 5.0
CLOSE_SECONDS = 2.0
MESSAGE_BYTES = 64 * 1024 * 1024
PLAYWRIGHT_SECONDS = 0.3
"""For Playwright to dress a popup: it runs as soon as the first of us lets it go, and we are the quicker."""
ATTACH = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
Joined = Callable[[Line], Iterable[Call]]
"""Is told of a new target before its first script, and returns what it is to be sent."""
Passed = Callable[[Event], None]
"""Is told of each request that the browser stops for us, whosever it is."""
WORKERS = frozenset({"worker", "shared_worker", "service_worker"})


class TargetsError(OSError):
    """The line to the browser is not there, or is lost."""


@dataclass(slots=True)
class _Target:
    kind: str
    context: str
    id: str = ""
    dressed: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    worn: Dress | None = None
    script: asyncio.Future[str] | None = None
    """DevTools' name of the script that runs in it."""


class Targets:
    """One browser's targets, each dressed as it comes; a context can be given a dress of its own."""

    def __init__(
        self, http: aiohttp.ClientSession, socket: aiohttp.ClientWebSocketResponse, dress: Dress
    ) -> None:
        self.dress = dress
        """Of contexts that were given none."""
        self._endpoint = ""
        self._http = http
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, Callable[[dict[str, Any]], None]] = {}
        self._targets: dict[str, _Target] = {}
        self._dresses: dict[str, Dress] = {}
        self._hints = NetworkHints()
        self._watchers: dict[str, Joined] = {}
        self._passers: dict[str, Passed] = {}
        self._lines: dict[str, Line] = {}
        self._came = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._reader: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, endpoint: str, dress: Dress) -> "Targets":
        """Return the line to the browser whose DevTools listen at *endpoint*, a ``ws://`` URL on loopback.

        Raises:
            TargetsError: there is no such browser.
        """
        http = aiohttp.ClientSession(trust_env=False)
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                socket = await http.ws_connect(endpoint, max_msg_size=MESSAGE_BYTES, autoclose=True)
                targets = cls(http, socket, dress)
                targets._endpoint = endpoint
                targets._reader = asyncio.create_task(targets._read())
                # of the whole browser: no target's request goes out before it, not even a new tab's first
                if asked := dress.patterns():
                    await targets.call("Fetch.enable", {"patterns": asked})
                await targets.call("Target.setAutoAttach", ATTACH)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            await http.close()
            raise TargetsError(f"no line to the browser's DevTools: {error!r}") from error
        return targets

    @property
    def port(self) -> int:
        """Where on loopback the browser's DevTools listen."""
        return urlsplit(self._endpoint).port or 0

    @property
    def alive(self) -> bool:
        """Whether new targets are still dressed."""
        return not self._socket.closed and self._reader is not None and not self._reader.done()

    def dress_in(self, country: Country) -> Dress:
        """Return the browser's dress as it is worn in a country."""
        native = self.dress.native and country.languages == self.dress.country.languages
        return replace(self.dress, country=country, native=native)

    async def wear(self, context: str, dress: Dress) -> None:
        """Dress a context's targets, those that are there and those that will come.

        Args:
            context: DevTools' id of the browser context.
            dress: What its targets wear from now on.

        Raises:
            TargetsError: the browser does not take it.
        """
        self._dresses[context] = dress
        try:
            async with asyncio.timeout(WEAR_SECONDS):
                while not (pages := self._pages(context)):
                    self._came.clear()
                    if not self.alive:
                        raise TargetsError("the line to the browser's DevTools is lost")
                    await self._came.wait()
                for session, target in pages:
                    await asyncio.shield(target.dressed)
                    if target.worn != dress:
                        await self._put_on(session, target, dress, shown=False)
                        await self.call("Runtime.runIfWaitingForDebugger", {}, session)
        except TimeoutError:
            raise TargetsError("the page did not take its dress in time") from None

    def watch(self, context: str, joined: Joined, passed: Passed | None = None) -> None:
        """Have somebody told of each target that joins a context from now on: tabs, frames, workers."""
        self._watchers[context] = joined
        if passed is not None:
            self._passers[context] = passed

    def forget(self, context: str) -> None:
        """Let go of a context that ends."""
        self._dresses.pop(context, None)
        self._hints.forget(context)
        self._watchers.pop(context, None)
        self._passers.pop(context, None)

    async def call(self, method: str, options: dict[str, Any], session: str = "") -> dict[str, Any]:
        """Send one call and return its answer.

        Raises:
            TargetsError: the line is lost, or the browser refuses.
        """
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

        def take(message: dict[str, Any]) -> None:
            if not answer.done():
                answer.set_result(message)

        await self._send(method, options, session, take)
        message = await answer
        if "error" in message:
            raise TargetsError(f"{method}: {message['error'].get('message', '')[:200]}")
        result: dict[str, Any] = message.get("result", {})
        return result

    async def close(self) -> None:
        """End the line; the browser lets go of targets that wait for us."""
        for task in (*self._tasks, *((self._reader,) if self._reader else ())):
            task.cancel()
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
            await asyncio.wait_for(self._socket.close(), CLOSE_SECONDS)
        await self._http.close()

    def _pages(self, context: str) -> list[tuple[str, _Target]]:
        return [
            (session, target)
            for session, target in self._targets.items()
            if target.context == context and target.kind == "page"
        ]

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    await self._take(json.loads(message.data))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            logger.warning("The line to a browser's DevTools broke: %r", error)
        finally:
            self._lost()

    def _lost(self) -> None:
        lost = {"error": {"message": "the line to the browser's DevTools is lost"}}
        for take in tuple(self._answers.values()):
            take(lost)
        self._answers.clear()
        self._came.set()

    async def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            take = self._answers.pop(message["id"], None)
            if take is not None:
                take(message)
            return
        match message.get("method"):
            case "Target.attachedToTarget":
                await self._attached(message["params"])
            case "Target.detachedFromTarget":
                self._targets.pop(message["params"]["sessionId"], None)
                if line := self._lines.pop(message["params"]["sessionId"], None):
                    line.gone = True
            case "Fetch.requestPaused":
                await self._paused(message["params"])
            case str(event) if line := self._lines.get(message.get("sessionId", "")):
                line.happened(event, message["params"])

    async def _attached(self, event: dict[str, Any]) -> None:
        session, info = event["sessionId"], event["targetInfo"]
        target = _Target(info["type"], info.get("browserContextId", ""), info["targetId"])
        self._targets[session] = target
        dress = self._dresses.get(target.context, self.dress)
        if target.kind in WORKERS:
            await self._calls(session, dress.worker_calls())
        # a page of ours is dressed by `wear`: its empty document needs nothing
        elif target.kind == "iframe" or (
            target.kind == "page" and (info.get("openerId") or target.context in self._dresses)
        ):
            await self._put_on(session, target, dress)
        await self._joined(session, info)
        if info["type"] == "page" and info.get("openerId"):
            await self._send("Target.setAutoAttach", ATTACH, session)
            self._later(PLAYWRIGHT_SECONDS, self._let_go(session, target))
        else:
            await self._let_go(session, target)
        self._came.set()

    async def _put_on(self, session: str, target: _Target, dress: Dress, *, shown: bool = True) -> None:
        """Dress a target; the document that is in it as well, unless no page is shown in it yet."""
        old, target.script = target.script, None
        target.worn = dress
        await self._calls(session, dress.page_calls())
        if old is not None:
            await self._send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": await old}, session)
        if source := dress.page_script():
            named = target.script = asyncio.get_running_loop().create_future()

            def take(message: dict[str, Any]) -> None:
                if not named.done():
                    named.set_result(message.get("result", {}).get("identifier", ""))

            await self._send("Page.enable", {}, session)
            run = {"source": source, "runImmediately": shown}
            await self._send("Page.addScriptToEvaluateOnNewDocument", run, session, take)

    async def _joined(self, session: str, info: dict[str, Any]) -> None:
        joined = self._watchers.get(info.get("browserContextId", ""))
        if joined is not None:
            line = Line(lambda method, options: self.call(method, options, session), info)
            self._lines[session] = line
            await self._calls(session, joined(line))

    async def _let_go(self, session: str, target: _Target) -> None:
        def take(_message: dict[str, Any]) -> None:
            if not target.dressed.done():
                target.dressed.set_result(None)

        await self._send("Target.setAutoAttach", ATTACH, session)
        await self._send("Runtime.runIfWaitingForDebugger", {}, session, take)

    def _later(self, seconds: float, work: Coroutine[Any, Any, None]) -> None:
        async def run() -> None:
            await asyncio.sleep(seconds)
            with contextlib.suppress(TargetsError):
                await work

        task = asyncio.create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())

    async def _paused(self, event: dict[str, Any]) -> None:
        for passed in tuple(self._passers.values()):
            passed(event)
        top = next((one for one in self._targets.values() if one.id == event.get("frameId")), None)
        told = {"requestId": event["requestId"]}  # type: dict[str, Any]
        if "responseStatusCode" in event:
            await self._send("Fetch.continueResponse", {**told, **self._answered(event, top)}, "")
            return
        if "responseErrorReason" not in event and (headers := self._asked(event, top)) is not None:
            told["headers"] = [{"name": name, "value": value} for name, value in headers.items()]
        await self._send("Fetch.continueRequest", told, "")

    def _asked(self, event: dict[str, Any], top: _Target | None) -> Headers | None:
        """Return a request's headers as they are to be; `None`: as they are."""
        if event.get("resourceType") in LAST_WORDS:
            return None
        request, worn = event["request"], self.dress
        url, sent = request["url"], request["headers"]
        bare = dressed(worn.device, worn.version, sent)
        right = changed(worn.device, bare or sent, event.get("resourceType", ""), url) or bare
        if top is None:
            return right
        return self._hints.added(top.context, url, worn.device, right or sent) or right

    def _answered(self, event: dict[str, Any], top: _Target | None) -> dict[str, Any]:
        """Take note of a document's response; return what of it is to be otherwise."""
        headers = event.get("responseHeaders", [])
        device = self.dress.device
        left = kept(device, headers)
        if top is not None and device.client_hints:
            self._hints.learn(top.context, event["request"]["url"], headers)
        if left is None:
            return {}
        code, words = event["responseStatusCode"], event.get("responseStatusText", "")
        return {"responseCode": code, "responsePhrase": words or "OK", "responseHeaders": left}

    async def _calls(self, session: str, calls: Iterable[Call]) -> None:
        for method, options in calls:
            await self._send(method, options, session)

    async def _send(
        self,
        method: str,
        options: dict[str, Any],
        session: str,
        take: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        number = next(self._numbers)
        if take is not None:
            self._answers[number] = take
        message: dict[str, Any] = {"id": number, "method": method, "params": options}
        if session:
            message["sessionId"] = session
        try:
            await self._socket.send_str(json.dumps(message))
        except (aiohttp.ClientError, OSError) as error:
            self._answers.pop(number, None)
            raise TargetsError("the line to the browser's DevTools is lost") from error
