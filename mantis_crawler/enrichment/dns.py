"""What the DNS says of an artifact's name and of its domain, and whether two resolvers agree."""

import asyncio
from collections.abc import Iterator
from typing import Any

from mantis_crawler.enrichment.addresses import addresses_of
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.enrichment.lists import is_parking_alias, parent_of, registered_above
from mantis_crawler.enrichment.names import Names
from mantis_crawler.enrichment.zones import KINDS, Zone, is_sinkhole_server
from mantis_crawler.items import Outcome, Record, Resolution


class Dns(Enricher):
    """Starts from the resolution before the visits, and adds what another resolver and the domain say.

    The domain of a dead name is not asked about: it leads nowhere. What a domain has is asked once.
    """

    name = "dns"

    def __init__(self) -> None:
        self._names: Names | None = None

    def look_up_with(self, names: Names) -> None:
        """Take what asks the DNS."""
        self._names = names

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return addresses, aliases and outcome (empty if the name is alive), and what else was asked.

        ``disagree`` names the kinds of records on which the two resolvers differ; ``unknown`` says
        by kind why something could not be found out.

        Raises:
            EnrichmentError: the artifact's name was never resolved.
        """
        found = record.resolution
        if found is None:
            return _literal(record)
        if self._names is None:
            return _plain(found)
        names = self._names
        other, zone, wildcard = await asyncio.gather(
            _opinion(names, found), _zone(names, found), _wildcard(names, found)
        )
        parts = (other, zone, wildcard)
        return {
            **_plain(found),
            **{name: value for part in parts for name, value in part.items() if name not in _JOINED},
            "disagree": [kind for part in parts for kind in part.get("disagree", ())],
            "sinkholed": found.outcome is Outcome.SINKHOLE
            or any(map(is_sinkhole_server, zone.get("name_servers", ()))),
            "unknown": {kind: why for part in parts for kind, why in part.get("unknown", {}).items()},
        }


_JOINED = {"disagree", "unknown"}


def _literal(record: Record) -> dict[str, Any]:
    addresses = list(addresses_of(record))
    if not addresses:
        held = record.artifact.hold
        raise EnrichmentError(f"held ({held}): not looked up" if held else "the name was not resolved")
    return {"addresses": addresses, "aliases": [], "outcome": "", "detail": "an address, not a name"}


def _plain(found: Resolution) -> dict[str, Any]:
    return {
        "addresses": [answer.address for answer in found.answers],
        "aliases": list(found.aliases),
        "outcome": str(found.outcome or ""),
        "detail": found.detail,
    }


async def _opinion(names: Names, found: Resolution) -> dict[str, Any]:
    """Return what the second resolver says, and on what it differs."""
    if not names.second:
        return {}
    other = await names.again(found.host)
    if other is None or other.outcome is Outcome.DNS_TIMEOUT:
        why = f"the second resolver ({names.second}) does not answer"
        return {"unknown": {"second": f"{why}, and is asked no more" if other is None else why}}
    return {"second": _plain(other), "disagree": [*_differ(found, other)]}


def _differ(one: Resolution, other: Resolution) -> Iterator[str]:
    """Yield on what two answers differ. Addresses do where none is in both: many names rotate theirs."""
    if one.outcome is not other.outcome:
        yield "outcome"
    elif one.answers and set(one.answers).isdisjoint(other.answers):
        yield "addresses"
    if one.aliases[:1] != other.aliases[:1] and one.alive and other.alive:
        yield "CNAME"


async def _zone(names: Names, found: Resolution) -> dict[str, Any]:
    """Return what the registered domain has; nothing of a name that leads nowhere."""
    domain = registered_above(found.host)
    if not found.alive or not domain:
        return {}
    zone, *others = await names.zones(domain)
    return {
        "zone": domain,
        "name_servers": list(zone.name_servers),
        "mail_servers": list(zone.mail_servers),
        "soa": {"primary": zone.primary, "contact": zone.contact} if zone.primary else {},
        "parked_by_name_server": any(map(is_parking_alias, zone.name_servers)),
        "disagree": [kind for kind in KINDS for other in others if _unlike(zone, other, kind)],
        "unknown": {
            **zone.unknown,
            **{f"{kind} (second)": why for other in others for kind, why in other.unknown.items()},
        },
    }


def _unlike(zone: Zone, other: Zone, kind: str) -> bool:
    mine, theirs = zone.records(kind), other.records(kind)
    return mine is not None and theirs is not None and mine != theirs


async def _wildcard(names: Names, found: Resolution) -> dict[str, Any]:
    """Return whether any name beside the artifact's (below it, if it was registered) leads somewhere too."""
    below = parent_of(found.host)
    if not found.alive or not below:
        return {}
    probe = await names.wildcard(below)
    if probe.outcome in {Outcome.DNS_TIMEOUT, Outcome.SERVFAIL}:
        return {"unknown": {"wildcard": probe.detail}}
    same = bool(set(found.answers) & set(probe.answers))
    return {
        "wildcard": probe.alive,
        "wildcard_below": below,
        "only_by_wildcard": probe.alive and same and below != found.host,
    }
