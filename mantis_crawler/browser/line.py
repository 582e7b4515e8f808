"""A session with one target of a browser, whoever holds it: Playwright, or our own line."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Protocol

from mantis_crawler.browser.driver import FAULTS

logger = logging.getLogger(__name__)

Event = dict[str, Any]
Take = Callable[[Event], Any]
GONE: tuple[type[Exception], ...] = (*FAULTS, TimeoutError, KeyError, IndexError)
"""What a call raises whose target is gone, silent, or says something else than it should."""
GARBLED: tuple[type[Exception], ...] = (*GONE, TypeError, ValueError)
"""The same, for answers that a page has a hand in."""


class Session(Protocol):
    """What recorders need of a DevTools session."""

    def on(self, event: Any, f: Any) -> None:
        """Call a function for each event of a name."""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a call and return its answer."""


class Line:
    """One target's session on our own line."""

    def __init__(self, call: Callable[[str, dict[str, Any]], Any], info: Event) -> None:
        self.info = info
        """DevTools' ``Target.TargetInfo``."""
        self.gone = False
        self._call = call
        self._takers: dict[str, list[Take]] = {}

    @property
    def kind(self) -> str:
        """``page``, ``iframe``, ``worker``, ``shared_worker``, ``service_worker``, ..."""
        return str(self.info["type"])

    @property
    def target(self) -> str:
        """Id of the target; a page's or frame's is that of its top frame as well."""
        return str(self.info["targetId"])

    def on(self, event: str, f: Take) -> None:
        """Call a function for each event of a name."""
        self._takers.setdefault(event, []).append(f)

    async def send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a call and return its answer.

        Raises:
            OSError: the line is lost, or the browser refuses.
        """
        if self.gone:
            raise ConnectionResetError("the target is gone")
        answer: dict[str, Any] = await self._call(method, params or {})
        return answer

    def happened(self, event: str, options: Event) -> None:
        """Pass an event on; one that is not as it should be ends no listener."""
        for take in self._takers.get(event, ()):
            try:
                take(options)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                logger.info("An event %s could not be read: %r", event, error)


async def ask(session: Session, method: str, seconds: float, **params: Any) -> dict[str, Any] | None:
    """Send a call and return its answer; `None` if none comes in time."""
    try:
        return await asyncio.wait_for(session.send(method, params), seconds)
    except GONE:
        return None
