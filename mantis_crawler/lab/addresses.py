"""The public-looking addresses of the embedded internet, and whose they are.

The blocks are globally routable by the registry but announced by nobody, so that the lab names no
real machine. Autonomous systems have numbers that are kept for documentation (RFC 5398).
"""

from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network

from mantis_crawler.lab.site import dice


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Addresses of one holder."""

    network: IPv4Network
    asn: int
    holder: str
    country: str
    """ISO 3166-1 alpha-2, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Blocks that one kind of site lives in."""

    name: str
    blocks: tuple[Block, ...]
    used: int
    """How many addresses of each block carry sites: the fewer, the more names share one."""
    name_server: str


PARKING_SERVERS = "sedoparking.com"
"""Of the public list of parking providers' name servers that enrichment reads."""


def _pool(name: str, used: int, name_server: str, *blocks: tuple[str, int, str, str]) -> Pool:
    made = tuple(
        Block(network=IPv4Network(network), asn=asn, holder=holder, country=country)
        for network, asn, holder, country in blocks
    )
    return Pool(name=name, blocks=made, used=used, name_server=name_server)


POOLS: dict[str, Pool] = {
    pool.name: pool
    for pool in (
        _pool(
            "mantis", 2, "dns.harbour-vps.net",
            ("11.42.7.0/24", 64496, "Harbour VPS Ltd", "hk"),
            ("22.71.5.0/24", 64497, "Taihe Cloud", "tw"),
        ),
        _pool(
            "shared", 5, "ns.breitband-hosting.net",
            ("7.18.33.0/24", 64498, "Breitband Hosting AG", "de"),
            ("55.20.31.0/24", 64499, "Prairie Web Hosting", "us"),
        ),
        _pool(
            "parking", 3, PARKING_SERVERS,
            ("21.9.64.0/24", 64500, "Parkhaus Names Inc", "us"),
            ("103.224.182.0/24", 64500, "Parkhaus Names Inc", "us"),
        ),
        _pool("gambling", 3, "ns.lucky-racks.net", ("26.130.8.0/24", 64501, "Lucky Racks NV", "nl")),
        _pool("adult", 3, "ns.velvet-hosting.net", ("28.61.90.0/24", 64502, "Velvet Hosting BV", "nl")),
        _pool(
            "news", 6, "ns.pressewerk.net",
            ("29.14.200.0/24", 64503, "Pressewerk Rechenzentrum", "ch"),
            ("25.9.9.0/24", 64504, "Broadsheet Networks", "gb"),
        ),
        _pool(
            "company", 12, "ns.mittelstand-it.net",
            ("30.77.12.0/24", 64505, "Mittelstand IT GmbH", "de"),
            ("33.5.141.0/24", 64506, "Meridian Colocation", "fr"),
        ),
        _pool("cdn", 2, "ns.swiftcache.net", ("26.88.1.0/24", 64507, "Swiftcache Edge", "us")),
        _pool("c2", 10, "dns.harbour-vps.net", ("6.40.2.0/24", 64508, "Eastgate Servers", "hk")),
        _pool("hostile", 4, "ns.stormy-hosting.net", ("28.117.66.0/24", 64510, "Stormy Hosting", "md")),
        _pool("dead", 0, "ns.breitband-hosting.net", ("11.200.3.0/24", 64509, "Breitband Hosting AG", "de")),
        _pool(
            "case", 0, "dns.harbour-vps.net",
            ("6.71.20.0/24", 65536, "Jinhe Telecom", "cn"),
            ("7.44.109.0/24", 65537, "Pearl Delta Networks", "cn"),
            ("11.93.58.0/24", 65538, "Hanbit Telecom", "kr"),
            ("21.140.6.0/24", 65539, "Namsan Data Center", "kr"),
            ("22.17.211.0/24", 65540, "Polder Cloud BV", "nl"),
            ("26.205.33.0/24", 65541, "Atelier Reseau SAS", "fr"),
            ("28.12.170.0/24", 65542, "Cascade Virtual Servers", "us"),
            ("29.88.4.0/24", 65543, "Gulf Plain Hosting", "us"),
            ("30.151.77.0/24", 65544, "Rheintal Netze GmbH", "de"),
        ),
        _pool("sundry", 0, "ns.prairie-hosting.net", ("33.64.128.0/22", 65545, "Sundry Hosting Inc", "us")),
    )
}  # fmt: skip

CDN_ALIAS = "edge.swiftcache.net"
"""What names in the pool ``cdn`` are aliases below."""


def pool(name: str) -> Pool:
    """Return the pool of that name, or the shared one."""
    return POOLS.get(name, POOLS["shared"])


def carriers(name: str) -> tuple[str, ...]:
    """Return the addresses of a pool that carry sites."""
    chosen = pool(name)
    return tuple(str(block.network[20 + 7 * step]) for block in chosen.blocks for step in range(chosen.used))


def address_of(seed: int, host: str, pool_name: str) -> str:
    """Return where a live name of a pool leads to."""
    return dice(seed, "address", host).choice(carriers(pool_name))


@cache
def block_of(address: str) -> Block | None:
    """Return the block that an address lies in, if it is one of the lab's."""
    number = IPv4Address(address)
    blocks = (block for each in POOLS.values() for block in each.blocks)
    return next((block for block in blocks if number in block.network), None)
