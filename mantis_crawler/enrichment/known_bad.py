"""Whether others have reported an artifact: who, as what, and since when."""

from typing import Any

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.replies import Asking
from mantis_crawler.items import Ask, Record, Threat


class KnownBad(Asking):
    """Asks threat intelligence. Where nobody could say, that is unknown, and never *clean*."""

    name = "known_bad"

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return whether it is known bad, by whom and since when; and who could not say.

        Raises:
            EnrichmentError: nobody could say.
        """
        host = record.artifact.host
        if not host:
            raise EnrichmentError("the artifact has no host")
        good, unknown = await self.answers(Ask.KNOWN_BAD, host, record)
        by: dict[str, dict[str, Any]] = {}
        for reply in good:
            threats = [finding for finding in reply.findings if isinstance(finding, Threat)]
            if threats:
                since = min((threat.first for threat in threats if threat.first), default="")
                kinds = sorted({threat.kind for threat in threats if threat.kind})
                by[reply.provider] = {"kinds": kinds, "since": since, "reports": len(threats)}
        return {
            "known_bad": bool(by),
            "by": by,
            "since": min((one["since"] for one in by.values() if one["since"]), default=""),
            "asked": [reply.provider for reply in good],
            "unknown": unknown,
        }
