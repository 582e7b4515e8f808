"""DNS Lookup of WhoisXML API: what the DNS holds for a name, as seen from somewhere else."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from mantis_crawler.items import Ask, DnsRecord, Question
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read

_TYPES = "A,AAAA,CNAME,NS,MX,SOA,TXT"


class DnsLookup(WhoisXml):
    """All types in one request; each has its value under a name of its own."""

    name = "whoisxml_dns"
    about = About(
        title="WhoisXML API DNS Lookup",
        gives="the A, AAAA, CNAME, NS, MX, SOA and TXT records of a name, as its resolvers see them",
        costs="1 credit a name",
        sends="the name; its resolvers ask the name's own servers",
        get=GET_ONE,
    )
    asks = frozenset((Ask.RECORDS,))
    hosts = ("www.whoisxmlapi.com",)
    rate = 5.0
    keeps = 1.0

    def call(self, question: Question) -> Call:
        """Ask; without the format it would answer in XML."""
        query = urlencode({"domainName": question.subject, "type": _TYPES, "outputFormat": "JSON"})
        return Call(url=f"https://{self.hosts[0]}/whoisserver/DNSService?{query}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the records."""
        data = member(read(body), "DNSData", dict)
        rows = data.get("dnsRecords")
        if rows is None:  # of a name that has none it tells the types that were asked for, and no more
            member(data, "domainName", str)
        found = tuple(record for row in rows or () for record in _records(row))
        return Page(findings=found, total=len(found))


def _records(row: Any) -> Iterator[DnsRecord]:
    """Yield what a row holds; of TXT a text is in pieces."""
    kind, ttl = text(row, "dnsType").upper(), row.get("ttl") if isinstance(row, dict) else None
    value = text(row, "address", "target", "host")
    if kind == "TXT" and isinstance(strings := row.get("strings"), list):
        value = "".join(map(str, strings))
    if kind and value:
        value = value if kind == "TXT" else value.removesuffix(".").lower()
        yield DnsRecord(type=kind, value=value, ttl=ttl if isinstance(ttl, int) else None)
