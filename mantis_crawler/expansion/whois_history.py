"""From a domain to everybody who has had it registered."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.expansion.registrants import registrants
from mantis_crawler.items import Ask, Question, Reply


class WhoisHistory(Pivot):
    """Earlier registrations: what is redacted now was public once, but the owner may have been another."""

    name = "whois_history"

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of what was registered, not of the names below it."""
        if node.kind is not Kind.NAME or not node.domain:
            return None
        return Question(ask=Ask.REGISTRATIONS, subject=node.domain, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:  # noqa: ARG002 - only the reply counts
        """Lead to the registrants."""
        return registrants(reply, 0.8)
