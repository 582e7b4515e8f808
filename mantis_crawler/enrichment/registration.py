"""Who has an artifact's domain: registrar, age, and whether the owner is shown."""

from datetime import UTC, datetime
from typing import Any

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.lists import is_parking_alias, registrable, suffix_of
from mantis_crawler.enrichment.replies import Asking
from mantis_crawler.items import Ask, Record, Registration
from mantis_crawler.items.redacted import redacted


class Registered(Asking):
    """Asks RDAP, and WHOIS where that may cost something; only of domains that lead somewhere.

    A name below a dynamic DNS or hosting suffix has no registration of its own.
    """

    name = "registration"
    asked = (Ask.REGISTRATION,)

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return registrar, times, age in days at the time of asking, privacy and parking.

        Raises:
            EnrichmentError: nobody could say, or there is nothing to ask.
        """
        domain = _domain(record)
        good, unknown = await self.answers(Ask.REGISTRATION, domain, record)
        found = [(reply.provider, one) for reply in good for one in reply.findings]
        known = [(name, one) for name, one in found if isinstance(one, Registration)]
        known.sort(key=lambda pair: pair[0])  # whoever was the quicker: the same names say the same
        if not known:
            return {"domain": domain, "registered": False, "unknown": unknown}
        return {"domain": domain, "registered": True, **_told([one for _, one in known]), "unknown": unknown}


def _domain(record: Record) -> str:
    host = record.artifact.host
    if record.resolution is None or not record.resolution.alive:
        raise EnrichmentError("asked only of names that lead somewhere")
    domain = registrable(host)
    if not domain:
        raise EnrichmentError("no domain that somebody has registered")
    if suffix_of(host)[1] != "icann":
        raise EnrichmentError(f"a name below {suffix_of(host)[0]} has no registration of its own")
    return domain


def _told(known: list[Registration]) -> dict[str, Any]:
    """Return what the registrations say together: the first that tells something goes before the others."""

    def first(field: str) -> Any:
        return next((value for one in known if (value := getattr(one, field))), "")

    created = first("created")
    servers = first("name_servers") or ()
    contacts = [contact for one in known for contact in (one.registrant, *one.others)]
    words = [word for who in contacts for word in (who.name, who.organization, who.email) if word]
    return {
        "registrar": first("registrar"),
        "created": created,
        "expires": first("expires"),
        "age_days": _days(created),
        "name_servers": list(servers),
        "privacy": not words or any(map(redacted, words)),
        "parked_by_name_server": any(map(is_parking_alias, servers)),
        "status": list(first("status") or ()),
    }


def _days(created: str) -> int | None:
    try:
        return (datetime.now(UTC) - datetime.fromisoformat(created)).days
    except ValueError:
        return None
