"""Whether others have reported an artifact: who, as what, and since when."""

from collections.abc import Iterable
from typing import Any

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.replies import Asking
from mantis_crawler.items import Ask, Record, Threat


class KnownBad(Asking):
    """Asks threat intelligence. Where nobody could say, that is unknown, and never *clean*."""

    name = "known_bad"
    asked = (Ask.KNOWN_BAD, Ask.KNOWN_BAD_URL)

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return whether it is known bad, by whom and since when; and who could not say.

        Raises:
            EnrichmentError: nobody could say.
        """
        host, url = record.artifact.host, record.artifact.url
        if not host:
            raise EnrichmentError("the artifact has no host")
        asked = [(Ask.KNOWN_BAD, host), *([(Ask.KNOWN_BAD_URL, url)] if url else [])]
        good, unknown = await self.answers_to(asked, record)
        said: dict[str, dict[Threat, None]] = {}
        for reply in good:
            threats = (finding for finding in reply.findings if isinstance(finding, Threat))
            said.setdefault(reply.provider, {}).update(dict.fromkeys(threats))
        by = {provider: _told(threats) for provider, threats in said.items() if threats}
        return {
            "known_bad": bool(by),
            "by": by,
            "since": min((one["since"] for one in by.values() if one["since"]), default=""),
            "asked": [*said],
            "unknown": unknown,
        }


def _told(threats: Iterable[Threat]) -> dict[str, Any]:
    every = [*threats]
    return {
        "kinds": sorted({threat.kind for threat in every if threat.kind}),
        "since": min((threat.first for threat in every if threat.first), default=""),
        "reports": len(every),
    }
