"""WHOIS of WhoisXML API: who has a domain now."""

from urllib.parse import urlencode

from mantis_crawler.items import Ask, Question
from mantis_crawler.providers.base import About, Call, Page, member
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read, registration


class Whois(WhoisXml):
    """One record a domain; the registrar's facts go before the registry's."""

    name = "whoisxml_whois"
    about = About(
        title="WhoisXML API WHOIS",
        gives="the current registration of a domain, of registries without RDAP too",
        costs="1 credit a domain",
        sends="the domain",
        get=GET_ONE,
    )
    asks = frozenset((Ask.REGISTRATION,))
    hosts = ("www.whoisxmlapi.com",)
    rate = 5.0

    def call(self, question: Question) -> Call:
        """Ask; without the format it would answer in XML."""
        query = urlencode({"domainName": question.subject, "outputFormat": "JSON"})
        return Call(url=f"https://{self.hosts[0]}/whoisserver/WhoisService?{query}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the record; of many registries only ``registryData`` is filled."""
        record = member(read(body), "WhoisRecord", dict)
        if "dataError" in record and not record.get("registryData"):
            return Page(total=0)
        registry = record.get("registryData")
        merged = {**registry, **{k: v for k, v in record.items() if v}} if registry else record
        return Page(findings=(registration(merged, question.subject),), total=1)
