"""Reverse WHOIS of WhoisXML API: what somebody has registered, now or earlier."""

import json

from mantis_crawler.items import Ask, Question, Sight
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.reading import read_time
from mantis_crawler.providers.whoisxml import GET_ONE, IN_HEADER, WhoisXml, read

_CREDITS = 50.0
_HEADERS = (("Content-Type", "application/json"),)


class ReverseWhois(WhoisXml):
    """Asks for current and historic registrations alike; a free preview tells how many there are."""

    name = "whoisxml_reverse_whois"
    about = About(
        title="WhoisXML API Reverse WHOIS",
        gives="domains that were registered with an e-mail address or name, now or earlier",
        costs="50 credits a page of 10,000 domains; the preview is free",
        sends="the registrant's e-mail address or name",
        get=GET_ONE,
    )
    asks = frozenset((Ask.REGISTERED_BY,))
    hosts = ("reverse-whois.whoisxmlapi.com",)
    keyed = IN_HEADER
    rate = 5.0
    keeps = 168.0

    def call(self, question: Question) -> Call:
        """Ask for the preview."""
        return self._call(question, "preview", None)

    def price(self, question: Question) -> float:  # noqa: ARG002 - the first page costs the same
        """Return the price of a registrant who has domains."""
        return _CREDITS

    def _call(self, question: Question, mode: str, after: object) -> Call:
        body = {
            "searchType": "historic",
            "mode": mode,
            "punycode": True,
            "responseFormat": "json",
            "basicSearchTerms": {"include": [question.subject], "exclude": []},
            **({"searchAfter": after} if after is not None else {}),
        }
        return Call(
            url=f"https://{self.hosts[0]}/api/v2",
            method="POST",
            body=json.dumps(body, ensure_ascii=False),
            headers=_HEADERS,
            cost=_CREDITS if mode == "purchase" else 0,
            step=mode,
        )

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the preview, or a page of domains."""
        answer = read(body)
        total = member(answer, "domainsCount", int)
        if call.step == "preview":
            wanted = 0 < total < (question.too_many or total + 1)
            return Page(total=total, next=self._call(question, "purchase", None) if wanted else None)
        found = tuple(sight for row in member(answer, "domainsList", list) if (sight := _sight(row)))
        after = answer.get("nextPageSearchAfter")
        more = self._call(question, "purchase", after) if after is not None else None
        # a page's count is its own; the preview has told that of all
        return Page(findings=found, next=more)


def _sight(row: object) -> Sight | None:
    """Return a domain: alone, or with dates where those were asked for."""
    if isinstance(row, str):
        return Sight(value=row) if row else None
    audit = row.get("audit") if isinstance(row, dict) else None
    name = text(row, "domainName")
    first, last = read_time(text(audit, "createdDate")), read_time(text(audit, "updatedDate"))
    return Sight(value=name, first=first, last=last) if name else None
