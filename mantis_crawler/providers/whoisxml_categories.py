"""Website Categorization of WhoisXML API: what it takes a site for."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Category, Question
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read

_LEAST = 0.55
"""Confidence below which the service itself says that a category is a guess."""


class WebsiteCategorization(WhoisXml):
    """Version 3; of a site that does not answer it says so, and may still have categories."""

    name = "whoisxml_categories"
    about = About(
        title="WhoisXML API Website Categorization",
        gives="what a site is taken for, with a confidence",
        costs="1 credit a name",
        sends="the name; the service may visit it from its own addresses",
        get=GET_ONE,
    )
    asks = frozenset((Ask.CATEGORIES,))
    hosts = ("website-categorization.whoisxmlapi.com",)
    rate = 5.0
    keeps = 168.0

    def call(self, question: Question) -> Call:
        """Ask for what it is reasonably sure of."""
        query = {"domainName": question.subject, "minConfidence": _LEAST, "outputFormat": "JSON"}
        return Call(url=f"https://{self.hosts[0]}/api/v3?{urlencode(query)}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the categories, the surest first."""
        rows = [row for row in member(read(body), "categories", list) if text(row, "name")]
        found = [Category(name=text(row, "name"), confidence=_sure(row.get("confidence"))) for row in rows]
        found.sort(key=lambda category: -(category.confidence or 0))
        return Page(findings=tuple(found), total=len(found))


def _sure(confidence: object) -> float | None:
    return float(confidence) if isinstance(confidence, int | float) else None
