"""Domain Reputation of WhoisXML API: a score, and the warnings of its tests."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from mantis_crawler.items import Ask, Question, Reputation
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read

_MALWARE_DATABASES = 82
"""Number of the test that looks a name up on lists of known malware and phishing."""


class DomainReputation(WhoisXml):
    """Version 2, in its fast mode: the full one costs three times as much and connects to the name."""

    name = "whoisxml_reputation"
    about = About(
        title="WhoisXML API Domain Reputation",
        gives="a score from 0 to 100, warnings of its tests, whether lists of malware have the name",
        costs="1 credit a name",
        sends="the name",
        get=GET_ONE,
    )
    asks = frozenset((Ask.REPUTATION,))
    hosts = ("domain-reputation.whoisxmlapi.com",)
    rate = 15.0

    def call(self, question: Question) -> Call:
        """Ask in the fast mode."""
        query = urlencode({"domainName": question.subject, "mode": "fast", "outputFormat": "JSON"})
        return Call(url=f"https://{self.hosts[0]}/api/v2?{query}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read score and warnings."""
        answer = read(body)
        score = float(member(answer, "reputationScore", (int, float)))
        tests = [row for row in answer.get("testResults") or () if isinstance(row, dict)]
        listed = any(row.get("testCode") == _MALWARE_DATABASES and row.get("warnings") for row in tests)
        warnings = tuple(warning for row in tests for warning in _warnings(row))
        return Page(findings=(Reputation(score=score, warnings=warnings, listed=listed),), total=1)


def _warnings(row: dict[str, Any]) -> Iterator[str]:
    """Yield a test's warnings: objects in version 2, texts in version 1."""
    for warning in row.get("warnings") or ():
        words = warning if isinstance(warning, str) else text(warning, "warningDescription")
        yield f"{text(row, 'test')}: {words}"[:200]
