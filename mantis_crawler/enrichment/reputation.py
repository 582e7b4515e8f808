"""How far others trust an artifact's name."""

from typing import Any

from mantis_crawler.enrichment.replies import Opinion
from mantis_crawler.items import Ask, Record
from mantis_crawler.items import Reputation as Said


class Reputation(Opinion):
    """A score and its warnings, by provider. A good score is an opinion, and never *clean*."""

    name = "reputation"
    asked = (Ask.REPUTATION,)

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return each provider's score, and whether any has the name on a list of malware or phishing.

        Raises:
            EnrichmentError: nobody could say.
        """
        good, unknown = await self.told(Ask.REPUTATION, record.artifact.host, record)
        by = {
            reply.provider: {"score": one.score, "warnings": list(one.warnings), "listed": one.listed}
            for reply in good
            for one in reply.findings
            if isinstance(one, Said)
        }
        return {"by": by, "listed": any(one["listed"] for one in by.values()), "unknown": unknown}
