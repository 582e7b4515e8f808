"""Where an artifact's addresses are by a provider's word, where our own data is silent."""

import asyncio
from collections.abc import Mapping
from typing import Any

from mantis_crawler.enrichment.addresses import addresses_of, is_public
from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.geo import Geo
from mantis_crawler.enrichment.replies import Asking, may_cost
from mantis_crawler.items import Ask, Hold, Place, Question, Record

_WINDOW = 0.5
"""Seconds in which addresses are gathered for one order."""
_MANY = 20
"""Addresses from which on one order is worth its waiting."""


class Placed(Asking):
    """Asks geolocation only about addresses without a country or network in the files that we have.

    It costs something for each, so it is on with ``MANTIS_PAID_ENRICHMENT`` alone. Many at once are
    ordered together; the answers are kept, so that each address is found when it is asked about.
    """

    name = "place"
    asked = (Ask.PLACE,)
    on = False
    seconds = 300.0

    def __init__(self) -> None:
        super().__init__()
        self._own = Geo()
        self._waiting: dict[str, None] = {}
        self._order: asyncio.Task[None] | None = None

    def configure(self, options: Mapping[str, Any]) -> None:
        """Take our own data, and whether to be on.

        Raises:
            ValueError: the database cannot be read.
        """
        self._own.configure(options)
        self.on = may_cost(options)

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return what each provider says of each address that our own data does not tell.

        Raises:
            EnrichmentError: there is no address, or nobody could say.
        """
        addresses = addresses_of(record)
        if not addresses:
            raise EnrichmentError("no address to look up")
        silent = [one for one in addresses if is_public(one) and not self._own.tells(one)]
        if silent and record.artifact.hold is not Hold.PAP_RED:
            await self._together(silent)
        rows: list[dict[str, Any]] = []
        unknown: dict[str, str] = {}
        for address in silent:
            good, failed = await self.answers(Ask.PLACE, address, record)
            unknown |= failed
            rows += [
                {
                    "address": address,
                    "by": reply.provider,
                    "country": one.country,
                    "asn": one.asn,
                    "network": one.network,
                    "provider": one.provider,
                }
                for reply in good
                for one in reply.findings
                if isinstance(one, Place)
            ]
        return {"addresses": rows, "unknown": unknown}

    async def _together(self, addresses: list[str]) -> None:
        """Wait until these addresses, and others that come in meanwhile, are ordered if they are many."""
        self._waiting.update(dict.fromkeys(addresses))
        if self._order is None:
            self._order = asyncio.create_task(self._ordered())
        await asyncio.shield(self._order)

    async def _ordered(self) -> None:
        await asyncio.sleep(_WINDOW)
        gathered, self._waiting, self._order = [*self._waiting], {}, None
        assert self._asker is not None
        prices = ((one, self._asker.price(Question(ask=Ask.PLACE, subject=one))) for one in gathered)
        todo = sorted(one for one, price in prices if any(price.values()))
        if len(todo) >= _MANY:
            await self._asker.look(Question(ask=Ask.PLACES, subject=" ".join(todo), limit=len(todo)))
