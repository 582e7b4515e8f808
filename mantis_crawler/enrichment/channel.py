"""One question to name servers, with a time limit that holds whatever the library does."""

import asyncio
from collections.abc import Sequence

import aiodns
import pycares
from aiodns.error import (
    ARES_ECONNREFUSED,
    ARES_ENODATA,
    ARES_ENOTFOUND,
    ARES_ETIMEOUT,
    DNSError,
)

from mantis_crawler.items import Outcome

Servers = Sequence[tuple[str, int]]
_BUFFER = 1 << 20
"""Bytes of answers that may wait while we are busy; the system's own hold 277, and it drops the rest."""


class Channel:
    """Asks for records of any kind. It belongs to the event loop in which it is first used.

    Names are asked absolutely, without search domains and without the hosts file.

    Args:
        servers: addresses and ports of name servers; the system's if ``None``.
        timeout: seconds for one try.
        tries: how often a question without an answer is asked.
        at_once: questions under way at the same time.
    """

    def __init__(
        self, servers: Servers | None = None, *, timeout: float = 3.0, tries: int = 2, at_once: int = 400
    ) -> None:
        self._servers = servers
        self._slots = asyncio.Semaphore(at_once)
        self._timeout = timeout
        self._tries = tries
        self._open: aiodns.DNSResolver | None = None

    async def ask(self, name: str, kind: str) -> pycares.DNSResult | DNSError:
        """Return the answer, or the error instead of it."""
        async with self._slots:
            try:
                # c-ares doubles its limit at each try, and shortens it to five times what answers took
                # lately, which is too short once we are busy ourselves: ours holds whatever it does.
                async with asyncio.timeout(self._timeout * self._tries):
                    while (found := await self._once(name, kind)) is None:
                        pass
                    return found
            except TimeoutError:
                return DNSError(ARES_ETIMEOUT, "no answer in time")

    async def _once(self, name: str, kind: str) -> pycares.DNSResult | DNSError | None:
        """Return the answer or error; `None` if none has come for as long as c-ares waits."""
        try:
            return await self._opened().query_dns(name, kind)
        except DNSError as error:
            return None if error.args[0] == ARES_ETIMEOUT else error

    async def close(self) -> None:
        """Free the sockets."""
        if self._open is not None:
            await self._open.close()
            self._open = None

    def _opened(self) -> aiodns.DNSResolver:
        if self._open is None:
            servers = None
            if self._servers is not None:
                servers = [
                    f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self._servers
                ]
            self._open = aiodns.DNSResolver(
                nameservers=servers,
                timeout=self._timeout,
                tries=self._tries,
                lookups="b",
                socket_receive_buffer_size=_BUFFER,
            )
        return self._open


def failure(error: DNSError) -> tuple[Outcome, str]:
    """Return what an error says of the name, and in words."""
    code, text = error.args[0], str(error.args[1])
    known = {
        ARES_ENOTFOUND: (Outcome.NXDOMAIN, "no such name"),
        ARES_ENODATA: (Outcome.NO_ADDRESS, "no address"),
        ARES_ETIMEOUT: (Outcome.DNS_TIMEOUT, "no answer in time"),
        ARES_ECONNREFUSED: (Outcome.DNS_TIMEOUT, "the name server cannot be reached"),
    }
    return known.get(code, (Outcome.SERVFAIL, text))
