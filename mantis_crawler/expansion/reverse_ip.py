"""From an address to the names that led to it."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Ask, Question, Reply, Sight


class ReverseIp(Pivot):
    """Reverse IP/DNS: in campaigns of disposable names, the address is what stays.

    Roaming Mantis kept 100 to 250 names on an address (Kaspersky, 2023); shared hosting has thousands.
    """

    name = "reverse_ip"
    few = 50
    many = 5_000

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of addresses."""
        if node.kind is not Kind.ADDRESS:
            return None
        return Question(ask=Ask.NAMES_AT, subject=node.value, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:  # noqa: ARG002 - only the reply counts
        """Lead to each name that was seen there."""
        for finding in reply.findings:
            if isinstance(finding, Sight):
                yield Lead(kind=Kind.NAME, value=finding.value, weight=0.9)
