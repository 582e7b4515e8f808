"""What the embedded internet holds: names, addresses and sites, and what becomes of those it does not know.

Unknown names and addresses are made on demand by a hash of the seed, so that anybody's feed can be
run against the lab.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import IPv4Address
from itertools import pairwise

from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.lists import registered_above
from mantis_crawler.lab import sites
from mantis_crawler.lab.addresses import CDN_ALIAS, address_of, block_of
from mantis_crawler.lab.case import Case
from mantis_crawler.lab.dead import ADDRESSES, DeadName, Fate, dead_names
from mantis_crawler.lab.hostile import HostilePage, page_at
from mantis_crawler.lab.site import Family, Site, dice
from mantis_crawler.lab.sites.mantis import generated_landing
from mantis_crawler.lab.stock import default_server_page, missing

_CAMPAIGN_NAME = re.compile(r"(?:[a-z]{5}\.)?[a-z]{5}\.com")
_DYNAMIC = "duckdns.org"
"""Answers for whatever is below a customer's name, as the real one does."""
_LONGEST_LABEL = 20
"""Characters; a longer first label is nobody's name, but a question whether any name at all has an answer."""
_FATES_BY_ADDRESS = {address: fate for fate, places in ADDRESSES.items() for address in places}
_LIKELY_FATES = (
    (Fate.NXDOMAIN, 70.0),
    (Fate.NO_ADDRESS, 8.0),
    (Fate.SERVFAIL, 6.0),
    (Fate.REFUSED, 8.0),
    (Fate.SINKHOLE, 4.0),
    (Fate.MUTE, 2.0),
    (Fate.DNS_TIMEOUT, 1.0),
    (Fate.CONNECT_TIMEOUT, 1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What the DNS knows of one name."""

    fate: Fate | None
    """``None`` if the name is alive."""
    address: str | None
    alias: str | None = None
    """The name that it is an alias of, if it is one."""


class World:
    """The names, addresses and sites of one seed. No state but the seed: it never changes."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    @cached_property
    def case(self) -> Case:
        """The case at the size of a published one: its indicators, and what they lead to."""
        return Case(self.seed)

    @cached_property
    def families(self) -> dict[str, list[Site]]:
        """The families of sites by name."""
        return {
            name: list(family.sites(self.seed))
            for name, family in discover(sites, Family).items()  # type: ignore[type-abstract]
        }

    @cached_property
    def sites(self) -> dict[str, Site]:
        """The live sites by host.

        Raises:
            ValueError: two sites have the same host.
        """
        every = [site for family in self.families.values() for site in family]
        known = {site.host: site for site in every}
        if len(known) < len(every):
            hosts = sorted(site.host for site in every)
            twice = next(host for host, after in pairwise(hosts) if host == after)
            raise ValueError(f"two sites of the lab have the host {twice}")
        return known

    @cached_property
    def zones(self) -> dict[str, str]:
        """The registered domains of all that is alive by name, each with the pool of one of its sites."""
        found = {registered_above(site.host): site.pool for site in self.sites.values()}
        case = {registered_above(name): "mantis" for name, address in self.case.names.items() if address}
        return {domain: kind for domain, kind in {**case, **found}.items() if domain}

    @cached_property
    def dead(self) -> dict[str, DeadName]:
        """The dead names by host; a live site goes before."""
        return {dead.host: dead for dead in dead_names(self.seed) if dead.host not in self.sites}

    def name(self, host: str) -> Name:
        """Return what becomes of a name that is looked up."""
        dead = self.dead.get(host)
        if dead:
            return Name(fate=dead.fate, address=dead.address)
        if host not in self.sites and (above := _dynamic(host)):
            return self.name(above)
        if host not in self.sites and host in self.case.names:
            return Name(fate=self.case.fate(host), address=self.case.names[host])
        site = self.site(host)
        if site is None:
            return Name(fate=Fate.NO_ADDRESS, address=None) if host in self.zones else self._stranger(host)
        alias = f"{host.replace('.', '-')}.{CDN_ALIAS}" if site.pool == "cdn" else None
        return Name(fate=None, address=self.address(site), alias=alias)

    def site(self, host: str) -> Site | None:
        """Return the site that answers for a name or address; ``None`` if none does."""
        if host in self.sites:
            return self.sites[host]
        if host in self.dead:
            return None
        if hostile := page_at(host):
            return _hostile(host, hostile)
        return self._unlisted(host)

    def _unlisted(self, host: str) -> Site | None:
        if host in self.case.names or host in self.case.roles:
            return self._of_case(host)
        if _CAMPAIGN_NAME.fullmatch(host):
            return generated_landing(self.seed, host)
        if ipv4(host):
            return self._site_at(host)
        if above := _dynamic(host):
            site = self.site(above)
            return replace(site, host=host) if site else None
        return self._generated(host) if "." in host and self._lives(host) else None

    def address(self, site: Site) -> str:
        """Return where a live site is reached."""
        return site.host if ipv4(site.host) else address_of(self.seed, site.host, site.pool)

    def fate_of_address(self, address: str) -> Fate | None:
        """Return how an address is dead; ``None`` if something answers there."""
        if address in _FATES_BY_ADDRESS:
            return _FATES_BY_ADDRESS[address]
        block = block_of(address)
        if self.case.roles.get(address) == "c2":
            return Fate.REFUSED
        if block:
            return Fate.REFUSED if block.holder == "Eastgate Servers" else None
        luck = dice(self.seed, "address", address).random()
        if luck < 0.75:
            return None
        return Fate.REFUSED if luck < 0.97 else Fate.CONNECT_TIMEOUT

    def _of_case(self, host: str) -> Site | None:
        case = self.case
        if host in case.names and case.names[host] is None:
            return None
        lures = host in case.roles or case.by_address(host)
        return generated_landing(self.seed, host) if lures else self._generated(host)

    def _site_at(self, address: str) -> Site:
        known = block_of(address)
        if not known and dice(self.seed, "address", address).random() < 0.5:
            return generated_landing(self.seed, address)
        return Site(host=address, design="unknown_address", answer=default_server_page, language="en")

    def _lives(self, host: str) -> bool:
        if len(host.partition(".")[0]) > _LONGEST_LABEL:
            return False
        return dice(self.seed, "lives", host).random() < 0.25

    def _generated(self, host: str) -> Site:
        template = dice(self.seed, "template", host).choice(self._templates)
        return replace(template, host=host, certificate="self_signed")

    @cached_property
    def _templates(self) -> list[Site]:
        """Sites that are the same under any name: reached at ``/`` over http, and not geofenced."""
        return [
            site
            for family, members in self.families.items()
            for site in members
            if family != "mantis" and site.path == "/" and site.scheme == "http"
        ]

    def _stranger(self, host: str) -> Name:
        if len(host.partition(".")[0]) > _LONGEST_LABEL:
            return Name(fate=Fate.NXDOMAIN, address=None)
        fates = [fate for fate, _ in _LIKELY_FATES]
        source = dice(self.seed, "fate", host)
        fate = source.choices(fates, [weight for _, weight in _LIKELY_FATES])[0]
        places = ADDRESSES.get(fate)
        return Name(fate=fate, address=source.choice(places) if places else None)


def _dynamic(host: str) -> str:
    """Return the customer's name that a host is below, if it is below one: all of them lead where it does."""
    labels = host.removesuffix(f".{_DYNAMIC}").split(".")
    return f"{labels[-1]}.{_DYNAMIC}" if host.endswith(f".{_DYNAMIC}") and len(labels) > 1 else ""


def ipv4(text: str) -> IPv4Address | None:
    """Return the text as an IPv4 address; ``None`` if it is none."""
    try:
        return IPv4Address(text)
    except ValueError:
        return None


def _hostile(host: str, page: HostilePage) -> Site:
    """Return what stands for a hostile page among the sites; a server of its own answers for it."""
    return Site(
        host=host,
        design=f"hostile-{page.name}",
        answer=lambda _request: missing(),
        language="en",
        scheme=page.scheme,
        certificate=page.certificate,
        pool="hostile",
    )
