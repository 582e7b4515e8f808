"""Providers that need no key: IANA and a registry by RDAP, crt.sh, Mnemonic."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

from mantis_crawler.lab.case import NEW_REGISTRAR, PRIVACY, SINCE
from mantis_crawler.lab.providers.service import Service, as_json, parameters
from mantis_crawler.lab.providers.whoisxml import born, registered
from mantis_crawler.lab.site import Reply, Request, dice

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World

_REGISTRY = "rdap.lab-registry.net"


class Iana(Service):
    """The list of the registries: one of them has all."""

    name = "iana"
    hosts = ("data.iana.org",)
    keyed = False

    def answer(self, asked: Request, world: "World") -> Reply:  # noqa: ARG002 - it is the same for all
        """Answer with the list."""
        services = [[["com", "net", "xyz", "top"], [f"https://{_REGISTRY}/v1/"]]]
        return as_json({"version": "1.0", "publication": "2026-11-01T00:00:00Z", "services": services})


class Registry(Service):
    """A registry by RDAP."""

    name = "registry"
    hosts = (_REGISTRY,)
    keyed = False

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with a domain object, or 404."""
        domain = asked.path.rpartition("/")[2].lower()
        if not registered(world, domain):
            return as_json({"errorCode": 404, "title": "Not Found"}, 404)
        created = f"{born(world.seed, domain):%Y-%m-%dT%H:%M:%SZ}"
        return as_json(
            {
                "objectClassName": "domain",
                "ldhName": domain.upper(),
                "status": ["client transfer prohibited"],
                "events": [
                    {"eventAction": "registration", "eventDate": created},
                    {"eventAction": "expiration", "eventDate": created.replace("202", "203", 1)},
                ],
                "entities": [
                    {"roles": ["registrar"], "vcardArray": _card(NEW_REGISTRAR, "")},
                    {"roles": ["registrant"], "vcardArray": _card(PRIVACY, "US")},
                ],
                "nameservers": [{"objectClassName": "nameserver", "ldhName": "NS1.HARBOUR-NAMES.NET"}],
            }
        )


class CrtSh(Service):
    """The certificates of the case's own domains, with their names."""

    name = "crtsh"
    hosts = ("crt.sh",)
    keyed = False

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with a list, without pages."""
        domain = parameters(asked).get("q", "").removeprefix("%.")
        names = [host for host in world.case.hosts if host.endswith(f".{domain}")]
        rows = [
            {
                "id": 7_000_000_000 + number,
                "issuer_name": "C=XX, O=Lab Encrypt, CN=L3",
                "common_name": host,
                "name_value": f"{host}\n{domain}",
                "entry_timestamp": "2022-01-05T00:00:00.000",
                "not_before": "2022-01-05T00:00:00",
                "not_after": "2022-04-05T00:00:00",
                "serial_number": f"{dice(world.seed, 'serial', host).getrandbits(120):030x}",
            }
            for number, host in enumerate(names)
        ]
        return as_json(rows)


class Mnemonic(Service):
    """Passive DNS of the case's own names; of its addresses it has seen a part."""

    name = "mnemonic"
    hosts = ("api.mnemonic.no",)
    keyed = False

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with rows, times in milliseconds."""
        subject = unquote(asked.path).rpartition("/")[2]
        case = world.case
        address = case.names.get(subject) if case.by_address(subject) else None
        pairs = [(name, subject) for name in case.at.get(subject, ())[:5]]
        pairs += [(subject, address)] if address in case.roles else []
        rows = [
            {
                "query": name,
                "answer": place,
                "rrtype": "a",
                "firstSeenTimestamp": SINCE * 1000,
                "lastSeenTimestamp": (SINCE + 86400) * 1000,
                "times": 3,
            }
            for name, place in pairs
        ]
        return as_json({"responseCode": 200, "count": len(rows), "data": rows})


def _card(name: str, country: str) -> list[object]:
    """Return a jCard, with the country in a parameter as registries write it since RFC 8605."""
    address = ["adr", {"cc": country}, "text", ["", "", "", "", "", "", ""]]
    return ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name], address]]
