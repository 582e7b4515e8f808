"""Where a name led before the visits, as the run's own resolver found it."""

from typing import Any

from mantis_crawler.enrichment.addresses import addresses_of
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.items import Record


class Dns(Enricher):
    """Tells what the resolution already knows: it never asks again, for a lure may answer once."""

    name = "dns"

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return addresses, aliases, and the outcome (empty if the name is alive).

        Raises:
            EnrichmentError: the artifact's name was never resolved.
        """
        addresses = list(addresses_of(record))
        if record.resolution is None:
            if not addresses:
                held = record.artifact.hold
                raise EnrichmentError(
                    f"held ({held}): not looked up" if held else "the name was not resolved"
                )
            return {"addresses": addresses, "aliases": [], "outcome": "", "detail": "an address, not a name"}
        return {
            "addresses": addresses,
            "aliases": list(record.resolution.aliases),
            "outcome": str(record.resolution.outcome or ""),
            "detail": record.resolution.detail,
        }
