"""What a registration says of who registered it; used by the pivots that read registrations."""

from collections.abc import Iterator

from mantis_crawler.expansion.base import Kind, Lead
from mantis_crawler.items import Registration, Reply
from mantis_crawler.items.redacted import registrant_email, registrant_name

_EMAIL, _PERSON = 1.0, 0.6
"""An e-mail address is somebody's own; a name may be anybody's who is called so."""


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
