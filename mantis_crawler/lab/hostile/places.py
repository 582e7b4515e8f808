"""Addresses where no page may lead us, in every spelling that a browser reads, and names that lead there."""

from collections.abc import Mapping

from mantis_crawler.lab.hostile.page import DOMAIN

SPELLINGS: Mapping[str, str] = {
    "loopback": "127.0.0.1",
    "other-loopback": "127.8.9.1",
    "ten": "10.0.0.138",
    "one-seven-two": "172.16.5.4",
    "one-nine-two": "192.168.1.1",
    "carrier": "100.64.0.1",
    "metadata": "169.254.169.254",
    "this-host": "0.0.0.0",  # noqa: S104 - a place to be refused
    "broadcast": "255.255.255.255",
    "six-loopback": "[::1]",
    "six-unique": "[fd00::1]",
    "six-link": "[fe80::1]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped-metadata": "[::ffff:a9fe:a9fe]",
    "compatible": "[::7f00:1]",
    "nat64": "[64:ff9b::7f00:1]",
    "six-to-four": "[2002:7f00:1::]",
    "teredo": "[2001:0:7f00:1::1]",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
    "hexadecimal": "0x7f.1",
    "short": "127.1",
    "wide": "①②⑦.⓪.⓪.①",
    "localhost": "localhost",
    "localhost-dot": "localhost.",
    "below-localhost": "app.localhost",
    "named": f"inside.{DOMAIN}",
    "alias": f"alias.{DOMAIN}",
    "both": f"both.{DOMAIN}",
    "rebinding": f"rebinds.{DOMAIN}",
}
"""Hosts by what they are called here."""

_PUBLIC = "11.200.3.10"
"""An address of the lab at which every connection is refused, so that a visitor tries the next one."""
ASKING = "28.117.66.250"
"""Where a visitor is asked for a certificate of its own: TLS asks before it knows for which name."""
_RECORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "inside": (("A", "127.0.0.1"), ("AAAA", "::1")),
    "metadata": (("A", "169.254.169.254"),),
    "both": (("A", _PUBLIC), ("A", "127.0.0.1"), ("AAAA", "::ffff:7f00:1")),
    "alias": (("CNAME", "localhost."), ("A", "127.0.0.1")),
    "tls-asks-certificate": (("A", ASKING),),
    "nat": (("AAAA", "64:ff9b::7f00:1"),),
}


def records(host: str, times: int, public: str) -> tuple[tuple[str, str], ...]:
    """Return the DNS records of a name below the hostile domain, as type and value.

    Args:
        host: the name.
        times: how often it was asked for, this time included: a name that rebinds is public at first.
        public: where the pages live.
    """
    name = host.partition(".")[0]
    if name in {"rebinds", "rebind"}:
        return (("A", public if times == 1 else "127.0.0.1"),)
    return _RECORDS.get(name, (("A", public),))
