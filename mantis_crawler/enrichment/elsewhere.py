"""What the DNS holds for an artifact's name, as seen from somewhere else."""

from collections import defaultdict
from typing import Any

from mantis_crawler.enrichment.replies import Opinion
from mantis_crawler.items import Ask, DnsRecord, Record


class Elsewhere(Opinion):
    """A name that leads to other addresses elsewhere is hiding, or large: both are worth a look."""

    name = "elsewhere"
    asked = (Ask.RECORDS,)

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return the records by type, and which addresses only they or only we have seen.

        Raises:
            EnrichmentError: nobody could say.
        """
        good, unknown = await self.told(Ask.RECORDS, record.artifact.host, record)
        records: defaultdict[str, list[str]] = defaultdict(list)
        for found in (one for reply in good for one in reply.findings if isinstance(one, DnsRecord)):
            if found.value not in records[found.type]:
                records[found.type].append(found.value)
        there = {*records.get("A", ()), *records.get("AAAA", ())}
        here = {answer.address for answer in record.resolution.answers} if record.resolution else set()
        return {
            "records": dict(sorted(records.items())),
            "only_there": sorted(there - here),
            "only_here": sorted(here - there),
            "by": [reply.provider for reply in good],
            "unknown": unknown,
        }
