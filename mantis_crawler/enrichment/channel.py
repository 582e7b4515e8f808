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


class Channel:
    """Asks for records of any kind. It belongs to the event loop in which it is first used.

    Names are asked absolutely, without search domains and without the hosts file.

    Args:
        servers: addresses and ports of name servers; the system's if ``None``.
        timeout: seconds for one try.
        tries: how often a question without an answer is asked.
    """

    def __init__(self, servers: Servers | None = None, *, timeout: float = 3.0, tries: int = 2) -> None:
        self._servers = servers
        self._timeout = timeout
        self._tries = tries
        self._open: aiodns.DNSResolver | None = None

    async def ask(self, name: str, kind: str) -> pycares.DNSResult | DNSError:
        """Return the answer, or the error instead of it."""
        try:
            # c-ares doubles its limit at each try; ours holds whatever it does.
            async with asyncio.timeout(self._timeout * self._tries):
                return await self._opened().query_dns(name, kind)
        except DNSError as error:
            return error
        except TimeoutError:
            return DNSError(ARES_ETIMEOUT, "no answer in time")

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
                nameservers=servers, timeout=self._timeout, tries=self._tries, lookups="b"
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
