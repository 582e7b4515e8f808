"""Reverse IP/DNS of WhoisXML API: the names that led to an address."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Question, Sight
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.reading import read_time
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read

_PAGE = 300
"""Names a page; a shorter one is the last."""


class ReverseIp(WhoisXml):
    """Pages of 300 names; each begins after the last name of the one before."""

    name = "whoisxml_reverse_ip"
    about = About(
        title="WhoisXML API Reverse IP/DNS",
        gives="names that led to an address, first and last seen",
        costs="1 credit a page of 300 names",
        sends="the address",
        get=GET_ONE,
    )
    asks = frozenset((Ask.NAMES_AT,))
    hosts = ("reverse-ip.whoisxmlapi.com",)
    rate = 10.0
    keeps = 168.0

    def call(self, question: Question) -> Call | None:
        """Ask for the first page; IPv4 alone."""
        return None if ":" in question.subject else self._from(question, "1")

    def _from(self, question: Question, start: str) -> Call:
        query = urlencode({"ip": question.subject, "from": start, "outputFormat": "JSON"})
        return Call(url=f"https://{self.hosts[0]}/api/v1?{query}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read a page."""
        rows = member(read(body), "result", list)
        sights = tuple(
            Sight(
                value=text(row, "name"),
                first=read_time(row.get("first_seen")),
                last=read_time(row.get("last_visit")),
            )
            for row in rows
            if isinstance(row, dict) and text(row, "name")
        )
        more = self._from(question, sights[-1].value) if len(rows) >= _PAGE and sights else None
        return Page(findings=sights, next=more)
