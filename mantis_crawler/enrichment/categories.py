"""What others take an artifact's site for."""

from typing import Any

from mantis_crawler.enrichment.replies import Opinion
from mantis_crawler.items import Ask, Category, Record


class Categories(Opinion):
    """In the providers' words, which are not ours: it is no evidence for a content class."""

    name = "categories"
    asked = (Ask.CATEGORIES,)

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return each provider's categories with their confidence, the surest first.

        Raises:
            EnrichmentError: nobody could say.
        """
        good, unknown = await self.told(Ask.CATEGORIES, record.artifact.host, record)
        by = {
            reply.provider: {one.name: one.confidence for one in reply.findings if isinstance(one, Category)}
            for reply in good
        }
        return {"by": by, "unknown": unknown}
