"""What a registration says of who registered it; used by the pivots that read registrations."""

from abc import abstractmethod
from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Ask, Question, Registration, Reply
from mantis_crawler.items.redacted import registrant_email, registrant_name

_EMAIL, _PERSON = 1.0, 0.6
"""An e-mail address is somebody's own; a name may be anybody's who is called so."""


class ByRegistration(Pivot):
    """From a domain to its registrants, by registrations of one kind."""

    weight: float
    """What such a registration is worth."""

    @property
    @abstractmethod
    def ask(self) -> Ask:
        """Which registrations."""

    def question(self, node: Node, limit: int) -> Question | None:
        """Ask of what was registered, not of the names below it."""
        if node.kind is not Kind.NAME or not node.domain:
            return None
        return Question(ask=self.ask, subject=node.domain, limit=limit, too_many=self.many)

    def leads(self, node: Node, reply: Reply) -> Iterator[Lead]:  # noqa: ARG002 - only the reply counts
        """Lead to the registrants."""
        return registrants(reply, self.weight)


def registrants(reply: Reply, weight: float) -> Iterator[Lead]:
    """Yield the registrants of all registrations of a reply once each, without redacted ones.

    Only the registrant: the other contacts are often the hoster's or the web designer's.

    Args:
        reply: With registrations.
        weight: What such a registration is worth.
    """
    seen: set[tuple[Kind, str]] = set()
    for finding in reply.findings:
        if not isinstance(finding, Registration):
            continue
        who = finding.registrant
        found = (
            (Kind.EMAIL, registrant_email(who.email), _EMAIL),
            (Kind.PERSON, registrant_name(who.name), _PERSON),
            (Kind.PERSON, registrant_name(who.organization), _PERSON),
        )
        for kind, value, own in found:
            if value and (kind, value) not in seen:
                seen.add((kind, value))
                yield Lead(kind=kind, value=value, weight=own * weight)
