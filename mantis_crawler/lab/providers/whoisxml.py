"""The services of WhoisXML API, over the lab's case; shapes as in the vendor's documentation."""

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from mantis_crawler.lab.case import NEW_REGISTRAR, PRIVACY, REGISTRAR, SINCE
from mantis_crawler.lab.providers.service import Service, as_json, in_json, key_of, parameters
from mantis_crawler.lab.site import Reply, Request, dice

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World

_PAGE = 300
_DOMAINS = 10_000


class ReverseIp(Service):
    """Pages of 300, each after the last name of the one before."""

    name = "reverse_ip"
    hosts = ("reverse-ip.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with names; of the faults of paging, those that the key names."""
        given, fault = parameters(asked), key_of(asked)
        address, start = given.get("ip", ""), given.get("from", "1")
        if fault.startswith("lab-endless"):
            number = 0 if start == "1" else int(start.split(".")[0].removeprefix("n")) + 1
            names = tuple(f"n{number + step:09}.duckdns.org" for step in range(_PAGE))
        elif fault.startswith("lab-same-page"):
            names = tuple(f"n{step:09}.duckdns.org" for step in range(_PAGE))
        else:
            names = world.case.at.get(address, ())
            names = tuple(name for name in names if start in {"0", "1"} or name > start)[:_PAGE]
        rows = [{"name": name, **_seen(world.seed, name)} for name in names]
        return as_json({"current_page": start, "size": len(rows), "result": rows})


class WhoisHistory(Service):
    """A free preview, and all registrations at once."""

    name = "whois_history"
    hosts = ("whois-history.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with the registrations that were."""
        given = parameters(asked)
        domain = given.get("domainName", "")
        case = world.case
        known = domain in case.domains
        opened = [(*case.registrant, 2018)] if domain == case.domains[0] else []
        owners = [*opened, (PRIVACY, f"{domain}@domainsbyproxy.com", 2021)] if known else []
        rows = [_registered(domain, name, email, year) for name, email, year in owners]
        if given.get("mode") != "purchase":
            return as_json({"recordsCount": len(rows)})
        return as_json({"recordsCount": len(rows), "records": rows})


class ReverseWhois(Service):
    """A free preview, and pages of 10,000."""

    name = "reverse_whois"
    hosts = ("reverse-whois.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with the registrant's domains."""
        given = in_json(asked)
        terms = given.get("basicSearchTerms", {}).get("include", [])
        case = world.case
        if key_of(asked).startswith("lab-ten-million"):
            return _ten_million(given)
        wanted = {word.lower() for word in case.registrant}
        known = any(str(term).lower() in wanted for term in terms)
        domains = [*case.by_whois, case.domains[0]] if known else []
        if given.get("mode") != "purchase":
            return as_json({"domainsCount": len(domains)})
        start = int(given.get("searchAfter") or 0)
        rows = domains[start : start + _DOMAINS]
        after = start + _DOMAINS if start + _DOMAINS < len(domains) else None
        return as_json({"nextPageSearchAfter": after, "domainsCount": len(rows), "domainsList": rows})


class WhoisService(Service):
    """WHOIS; it answers in XML unless JSON is asked for."""

    name = "whois"
    hosts = ("www.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with the registration that is."""
        domain = parameters(asked).get("domainName", "")
        if not registered(world, domain):
            missing = {"domainName": domain, "dataError": "MISSING_WHOIS_DATA"}
            return as_json({"WhoisRecord": missing})
        created = born(world.seed, domain)
        record = {
            "domainName": domain,
            "createdDate": f"{created:%Y-%m-%dT%H:%M:%SZ}",
            "registrarName": NEW_REGISTRAR,
            "registrant": {"organization": PRIVACY, "countryCode": "US"},
            "nameServers": {"hostNames": ["NS1.HARBOUR-NAMES.NET", "NS2.HARBOUR-NAMES.NET"], "ips": []},
            "status": "clientTransferProhibited clientUpdateProhibited",
            "registryData": {},
        }
        return as_json({"WhoisRecord": record})

    def refusal(self, status: int, words: str) -> Reply:
        """Return an error as this service does: in its own envelope, with status 200."""
        return as_json({"ErrorMessage": {"errorCode": f"API_KEY_{status}", "msg": words}})


class ThreatIntelligence(Service):
    """Whether a value is known bad."""

    name = "threat_intelligence"
    hosts = ("threat-intelligence.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with what was reported."""
        value = parameters(asked).get("ioc", "")
        bad = value in world.case.bad
        kind = "malware" if value in world.case.roles else "phishing"
        seen = {"firstSeen": SINCE + 86400, "lastSeen": SINCE + 200 * 86400}
        row = {"value": value, "iocType": "domain", "threatType": kind, **seen}
        return as_json({"total": int(bad), "results": [row] if bad else []})


def registered(world: "World", domain: str) -> bool:
    """Return whether the lab's registry holds a domain."""
    if domain in world.case.names:
        return world.case.names[domain] is not None
    return world.name(domain).fate is None or any(host.endswith(f".{domain}") for host in world.sites)


def born(seed: int, domain: str) -> datetime:
    """Return when a domain of the case was registered."""
    days = dice(seed, "born", domain).randrange(400)
    return datetime.fromtimestamp(SINCE - 200 * 86400 + days * 86400, UTC)


def _seen(seed: int, name: str) -> dict[str, Any]:
    first = SINCE + dice(seed, "seen", name).randrange(150) * 86400
    return {"first_seen": first, "last_visit": first + 9 * 86400, "active": None, "wildcard": None}


def _registered(domain: str, name: str, email: str, year: int) -> dict[str, Any]:
    contact = {"name": name, "organization": "", "street": "", "city": "", "country": "", "email": email}
    return {
        "domainName": domain,
        "domainType": "added",
        "createdDateISO8601": f"{year}-03-04T05:06:07+00:00",
        "updatedDateISO8601": f"{year}-06-16T07:08:09+00:00",
        "expiresDateISO8601": f"{year + 2}-03-04T05:06:07+00:00",
        "audit": {
            "createdDate": f"{year}-06-17T11:23:51+00:00",
            "updatedDate": f"{year}-06-17T11:23:51+00:00",
        },
        "nameServers": ["NS1.HARBOUR-NAMES.NET"],
        "registrarName": REGISTRAR,
        "status": ["clientTransferProhibited"],
        "registrantContact": contact,
        "administrativeContact": {},
        "technicalContact": {},
    }


def _ten_million(given: dict[str, Any]) -> Reply:
    start = int(given.get("searchAfter") or 0)
    if given.get("mode") != "purchase":
        return as_json({"domainsCount": 10_000_000})
    numbers = islice(range(start, 10_000_000), _DOMAINS)
    rows = [f"d{number:08}.com" for number in numbers]
    return as_json({"nextPageSearchAfter": start + _DOMAINS, "domainsCount": len(rows), "domainsList": rows})
