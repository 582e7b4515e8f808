"""IP Geolocation of WhoisXML API: where an address is, and whose."""

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
        answer = read(body)
        location, network = member(answer, "location", dict), answer.get("as")
        asn = network.get("asn") if isinstance(network, dict) else None
        place = Place(
            address=question.subject,
            country=text(location, "country").lower(),
            asn=asn if isinstance(asn, int) else None,
            network=text(network, "name"),
            provider=text(answer, "isp"),
        )
        return Page(findings=(place,), total=1)
