"""From a name to the addresses that it led to."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Ask, Question, Reply, Sight


class ForwardDns(Pivot):
    """Forward passive DNS; a name that was at very many addresses is on a fast-changing front."""

    name = "forward_dns"
    few = 10
    many = 500

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of names that somebody owns."""
        if node.kind is not Kind.NAME or not node.domain:
            return None
        return Question(ask=Ask.ADDRESSES_OF, subject=node.value, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:  # noqa: ARG002 - only the reply counts
        """Lead to each address."""
        for finding in reply.findings:
            if isinstance(finding, Sight):
                yield Lead(kind=Kind.ADDRESS, value=finding.value, weight=0.8)
