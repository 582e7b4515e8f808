"""One question to name servers, with a time limit that holds whatever the library does.

c-ares has a thread of its own here, so that answers are taken while we are busy. It is used without
`aiodns`, which wakes the event loop once for each answer: that costs five times as much as c-ares itself.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pycares
from pycares import errno

from mantis_crawler.items import Outcome

Servers = Sequence[tuple[str, int]]
KINDS = {
    "A": pycares.QUERY_TYPE_A,
    "AAAA": pycares.QUERY_TYPE_AAAA,
    "NS": pycares.QUERY_TYPE_NS,
    "MX": pycares.QUERY_TYPE_MX,
    "SOA": pycares.QUERY_TYPE_SOA,
}
_BUFFER = 1 << 20
"""Bytes of answers that may wait while we are busy; the system's own hold 277, and it drops the rest."""


_WORTH = 0.2
"""Seconds that must be left for a question that was lost to be asked again."""


class Failed(NamedTuple):
    """Why a question has no answer: what that says of the name, and in words."""

    outcome: Outcome
    detail: str


Told = pycares.DNSResult | Failed
_SILENCE = Failed(Outcome.DNS_TIMEOUT, "no answer in time")
_FAILURES = {
    errno.ARES_ENOTFOUND: Failed(Outcome.NXDOMAIN, "no such name"),
    errno.ARES_ENODATA: Failed(Outcome.NO_ADDRESS, "no address"),
    errno.ARES_ECONNREFUSED: Failed(Outcome.DNS_TIMEOUT, "the name server cannot be reached"),
}


@dataclass(slots=True, eq=False)
class _Asked:
    """A question under way."""

    name: str
    kind: int
    answer: asyncio.Future[Told]
    limit: asyncio.TimerHandle | None = field(default=None)


class Channel:
    """Asks for records of any kind. It belongs to the event loop in which it is first used.

    Names are asked absolutely, without search domains and without the hosts file.

    Args:
        servers: addresses and ports of name servers; the system's if ``None``.
        timeout: seconds for one try.
        tries: how often a question without an answer is asked.
        at_once: questions of `ask` under way at the same time.
    """

    def __init__(
        self, servers: Servers | None = None, *, timeout: float = 3.0, tries: int = 2, at_once: int = 400
    ) -> None:
        self._servers = servers
        self._slots = asyncio.Semaphore(at_once)
        self._timeout = timeout
        self._tries = tries
        self._loop: asyncio.AbstractEventLoop | None = None
        self._cares: pycares.Channel | None = None
        self._heard: deque[tuple[_Asked, pycares.DNSResult | None, int | None]] = deque()
        self._waking = False

    async def ask(self, name: str, kind: str) -> Told:
        """Return the answer, or why there is none."""
        async with self._slots:
            return await self.put(name, kind)

    def put(self, name: str, kind: str) -> asyncio.Future[Told]:
        """Put a question at once; its answer comes with the time limit at the latest."""
        loop = self._loop = asyncio.get_running_loop()
        asked = _Asked(name, KINDS[kind], loop.create_future())
        # c-ares doubles its limit at each try, and shortens it to five times what answers took lately,
        # which is too short once we are busy ourselves: ours holds whatever it does.
        asked.limit = loop.call_later(self._timeout * self._tries, _end, asked, _SILENCE)
        self._query(asked)
        return asked.answer

    async def close(self) -> None:
        """Free the sockets."""
        cares, self._cares = self._cares, None
        if cares is not None:
            cares.cancel()
            cares.close()

    def _query(self, asked: _Asked) -> None:
        if self._cares is None:
            self._cares = self._opened()

        def heard(result: pycares.DNSResult | None, error: int | None) -> None:
            """Called in the thread of c-ares: only hands on."""
            self._heard.append((asked, result, error))
            if not self._waking and self._cares is not None and self._loop is not None:
                self._waking = True
                self._loop.call_soon_threadsafe(self._deliver)

        try:
            self._cares.query(asked.name, asked.kind, callback=heard)
        except (pycares.AresError, UnicodeError) as error:
            _end(asked, Failed(Outcome.SERVFAIL, str(error)[:200]))

    def _deliver(self) -> None:
        """Give out what has been heard."""
        self._waking = False
        while self._heard:
            asked, result, error = self._heard.popleft()
            if result is not None:
                _end(asked, result)
            elif error != errno.ARES_ETIMEOUT:
                _end(
                    asked,
                    _FAILURES.get(error or 0) or Failed(Outcome.SERVFAIL, str(errno.strerror(error or 0))),
                )
            elif asked.limit and asked.limit.when() - asked.answer.get_loop().time() > _WORTH:
                self._query(asked)

    def _opened(self) -> pycares.Channel:
        servers = None
        if self._servers is not None:
            servers = [
                f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self._servers
            ]
        return pycares.Channel(
            servers=servers,
            timeout=self._timeout,
            tries=self._tries,
            lookups="b",
            socket_receive_buffer_size=_BUFFER,
        )


def _end(asked: _Asked, told: Told) -> None:
    if asked.limit is not None:
        asked.limit.cancel()
    if not asked.answer.done():
        asked.answer.set_result(told)
