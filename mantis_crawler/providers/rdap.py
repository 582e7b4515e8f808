"""RDAP: the current registration of a domain, from its registry; found by IANA's list of registries."""

from typing import Any
from urllib.parse import quote

from mantis_crawler.items import Ask, Contact, Failure, Question, Registration
from mantis_crawler.providers.base import About, Call, Page, Provider, ProviderError, member, text
from mantis_crawler.providers.reading import read_json, read_time

_BOOTSTRAP = "https://data.iana.org/rdap/dns.json"
_EVENTS = {"registration": "created", "last changed": "updated", "expiration": "expires"}


class Rdap(Provider):
    """Free, and without a key: first IANA's list (RFC 9224), then the registry (RFC 9083)."""

    name = "rdap"
    about = About(
        title="RDAP",
        gives="the current registration: dates, registrar, name servers; registrants are mostly redacted",
        costs="nothing",
        sends="the domain, to its registry, which may tell the registrar; never to the domain's own servers",
    )
    asks = frozenset((Ask.REGISTRATION,))
    hosts = ("data.iana.org",)
    rate = 5.0
    statuses = frozenset((200, 404))

    def call(self, question: Question) -> Call | None:
        """Ask for the list, which is kept like any answer; a name without a dot has no registry."""
        return Call(url=_BOOTSTRAP, step="bootstrap") if "." in question.subject else None

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:
        """Read the list, or the registration; 404 says that there is none."""
        if call.step == "bootstrap":
            base = registry(read_json(body), question.subject)
            return Page(next=Call(url=f"{base}domain/{quote(question.subject, safe='')}", step="domain"))
        if status == 404:
            return Page(total=0)
        answer = read_json(body)
        if "errorCode" in answer:
            raise ProviderError(Failure.REJECTED, f"it says {text(answer, 'title')[:80]!r}")
        member(answer, "objectClassName", str)
        return Page(findings=(registered(answer, question.subject),), total=1)


def registry(bootstrap: Any, domain: str) -> str:
    """Return the base URL of a domain's registry: of the longest suffix that is listed, https before http.

    Raises:
        ProviderError: the registry has no RDAP.
    """
    known: dict[str, list[str]] = {}
    for service in member(bootstrap, "services", list):
        suffixes, urls = service[0], service[-1]
        known.update({str(suffix).lower(): urls for suffix in suffixes})
    labels = domain.split(".")
    for place in range(1, len(labels)):
        urls = known.get(".".join(labels[place:]), [])
        if secure := [url for url in urls if str(url).startswith("https://")]:
            return secure[0] if secure[0].endswith("/") else f"{secure[0]}/"
    raise ProviderError(Failure.REJECTED, f"the registry of .{labels[-1][:20]} has no RDAP")


def registered(answer: Any, domain: str) -> Registration:
    """Return the registration of a domain object."""
    times = {
        _EVENTS[action]: read_time(text(event, "eventDate"))
        for event in answer.get("events") or ()
        if (action := text(event, "eventAction").lower()) in _EVENTS
    }
    entities = [entity for entity in answer.get("entities") or () if isinstance(entity, dict)]
    roles = {role: card(entity) for entity in reversed(entities) for role in entity.get("roles") or ()}
    registrar = roles.get("registrar", Contact())
    return Registration(
        domain=text(answer, "ldhName").lower() or domain,
        registrant=roles.get("registrant", Contact()),
        others=tuple(roles[role] for role in ("administrative", "technical", "billing") if role in roles),
        registrar=registrar.name or registrar.organization,
        **times,
        name_servers=tuple(
            text(server, "ldhName").lower().removesuffix(".") for server in answer.get("nameservers") or ()
        ),
        status=tuple(str(word) for word in answer.get("status") or ()),
    )


def card(entity: Any) -> Contact:
    """Return a contact of a jCard (RFC 7095); its country stands in a parameter, or at the address' end."""
    values: dict[str, str] = {}
    try:
        for name, parameters, _, value, *_ in entity["vcardArray"][1]:
            if name == "adr" and isinstance(value, list) and value:
                values["country"] = str(parameters.get("cc") or value[-1])
            elif isinstance(value, str):
                values.setdefault(name, value)
            elif isinstance(value, list) and value and isinstance(value[0], str):
                values.setdefault(name, value[0])
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return Contact()
    country = values.get("country", "").lower()
    return Contact(
        name=values.get("fn", ""),
        organization=values.get("org", ""),
        email=values.get("email", ""),
        country=country if len(country) == 2 else "",
    )
