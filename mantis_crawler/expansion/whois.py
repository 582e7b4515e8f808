"""From a domain to who has registered it now."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.expansion.registrants import registrants
from mantis_crawler.items import Ask, Question, Reply


class Whois(Pivot):
    """The current registration, by WHOIS or RDAP; since 2018 mostly redacted."""

    name = "whois"

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of what was registered, not of the names below it."""
        if node.kind is not Kind.NAME or not node.domain:
            return None
        return Question(ask=Ask.REGISTRATION, subject=node.domain, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:  # noqa: ARG002 - only the reply counts
        """Lead to the registrants."""
        return registrants(reply, 0.9)
