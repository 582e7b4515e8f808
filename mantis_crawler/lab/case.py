"""A case of the lab at the size of a published one, with its figures exactly.

Of what WhoisXML API published of Roaming Mantis in August 2022: 97 indicators (90 addresses in six
countries with nine providers, 7 names of three domains), 1,170 names by reverse IP/DNS of which
88.55 % below Duck DNS, 7,086 domains by historic and reverse WHOIS, 24 % of all resolving, to 890
addresses of which 23 are indicators, and about 1 % known bad. Most addresses were Chinese and Korean;
how many each country had is not told, and made up here. Names, people and addresses are made up.
"""

import csv
from collections.abc import Iterator
from functools import cached_property
from io import StringIO
from random import Random

from mantis_crawler.lab.addresses import POOLS
from mantis_crawler.lab.dead import Fate
from mantis_crawler.lab.names import shaped
from mantis_crawler.lab.site import dice

BY_ADDRESS, BY_WHOIS, DUCK_DNS = 1170, 7086, 1036
LIVE_BY_ADDRESS, LIVE_BY_WHOIS = 281, 1700
ADDRESSES, OWN_ADDRESSES = 890, 23
BAD_BY_ADDRESS, BAD_BY_WHOIS = 60, 23
COUNTRIES = {"cn": 33, "kr": 26, "nl": 11, "fr": 8, "us": 7, "de": 5}
ROLES = {"payload": 72, "phishing": 8, "c2": 10}
REGISTRAR, NEW_REGISTRAR = "Harbour Names Inc", "Proxy Harbour LLC"
PRIVACY = "Domains By Proxy, LLC"
SINCE = 1640995200
"""Seconds since the epoch: the campaign's first name was seen on the first day of 2022."""

_COMMENTS = {
    "payload": "Android payload server",
    "phishing": "Apple phishing server",
    "c2": "MoqHao C2 server",
    "landing": "Domain contained in SMS",
}
_FATES = {Fate.NXDOMAIN: 88, Fate.NO_ADDRESS: 10, Fate.SERVFAIL: 2}
_OTHERS = ("{7}.{6}.com", "{9}.com", "{6}-{4}.net", "{8}.xyz")
_WHOIS = ("{8}.com", "{10}.com", "{6}-{5}.com", "{7}{4}.net", "{9}.xyz", "{8}.top")
_CROWDED = (640, 120)
"""Names at the two addresses that have most of them: the first takes three pages."""


class Case:
    """The case of one seed; made when it is first asked for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        source = dice(seed, "case")
        self.addresses = _indicator_addresses(source)
        roles = [role for role, count in ROLES.items() for _ in range(count)]
        source.shuffle(roles)
        self.roles = dict(zip(self.addresses, roles, strict=True))
        """The indicator addresses, and what each is used for."""
        self.domains = tuple(shaped(source, "{5}.com") for _ in range(3))
        """The domains of the campaign; the first was once registered openly."""
        first, second, third = self.domains
        self.hosts = tuple(f"{shaped(source, '{5}')}.{domain}" for domain in (first, second, second, third))
        self.registrant = ("Lin Beispiel", f"lin.{shaped(source, '{6}')}@{shaped(source, '{7}')}.net")
        """Name and e-mail address of who registered the first domain, and thousands of others."""
        self._by_address = _distinct(source, ("{10}.duckdns.org",), DUCK_DNS)
        self._by_address += _distinct(source, _OTHERS, BY_ADDRESS - DUCK_DNS)
        source.shuffle(self._by_address)
        self.by_whois = tuple(_distinct(source, _WHOIS, BY_WHOIS))
        """The domains that the registrant had."""

    @cached_property
    def at(self) -> dict[str, tuple[str, ...]]:
        """The names that each indicator address had, sorted; some addresses had none."""
        source, names = dice(self.seed, "case", "at"), list(self._by_address)
        found: dict[str, list[str]] = {address: [] for address in self.addresses}
        for address, count in zip(self.addresses, _CROWDED, strict=False):
            found[address], names = names[:count], names[count:]
        places = self.addresses[len(_CROWDED) : 60]
        for number, name in enumerate(names):
            found[source.choice(places)].append(name)
            if number % 20 == 0:  # a few have moved, and are found twice
                found[source.choice(self.addresses[:60])].append(name)
        return {address: tuple(sorted(set(names))) for address, names in found.items()}

    @cached_property
    def names(self) -> dict[str, str | None]:
        """Every name of the case, and the address that it leads to now; `None` if it is dead."""
        live = [*self._by_address[:LIVE_BY_ADDRESS], *self.by_whois[:LIVE_BY_WHOIS]]
        source = dice(self.seed, "case", "names")
        hosting = POOLS["sundry"].blocks[0].network
        others = [str(hosting[1 + number]) for number in range(ADDRESSES - OWN_ADDRESSES)]
        visited = [address for address, role in self.roles.items() if role != "c2"]
        places = [*visited[:OWN_ADDRESSES], *others]
        led = {
            name: places[number] if number < len(places) else source.choice(places)
            for number, name in enumerate(live)
        }
        own = {name: visited[number] for number, name in enumerate((*self.hosts, *self.domains))}
        every = dict.fromkeys((*self._by_address, *self.by_whois))
        return {**every, **led, **own}

    @cached_property
    def bad(self) -> frozenset[str]:
        """The names that others have reported, and the indicators."""
        reported = (*self._by_address[:BAD_BY_ADDRESS], *self.by_whois[:BAD_BY_WHOIS])
        return frozenset((*reported, *self.hosts, *self.domains, *self.addresses))

    @cached_property
    def _found_at(self) -> frozenset[str]:
        return frozenset((*self._by_address, *self.hosts, *self.domains))

    def by_address(self, name: str) -> bool:
        """Return whether a name was at an indicator address, or is an indicator."""
        return name in self._found_at

    def fate(self, name: str) -> Fate | None:
        """Return how a name of the case is dead; `None` if it is alive."""
        if self.names[name] is not None:
            return None
        return dice(self.seed, "case", "fate", name).choices([*_FATES], [*_FATES.values()])[0]

    def feed(self) -> str:
        """Return its indicators, in the layout in which the campaign's were published."""
        rows = [*self._rows()]
        dice(self.seed, "case", "feed").shuffle(rows)
        text = StringIO()
        text.write(f"# Indicators of the lab's case: made-up names and addresses; seed {self.seed}\n")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("type", "ioc", "comment", "country"))
        writer.writerows(rows)
        return text.getvalue()

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for address, role in self.roles.items():
            yield "ip", _defang(address), _COMMENTS[role], ""
        for name in (*self.hosts, *self.domains):
            yield "domain", _defang(name), _COMMENTS["landing"], "fr"


def _indicator_addresses(source: Random) -> list[str]:
    """Return addresses by the countries' mix, spread over each country's providers, shuffled."""
    found: list[str] = []
    for country, count in COUNTRIES.items():
        blocks = [block for block in POOLS["case"].blocks if block.country == country]
        for number in range(count):
            block = blocks[number % len(blocks)]
            found.append(str(block.network[10 + 3 * number]))
    source.shuffle(found)
    return found


def _distinct(source: Random, shapes: tuple[str, ...], count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[shaped(source, shapes[len(found) % len(shapes)])] = None
    return [*found]


def _defang(value: str) -> str:
    head, _, tail = value.rpartition(".")
    return f"{head}[.]{tail}"
