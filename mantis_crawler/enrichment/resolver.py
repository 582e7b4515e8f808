"""Names to addresses, many at a time: used before the visits, and by the gateway during them."""

import asyncio
from collections.abc import Callable, Iterable

import pycares

from mantis_crawler.enrichment.addresses import is_name, is_public, parse, sort_key
from mantis_crawler.enrichment.channel import Channel, Failed, Servers
from mantis_crawler.items import Answer, Outcome, Resolution

_MOST_ALIASES = 16
MOST_KNOWN = 50_000
"""Names whose answers are kept, the latest: a page can ask for as many names as it likes. Each takes about a
kilobyte. A visit that is under way keeps the addresses that it was given."""


def _never(_address: str) -> bool:
    return False


class Resolver:
    """Asks for A and AAAA, once for each name: an answer stays the same as long as it is kept.

    Pinning is a guard too: what was checked is what the gateway connects to. It belongs to the
    event loop in which it is first used.

    Args:
        servers: addresses and ports of name servers; the system's if ``None``.
        timeout: seconds for one try. A silent name takes at most ``2 * timeout * tries``: it is asked twice.
        tries: how often a question without an answer is asked.
        concurrency: names in flight at once.
        sinkholes: says whether defenders hold an address.
    """

    def __init__(
        self,
        servers: Servers | None = None,
        *,
        timeout: float = 3.0,
        tries: int = 2,
        concurrency: int = 200,
        sinkholes: Callable[[str], bool] = _never,
    ) -> None:
        self._channel = Channel(servers, timeout=timeout, tries=tries)
        self._slots = asyncio.Semaphore(concurrency)
        self._sinkholes = sinkholes
        self._known: dict[str, Resolution] = {}
        self._asking: dict[str, asyncio.Task[Resolution]] = {}

    async def resolve(self, host: str) -> Resolution:
        """Return what the DNS says of a host; a name that cannot be resolved has an outcome, never an error.

        Answers hold only public addresses, sorted: those to visit, or of a sinkholed name those of
        the sinkhole. They have no TTL: it counts down at the name server, so it would differ from
        run to run.
        """
        name = host.lower().removesuffix(".")
        if name in self._known:
            return self._known[name]
        if name not in self._asking:
            task = asyncio.create_task(self._find(name))
            self._asking[name] = task
            task.add_done_callback(lambda _: self._asking.pop(name, None))
        # One asker that gives up must not take the answer away from the others.
        return await asyncio.shield(self._asking[name])

    async def close(self) -> None:
        """Give up what is under way and free the sockets."""
        for task in tuple(self._asking.values()):
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)
        await self._channel.close()

    async def _find(self, name: str) -> Resolution:
        literal = parse(name)
        if literal is not None:
            found = self._judge(name, [str(literal)], ())
        elif name.rpartition(".")[2] == "localhost":
            # ours, whatever a name server says (RFC 6761, 6.3)
            found = Resolution(host=name, outcome=Outcome.NOT_PUBLIC, detail="a name of this machine")
        elif not is_name(name):
            found = Resolution(host=name, outcome=Outcome.NXDOMAIN, detail="not a DNS name")
        else:
            async with self._slots:
                found = await self._ask(name)
                if found.outcome is Outcome.DNS_TIMEOUT:
                    # a silence may be ours (a busy machine, a lost packet): asked once more
                    found = await self._ask(name)
        self._known[name] = found
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return found

    async def _ask(self, name: str) -> Resolution:
        asked = [self._channel.put(name, kind) for kind in ("A", "AAAA")]
        replies = [await answer for answer in asked]
        results = [reply for reply in replies if isinstance(reply, pycares.DNSResult)]
        errors = [reply for reply in replies if isinstance(reply, Failed)]
        found = {address for result in results for address in _addresses(result)}
        aliases = next((chain for result in results if (chain := _aliases(name, result))), ())
        if found:
            return self._judge(name, found, aliases)
        # An alias that leads to no address is a result, and holds none.
        failures = [*errors, *[Failed(Outcome.NO_ADDRESS, "no address")] * len(results)]
        outcome, detail = min(failures, key=lambda failed: _ORDER.index(failed.outcome))
        return Resolution(host=name, outcome=outcome, aliases=aliases, detail=detail)

    def _judge(self, name: str, found: Iterable[str], aliases: tuple[str, ...]) -> Resolution:
        """Part addresses into those to visit and those not to; one to visit makes a name alive."""
        everything = sorted(set(found), key=sort_key)
        closed = [address for address in everything if not is_public(address)]
        held = [address for address in everything if address not in closed and self._sinkholes(address)]
        good = [address for address in everything if address not in closed and address not in held]
        notes = []
        if closed:
            notes.append(f"not public: {', '.join(closed)}")
        if held:
            notes.append(f"sinkhole: {', '.join(held)}")
        outcome = None if good else Outcome.SINKHOLE if held else Outcome.NOT_PUBLIC
        return Resolution(
            host=name,
            outcome=outcome,
            answers=tuple(Answer(address=address) for address in good or held),
            aliases=aliases,
            detail="; ".join(notes),
        )


# Of two failures of one name, which to tell: that it does not exist is said of the name as a whole;
# an answer that did not come may have held an address.
_ORDER = (Outcome.NXDOMAIN, Outcome.DNS_TIMEOUT, Outcome.SERVFAIL, Outcome.NO_ADDRESS)


def _addresses(result: pycares.DNSResult) -> list[str]:
    data = (record.data for record in result.answer)
    return [item.addr for item in data if isinstance(item, pycares.ARecordData | pycares.AAAARecordData)]


def _aliases(name: str, result: pycares.DNSResult) -> tuple[str, ...]:
    """Follow the CNAMEs from a name, whatever their order in the answer; a loop ends the walk."""
    target = {
        record.name.lower().removesuffix("."): record.data.cname.lower().removesuffix(".")
        for record in result.answer
        if isinstance(record.data, pycares.CNAMERecordData)
    }
    chain: list[str] = []
    while (name := target.get(name, "")) and name not in chain and len(chain) < _MOST_ALIASES:
        chain.append(name)
    return tuple(chain)
