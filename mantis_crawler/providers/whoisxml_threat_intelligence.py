"""Threat Intelligence of WhoisXML API: whether a name or address is known bad, and as what."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Question, Threat
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.reading import read_time
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read

_SIZE = 100


class ThreatIntelligence(WhoisXml):
    """The parameter is called ``ioc``; what it does not know has no results."""

    name = "whoisxml_threat_intelligence"
    about = About(
        title="WhoisXML API Threat Intelligence",
        gives="attack, botnet, C2, malware, phishing, spam, suspicious, Tor or generic; since when",
        costs="1 credit a name or address",
        sends="the name or address",
        get=GET_ONE,
    )
    asks = frozenset((Ask.KNOWN_BAD,))
    hosts = ("threat-intelligence.whoisxmlapi.com",)
    rate = 30.0
    keeps = 6.0

    def call(self, question: Question) -> Call:
        """Ask for the exact value."""
        query = urlencode({"ioc": question.subject, "size": _SIZE, "outputFormat": "JSON"})
        return Call(url=f"https://{self.hosts[0]}/api/v1?{query}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the results; times come as seconds or as ISO 8601."""
        answer = read(body)
        rows = [row for row in member(answer, "results", list) if isinstance(row, dict)]
        found = tuple(
            Threat(
                value=text(row, "value"),
                kind=text(row, "threatType"),
                first=read_time(row.get("firstSeen")),
                last=read_time(row.get("lastSeen")),
            )
            for row in rows
        )
        total = answer.get("total")
        return Page(findings=found, total=total if isinstance(total, int) else len(found))
