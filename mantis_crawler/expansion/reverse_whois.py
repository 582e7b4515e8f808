"""From a registrant to everything that was registered with the same e-mail address or name."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Ask, Question, Reply, Sight


class ReverseWhois(Pivot):
    """Reverse WHOIS, current and historic.

    Its fan-out is large by nature: the published Roaming Mantis case found 7,086 domains by it.
    """

    name = "reverse_whois"
    few = 20
    many = 100_000

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of registrants."""
        if node.kind not in {Kind.EMAIL, Kind.PERSON}:
            return None
        return Question(ask=Ask.REGISTERED_BY, subject=node.value, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:
        """Lead to each domain; an e-mail address is somebody's own, a name may be many people's."""
        weight = 0.9 if node.kind is Kind.EMAIL else 0.5
        for finding in reply.findings:
            if isinstance(finding, Sight):
                yield Lead(kind=Kind.NAME, value=finding.value, weight=weight)
