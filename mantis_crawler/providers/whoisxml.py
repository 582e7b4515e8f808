"""What all services of WhoisXML API have in common: one key, and five ways to say that they failed.

Shapes as in the vendor's documentation and its own client libraries, autumn 2026.
"""

from typing import Any

from mantis_crawler.items import Contact, Failure, Registration
from mantis_crawler.providers.base import Keyed, KeyPlace, Provider, ProviderError, refused, text
from mantis_crawler.providers.reading import failed, read_json, read_time

KEY = "whoisxml"
GET_ONE = "a key is had at https://whoisxmlapi.com"
IN_QUERY = Keyed(key=KEY, place=KeyPlace.QUERY, field="apiKey")
IN_HEADER = Keyed(key=KEY, place=KeyPlace.HEADER, field="X-Authentication-Token")
"""Documented for WHOIS History and Reverse WHOIS alone."""


class WhoisXml(Provider):
    """One service of WhoisXML API."""

    keyed = IN_QUERY

    def refusal(self, status: int, body: str) -> ProviderError:
        """Return what its words mean; where it has none, what the status means."""
        try:
            answer = read_json(body)
        except ProviderError:
            return refused(status)
        try:
            check(answer, status)
        except ProviderError as error:
            return refused(status) if error.failure is Failure.UNREACHABLE else error
        return refused(status)


def read(body: str) -> Any:
    """Return the JSON of an answer that is none of the five errors.

    Raises:
        ProviderError: it is one, or no JSON.
    """
    answer = read_json(body)
    check(answer)
    return answer


def check(answer: Any, status: int = 0) -> None:
    """Look for the five envelopes of errors; some come with HTTP 200.

    Raises:
        ProviderError: the answer is one.
    """
    if not isinstance(answer, dict):
        return
    if isinstance(answer.get("ErrorMessage"), dict):
        raise failed(text(answer["ErrorMessage"], "msg", "errorCode") or "an error", status)
    inner = answer.get("response")
    if isinstance(inner, dict) and ("error" in inner or "errors" in inner):
        raise failed(str(inner.get("error") or inner.get("errors")), status)
    words = answer.get("messages") or answer.get("error")
    if words and ("code" in answer or "error" in answer):
        code = answer.get("code")
        raise failed(str(words), code if isinstance(code, int) else status)


def contact(value: Any) -> Contact:
    """Return a contact of WHOIS or WHOIS History."""
    country = text(value, "countryCode", "country").lower()
    return Contact(
        name=text(value, "name"),
        organization=text(value, "organization"),
        email=text(value, "email"),
        country=country if len(country) == 2 else "",
    )


_OTHERS = ("administrativeContact", "technicalContact", "billingContact")


def registration(value: Any, domain: str) -> Registration:
    """Return a registration of WHOIS (dates as ``createdDate``) or of WHOIS History (``…ISO8601``)."""
    servers, status = value.get("nameServers"), value.get("status")
    hosts = servers.get("hostNames") if isinstance(servers, dict) else servers
    words = status.split() if isinstance(status, str) else status
    audit = value.get("audit")
    return Registration(
        domain=text(value, "domainName").lower() or domain,
        registrant=contact(value.get("registrantContact") or value.get("registrant")),
        others=tuple(contact(value[name]) for name in _OTHERS if value.get(name)),
        registrar=text(value, "registrarName"),
        **{
            field: read_time(text(value, f"{name}DateISO8601", f"{name}DateNormalized", f"{name}Date"))
            for field, name in (("created", "created"), ("updated", "updated"), ("expires", "expires"))
        },
        name_servers=tuple(str(host).lower().removesuffix(".") for host in hosts or ()),
        status=tuple(str(word) for word in words or ()),
        seen=read_time(text(audit, "updatedDate", "createdDate")),
    )
