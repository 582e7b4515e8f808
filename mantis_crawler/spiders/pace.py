"""How fast a provider is asked, and how often again where it does not answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from time import time

from mantis_crawler.items import Failure
from mantis_crawler.providers.base import Call, Provider, ProviderError

_TRIES = 4
_LONGEST_WAIT = 60.0
"""Seconds that a provider may ask for between two tries; who asks for more is given up."""
_AT_ONCE = 8
"""Requests to one provider under way at the same time."""


@dataclass(frozen=True, slots=True)
class Got:
    """What came back for one request."""

    status: int
    body: str
    retry_after: str = ""


Send = Callable[[Provider, Call], Awaitable[Got]]


class Pace:
    """No more than so many requests a second, and so many at once."""

    def __init__(self, rate: float) -> None:
        self.apart = 1 / rate if rate else 0.0
        self.slots = asyncio.Semaphore(_AT_ONCE)
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._next = max(self._next, now) + self.apart
        await asyncio.sleep(self._next - self.apart - now)

    def hold(self, seconds: float) -> None:
        """Let nobody go on before so many seconds are over."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)


class Paced:
    """Sends requests at the providers' own rates, and again where that is worth it.

    Args:
        send: Sends one request.
        paced: Whether the providers' rates are kept; the lab has none.
        first_wait: Seconds before the second try; it doubles with each.
    """

    def __init__(self, send: Send, *, paced: bool = True, first_wait: float = 1.0) -> None:
        self._send, self._paced, self._first_wait = send, paced, first_wait
        self._lanes: dict[str, Pace] = {}

    async def answered(self, provider: Provider, call: Call) -> Got:
        """Return an answer after as many tries as are worth it.

        Raises:
            ProviderError: none came.
        """
        pace, wait = self._lane(provider, call), self._first_wait
        await asyncio.sleep(call.wait if self._paced else min(call.wait, wait))
        for last in (*[False] * (_TRIES - 1), True):
            async with pace.slots:
                await pace.turn()
                try:
                    got = await self._send(provider, call)
                except ProviderError as error:
                    failed, told_wait = error, None
                else:
                    if got.status in provider.statuses:
                        return got
                    failed, told_wait = provider.refusal(got.status, got.body), seconds(got.retry_after)
            pause = wait if told_wait is None else told_wait
            again = failed.failure in {Failure.RATE, Failure.UNREACHABLE}
            if last or not again or pause > _LONGEST_WAIT:
                raise failed
            if failed.failure is Failure.RATE:
                pace.hold(pause)
            else:
                await asyncio.sleep(pause)
            wait *= 2
        raise AssertionError

    def _lane(self, provider: Provider, call: Call) -> Pace:
        """Return the pace of whom a request goes to: each of a provider's servers has its own."""
        name = f"{provider.name} {provider.server(call)}"
        if name not in self._lanes:
            self._lanes[name] = Pace(provider.rate if self._paced else 0)
        return self._lanes[name]


def seconds(retry_after: str) -> float | None:
    """Return how long a ``Retry-After`` says to wait, as seconds or as a date; `None` if it says nothing."""
    words = retry_after.strip()
    if words.isdecimal():
        return float(words)
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    return max(0.0, when.replace(tzinfo=when.tzinfo or UTC).timestamp() - time())
