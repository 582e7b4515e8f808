"""What the embedded internet's domains have in the DNS beside addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mantis_crawler.enrichment.lists import registered_above, registrable
from mantis_crawler.lab.addresses import pool
from mantis_crawler.lab.site import dice
from mantis_crawler.lab.world import World

SERIAL, TIMES = 2022080101, "7200 900 1209600 300"
_MAIL = frozenset(("company", "news", "shared", "cdn"))
"""Pools whose owners get mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRecords:
    """One registered domain."""

    domain: str
    server: str
    """The name that its name servers are numbered below."""
    mail: bool

    def of(self, kind: str) -> Iterator[str]:
        """Yield the domain's own records of a kind, as a zone file has them."""
        if kind == "NS":
            yield from (f"{number}.{self.server}." for number in (1, 2))
        elif kind == "MX" and self.mail:
            yield from (f"{10 * number} mail{number}.{self.domain}." for number in (1, 2))
        elif kind == "SOA":
            yield self.soa

    @property
    def soa(self) -> str:
        """Who answers for the domain."""
        return f"1.{self.server}. hostmaster.{self.server}. {SERIAL} {TIMES}"


@lru_cache(maxsize=65_536)
def zone_of(world: World, host: str) -> ZoneRecords | None:
    """Return the registered domain that a host is in; ``None`` if nothing lives there."""
    domain = registered_above(host)
    if not domain:
        return None
    if not registrable(domain):  # customers have their names below it
        return ZoneRecords(domain=domain, server=f"ns.{domain}", mail=True)
    kind = world.zones.get(domain)
    if kind is None and (site := world.site(domain)):
        kind = site.pool
    if kind is None:
        return None
    mail = kind in _MAIL and dice(world.seed, "mail", domain).random() < 0.9
    return ZoneRecords(domain=domain, server=pool(kind).name_server, mail=mail)
