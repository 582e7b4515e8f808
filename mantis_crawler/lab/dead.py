"""Names that lead nowhere, each in its own way: three quarters of a real list."""

from dataclasses import dataclass
from enum import StrEnum

from mantis_crawler.lab.addresses import POOLS
from mantis_crawler.lab.names import shaped
from mantis_crawler.lab.site import dice


class Fate(StrEnum):
    """How a name is dead. The first four are decided by the DNS, the rest at the address."""

    NXDOMAIN = "nxdomain"
    NO_ADDRESS = "no_address"
    SERVFAIL = "servfail"
    DNS_TIMEOUT = "dns_timeout"
    SINKHOLE = "sinkhole"
    """Leads to an address that defenders hold."""
    NOT_PUBLIC = "not_public"
    """Leads to an address that is not globally routable."""
    PARKED_AT_NOTHING = "parked_at_nothing"
    """Leads to a parking provider that has nothing there."""
    REFUSED = "refused"
    CONNECT_TIMEOUT = "connect_timeout"
    TLS_BROKEN = "tls_broken"
    """Answers on 443 only, and no TLS."""
    GARBAGE = "garbage"
    """Speaks, but no HTTP."""
    MUTE = "mute"
    """Closes the connection without an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadName:
    """One name of the embedded internet that no page is behind."""

    host: str
    fate: Fate
    address: str | None
    """Where the DNS leads; ``None`` where the DNS itself is the end."""
    country: str | None = None
    """Country of its campaign, where the feed tells it."""

    @property
    def scheme(self) -> str:
        """Which scheme its indicator has."""
        return "https" if self.fate is Fate.TLS_BROKEN else "http"


SINKHOLES = ("87.106.24.200", "87.106.250.34", "74.208.64.191", "94.23.175.2")
"""Of the public list of sinkholes that enrichment reads."""

_DEAD = POOLS["dead"].blocks[0].network
_PARKING = POOLS["parking"].blocks[0].network
ADDRESSES: dict[Fate, tuple[str, ...]] = {
    Fate.SINKHOLE: SINKHOLES,
    Fate.NOT_PUBLIC: ("127.0.0.1", "10.0.0.138", "192.168.1.1", "169.254.169.254"),
    Fate.PARKED_AT_NOTHING: tuple(str(_PARKING[host]) for host in range(201, 204)),
    Fate.REFUSED: tuple(str(_DEAD[host]) for host in range(10, 20)),
    Fate.CONNECT_TIMEOUT: tuple(str(_DEAD[host]) for host in range(40, 43)),
    Fate.TLS_BROKEN: tuple(str(_DEAD[host]) for host in range(60, 64)),
    Fate.GARBAGE: tuple(str(_DEAD[host]) for host in range(80, 84)),
    Fate.MUTE: tuple(str(_DEAD[host]) for host in range(100, 104)),
}
"""Where names of each fate lead; a fate that is missing here has no address."""

COUNTS: dict[Fate, int] = {
    Fate.NXDOMAIN: 232,
    Fate.NO_ADDRESS: 22,
    Fate.SERVFAIL: 10,
    Fate.DNS_TIMEOUT: 4,
    Fate.SINKHOLE: 10,
    Fate.NOT_PUBLIC: 4,
    Fate.PARKED_AT_NOTHING: 5,
    Fate.REFUSED: 16,
    Fate.CONNECT_TIMEOUT: 3,
    Fate.TLS_BROKEN: 5,
    Fate.GARBAGE: 4,
    Fate.MUTE: 4,
}
"""How many names the world has of each fate. Resolvers and visits wait for the two timeouts: few."""

_SHAPES: tuple[tuple[str, str | None], ...] = (
    ("{5}.{5}.com", "fr"),
    ("{5}.{5}.com", "fr"),
    ("{10}.duckdns.org", "jp"),
    ("{10}.duckdns.org", "de"),
    ("{8}.{6}.top", "kr"),
    ("{9}.xyz", None),
    ("{6}-{5}.com", None),
    ("{7}{4}.net", None),
)


def dead_names(seed: int) -> list[DeadName]:
    """Return the world's dead names, by fate."""
    return [_dead_name(seed, fate, number) for fate, count in COUNTS.items() for number in range(count)]


def _dead_name(seed: int, fate: Fate, number: int) -> DeadName:
    source = dice(seed, "dead", fate, str(number))
    shape, country = source.choice(_SHAPES)
    places = ADDRESSES.get(fate)
    address = places[number % len(places)] if places else None
    return DeadName(host=shaped(source, shape), fate=fate, address=address, country=country)
