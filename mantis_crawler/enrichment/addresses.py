"""What is a name, what is an address, and which addresses lie on the public internet.

Pure: the resolver, the gateway and the guards of the blocklist stand on it.
"""

from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from re import compile as pattern

from mantis_crawler.items import Record

_LABEL = pattern(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = pattern(r"[0-9]+|0x[0-9a-f]*")

_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud's own service, reached from inside by a public address
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
_OPEN_6 = IPv6Network("2000::/3")
# Inside 2000::/3, but a tunnel to an IPv4 address that nobody checked, or no host at all.
_CLOSED_6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)


def parse(address: str) -> IPv4Address | IPv6Address | None:
    """Return an address in its usual spelling (brackets allowed), or ``None`` if it is none.

    A scoped address (``fe80::1%eth0``) is none: its scope means something on one machine only.
    """
    text = address[1:-1] if address.startswith("[") and address.endswith("]") else address
    if "%" in text:
        return None
    try:
        return IPv6Address(text) if ":" in text else IPv4Address(text)
    except AddressValueError:
        return None


def is_public(address: str) -> bool:
    """Return whether an address is globally routable unicast: the only kind that we ever connect to.

    Stricter than ``ipaddress``: IPv4-mapped, NAT64, 6to4 and Teredo addresses wrap an IPv4
    address that may be private, so none of them is public. What is no address is not public.
    """
    parsed = parse(address)
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not any(parsed in network for network in _CLOSED_4)
    if isinstance(parsed, IPv6Address):
        return parsed in _OPEN_6 and parsed.is_global and not any(parsed in network for network in _CLOSED_6)
    return False


def is_name(host: str) -> bool:
    """Return whether a lower-case host without end dot is a name that the DNS can be asked for.

    Where the last label is a number, a browser reads an address in a spelling that we do not
    follow; c-ares cuts a name at a zero byte. Neither is a name.
    """
    labels = host.split(".")
    return (
        len(host) <= 253
        and all(_LABEL.fullmatch(label) for label in labels)
        and not _NUMBER.fullmatch(labels[-1])
    )


def sort_key(address: str) -> tuple[int, int]:
    """Return what sorts addresses the same in every run: IPv4 first, then by number.

    Raises:
        ValueError: the text is no address.
    """
    network = ip_network(address)
    return network.version, int(network.network_address)


def addresses_of(record: Record) -> tuple[str, ...]:
    """Return where a record's artifact lives: what its name resolved to, or the address that it is."""
    if record.resolution is not None and record.resolution.answers:
        return tuple(answer.address for answer in record.resolution.answers)
    literal = parse(record.artifact.host)
    return (str(literal),) if literal else ()
