"""WHOIS History of WhoisXML API: who had a domain before, and what was public then."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Question
from mantis_crawler.providers.base import About, Call, Page, member
from mantis_crawler.providers.whoisxml import GET_ONE, IN_HEADER, WhoisXml, read, registration

_CREDITS = 50.0


class WhoisHistory(WhoisXml):
    """A preview that is free tells how many registrations there are; none is bought where there is none."""

    name = "whoisxml_history"
    about = About(
        title="WhoisXML API WHOIS History",
        gives="earlier registrations of a domain, with the registrants of before redaction",
        costs="50 credits a domain; the preview is free",
        sends="the domain",
        get=GET_ONE,
    )
    asks = frozenset((Ask.REGISTRATIONS,))
    hosts = ("whois-history.whoisxmlapi.com",)
    keyed = IN_HEADER
    rate = 5.0
    keeps = 168.0

    def call(self, question: Question) -> Call:
        """Ask for the preview."""
        return self._call(question, "preview", 0)

    def price(self, question: Question) -> float:  # noqa: ARG002 - all cost the same
        """Return the price of a domain that has a history."""
        return _CREDITS

    def _call(self, question: Question, mode: str, cost: float) -> Call:
        query = urlencode({"domainName": question.subject, "mode": mode, "outputFormat": "JSON"})
        return Call(url=f"https://{self.hosts[0]}/api/v1?{query}", cost=cost, step=mode)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the preview, or the registrations."""
        answer = read(body)
        total = member(answer, "recordsCount", int)
        if call.step == "preview":
            wanted = 0 < total < (question.too_many or total + 1)
            return Page(total=total, next=self._call(question, "purchase", _CREDITS) if wanted else None)
        rows = [row for row in member(answer, "records", list) if isinstance(row, dict)]
        found = tuple(registration(row, question.subject) for row in rows)
        return Page(findings=found, total=total, cut=total > len(found))
