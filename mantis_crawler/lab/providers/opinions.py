"""The services of WhoisXML API that say what they themselves see: DNS, reputation, categories, pictures."""

import struct
import zlib
from itertools import chain
from typing import TYPE_CHECKING, Any

from mantis_crawler.lab.providers.service import Service, as_json, parameters
from mantis_crawler.lab.providers.whoisxml import WhoisService
from mantis_crawler.lab.site import Reply, Request, dice
from mantis_crawler.lab.truth import designs

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World

_NUMBERS = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "AAAA": 28}
_TTL = 60
_CATEGORIES = {
    "login": (390, "Phishing and Other Frauds"),
    "download": (388, "Malware Sites"),
    "parked": (402, "Parked Domains"),
    "gambling": (351, "Gambling"),
    "adult": (322, "Adult and Pornography"),
    "news": (371, "News and Media"),
}
_OTHER = (5, "Computer and Internet Info")


class DnsService(WhoisService):
    """The records of a name, under numbers and names of their types; errors as its sister's."""

    name = "dns_service"
    path = "/whoisserver/DNSService"

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with what the lab's own name server says."""
        given = parameters(asked)
        domain = given.get("domainName", "")
        kinds = given.get("type", "_all").upper().split(",")
        known = world.name(domain)
        rows = [_record(domain, "CNAME", target=f"{known.alias}.")] if known.alias else []
        if known.address:
            rows.append(_record(known.alias or domain, "A", address=known.address))
            rows.append(_record(domain, "NS", target="ns1.harbour-names.net."))
            rows.append(_record(domain, "TXT", strings=["v=spf1 ", "-all"]))
            soa = {"host": "ns1.harbour-names.net.", "admin": "hostmaster.harbour-names.net.", "serial": 1}
            rows.append(_record(domain, "SOA", **soa))
        wanted = [row for row in rows if kinds == ["_ALL"] or row["dnsType"] in kinds]
        types = [_NUMBERS[kind] for kind in kinds if kind in _NUMBERS]
        data = {"domainName": domain, "types": types, "dnsTypes": ",".join(kinds)}
        return as_json({"DNSData": {**data, **({"dnsRecords": wanted} if wanted else {})}})


class DomainReputation(Service):
    """Scores in hundredths; those who are known bad stand in a malware database."""

    name = "domain_reputation"
    hosts = ("domain-reputation.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with a score and the tests that were not passed."""
        given = parameters(asked)
        domain = given.get("domainName", "")
        bad = domain in world.case.bad
        young = {"warningDescription": "The domain was registered recently", "warningCode": 1001}
        tests = [{"test": "WHOIS Domain check", "testCode": 93, "warnings": [young]}]
        if bad:
            listed = {"warningDescription": "The domain is listed as phishing", "warningCode": 6015}
            tests.append({"test": "Malware Databases check", "testCode": 82, "warnings": [listed]})
        score = dice(world.seed, "score", domain).uniform(0, 40) if bad else 81.5
        answer = {"mode": given.get("mode", "fast"), "reputationScore": round(score, 2), "testResults": tests}
        return as_json(answer)


class Categorization(Service):
    """Categories of the live sites, as the vendor calls them."""

    name = "website_categorization"
    hosts = ("website-categorization.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with what a desktop computer is shown, or a phone where that is nothing."""
        domain = parameters(asked).get("domainName", "")
        site = world.site(domain)
        design = designs().get(site.design) if site else None
        shown = [*design.shown.values()] if design else []
        known = [_CATEGORIES[word] for word in reversed(shown) if word in _CATEGORIES]
        number, name = known[0] if known else _OTHER
        rows = [{"confidence": 0.85, "id": number, "name": name}] if site else []
        return as_json(
            {
                "as": None,
                "domainName": domain,
                "categories": rows,
                "createdDate": "2022-01-05T00:00:00+00:00",
                "websiteResponded": site is not None,
            }
        )


class Screenshot(Service):
    """A picture in one colour: it is not the lab's matter what others see."""

    name = "website_screenshot"
    hosts = ("website-screenshot.whoisxmlapi.com",)

    def answer(self, asked: Request, world: "World") -> Reply:
        """Answer with a picture of the size that is asked for, or an error where nobody answers."""
        given = parameters(asked)
        host = given.get("url", "").partition("://")[2].partition("/")[0]
        if world.site(host) is None:
            return as_json({"code": 422, "messages": "The website cannot be opened"}, 422)
        colour = dice(world.seed, "picture", host).randbytes(3)
        return Reply(
            body=png(int(given.get("width", 800)), int(given.get("height", 600)), colour), type="image/png"
        )


def png(width: int, height: int, colour: bytes) -> bytes:
    """Return a picture in one colour."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + colour * width) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chain(_chunk(b"IHDR", head), _chunk(b"IDAT", rows), _chunk(b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> tuple[bytes, ...]:
    return struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(kind + data))


def _record(owner: str, kind: str, **value: Any) -> dict[str, Any]:
    number = _NUMBERS[kind]
    words = " ".join(str(part) for part in value.values())
    raw = f"{owner}.\t{_TTL}\tIN\t{kind}\t{words}"
    head = {"type": number, "dnsType": kind, "name": f"{owner}.", "ttl": _TTL, "rRsetType": number}
    return {**head, "rawText": raw, **value}
