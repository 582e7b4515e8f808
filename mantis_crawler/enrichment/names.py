"""What enrichment asks the DNS, through two resolvers: a second opinion, zones, and wildcards."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

from mantis_crawler.enrichment.channel import Channel, Failed, Servers
from mantis_crawler.enrichment.resolver import MOST_KNOWN, Resolver
from mantis_crawler.enrichment.zones import Zone, read_zone
from mantis_crawler.items import Outcome, Resolution

_SILENCES = 25
"""After so many unanswered questions in a row a resolver that is silent about ``com`` too is given up."""
_AT_ONCE = 50
"""Names, or questions about domains, that a resolver is asked at the same time: it may be somebody else's."""
_LABEL = 12
"""Bytes of a label that nobody has registered, twice as many characters."""

_Answer = TypeVar("_Answer")


class Names:
    """Asks each question once a run. What it hears is never connected to: pinning is the resolver's matter.

    Args:
        first: name servers of the run; the system's if ``None``.
        second: name servers of the second opinion; ``None``: there is none.
        sinkholes: says whether defenders hold an address.
        timeout: seconds for one try.
    """

    def __init__(
        self,
        first: Servers | None,
        second: Servers | None,
        *,
        sinkholes: Callable[[str], bool],
        timeout: float = 3.0,
    ) -> None:
        self._probes = Resolver(first, sinkholes=sinkholes, timeout=timeout, concurrency=_AT_ONCE)
        self._channels = [Channel(first, timeout=timeout, at_once=_AT_ONCE)]
        self._second: Resolver | None = None
        self.second = ""
        """Who gives the second opinion; empty: nobody."""
        if second:
            self._second = Resolver(
                second, sinkholes=sinkholes, concurrency=_AT_ONCE, tries=1, timeout=timeout
            )
            self._channels.append(Channel(second, timeout=timeout, at_once=_AT_ONCE))
            self.second = ", ".join(address for address, _ in second)
        self._silences = 0
        self.given_up = False
        """Whether the second resolver has been silent for so long that it is asked no more."""
        self._asked: dict[Hashable, asyncio.Task[Any]] = {}

    async def again(self, host: str) -> Resolution | None:
        """Return what the second resolver says of a host; `None` if it is asked nothing any more."""
        if self._second is None or self.given_up:
            return None
        found = await self._second.resolve(host)
        self._silences = self._silences + 1 if found.outcome is Outcome.DNS_TIMEOUT else 0
        if self._silences >= _SILENCES:
            self._silences = 0
            self.given_up = await self._silent()
        return found

    async def _silent(self) -> bool:
        """Return whether the second resolver has no answer at all, or just none of the names asked for."""
        reply = await self._channels[1].ask("com", "NS")
        return isinstance(reply, Failed) and reply.outcome is Outcome.DNS_TIMEOUT

    async def zones(self, domain: str) -> tuple[Zone, ...]:
        """Return what each resolver that answers says of a domain, the run's own first."""
        channels = self._channels[: 1 if self.given_up else None]

        async def read() -> tuple[Zone, ...]:
            return tuple(await asyncio.gather(*(read_zone(channel, domain) for channel in channels)))

        return await self._once(("zone", domain), read)

    async def wildcard(self, domain: str) -> Resolution:
        """Return what a name below a domain leads to that nobody has made; not alive where it leads nowhere.

        Two such names are asked for: one alone may be a name that somebody has made after all.
        """

        async def probe() -> Resolution:
            found = await self._probes.resolve(_nobody(domain))
            if not found.alive:
                return found
            other = await self._probes.resolve(_nobody(domain))
            same = set(found.answers) & set(other.answers)
            return found if same else Resolution(host=other.host, outcome=Outcome.NXDOMAIN)

        return await self._once(("wildcard", domain), probe)

    async def close(self) -> None:
        """Give up what is under way and free the sockets."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
        for channel in self._channels:
            await channel.close()
        for resolver in filter(None, (self._probes, self._second)):
            await resolver.close()

    async def _once(self, key: Hashable, ask: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """Return the answer to a question that may have been asked before."""
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(ask())
            while len(self._asked) > MOST_KNOWN:
                del self._asked[next(iter(self._asked))]
        # one asker that gives up must not take the answer away from the others
        answer: _Answer = await asyncio.shield(self._asked[key])
        return answer


def _nobody(domain: str) -> str:
    return f"{secrets.token_hex(_LABEL)}.{domain}"
