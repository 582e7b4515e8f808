"""IP Geolocation of WhoisXML API: where an address is, and whose."""

from typing import Any
from urllib.parse import urlencode

from mantis_crawler.items import Ask, Place, Question
from mantis_crawler.providers.base import About, Call, Page, member, text
from mantis_crawler.providers.whoisxml import GET_ONE, WhoisXml, read


class IpGeolocation(WhoisXml):
    """One address a request."""

    name = "whoisxml_geolocation"
    about = About(
        title="WhoisXML API IP Geolocation",
        gives="country, network and provider of an address",
        costs="1 credit an address",
        sends="the address",
        get=GET_ONE,
    )
    asks = frozenset((Ask.PLACE,))
    hosts = ("ip-geolocation.whoisxmlapi.com",)
    rate = 10.0
    keeps = 168.0

    def call(self, question: Question) -> Call:
        """Ask for one address."""
        query = urlencode({"ipAddress": question.subject})
        return Call(url=f"https://{self.hosts[0]}/api/v1?{query}", cost=1)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read where it is."""
        return Page(findings=(place(read(body), question.subject),), total=1)


def place(answer: Any, address: str) -> Place:
    """Return where an address is, of an answer about it alone.

    Raises:
        ProviderError: the answer has no place.
    """
    location, network = member(answer, "location", dict), answer.get("as")
    asn = network.get("asn") if isinstance(network, dict) else None
    return Place(
        address=address,
        country=text(location, "country").lower(),
        asn=asn if isinstance(asn, int) else None,
        network=text(network, "name"),
        provider=text(answer, "isp"),
    )
