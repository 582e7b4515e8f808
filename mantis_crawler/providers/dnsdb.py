"""DNSDB, in its streaming frame: an answer without its last line is no answer."""

from urllib.parse import quote

from mantis_crawler.items import Ask, Question, Sight
from mantis_crawler.providers.base import About, Call, Keyed, KeyPlace, Page, Provider, text, unreadable
from mantis_crawler.providers.reading import failed, read_lines, read_time


class DnsDb(Provider):
    """DomainTools' passive DNS (API version 2)."""

    name = "dnsdb"
    about = About(
        title="DNSDB",
        gives="names at an address and addresses of a name, first and last seen",
        costs="1 query of the subscription's quota a question",
        sends="the name or address, to DomainTools",
        get="a key is had from DomainTools",
    )
    asks = frozenset((Ask.NAMES_AT, Ask.ADDRESSES_OF))
    hosts = ("api.dnsdb.info",)
    keyed = Keyed(key="dnsdb", place=KeyPlace.HEADER, field="X-API-Key")
    rate = 2.0

    def call(self, question: Question) -> Call:
        """Ask by address or by name; as many as are wanted."""
        subject = quote(question.subject, safe="")
        at_address = question.ask is Ask.NAMES_AT
        path = f"rdata/ip/{subject}" if at_address else f"rrset/name/{subject}/A"
        headers = (("Accept", "application/x-ndjson"),)
        url = f"https://{self.hosts[0]}/dnsdb/v2/lookup/{path}?limit={question.limit}"
        return Call(url=url, headers=headers, cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - one request
        """Read the frame."""
        rows = [row for row in read_lines(body) if isinstance(row, dict)]
        end = text(rows[-1], "cond") if rows else ""
        if end == "failed":
            raise failed(text(rows[-1], "msg") or "failed")
        if end not in {"succeeded", "limited"}:
            raise unreadable("its answer is cut off: the last line is missing")
        found: dict[str, Sight] = {}
        for row in rows:
            inner = row.get("obj")
            if not isinstance(inner, dict):
                continue
            first = read_time(inner.get("time_first") or inner.get("zone_time_first"))
            last = read_time(inner.get("time_last") or inner.get("zone_time_last"))
            values = [text(inner, "rrname")] if question.ask is Ask.NAMES_AT else inner.get("rdata") or []
            for value in values:
                name = str(value).removesuffix(".")
                found.setdefault(name, Sight(value=name, first=first, last=last))
        return Page(findings=tuple(found.values()), cut=end == "limited")
