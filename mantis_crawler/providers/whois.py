"""WHOIS as it always was: a line to port 43, a text back; for registries that have no RDAP."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote

from mantis_crawler.items import Ask, Contact, Failure, Question, Registration
from mantis_crawler.providers.base import About, Call, Page, Provider, ProviderError, unreadable
from mantis_crawler.providers.reading import read_time

_IANA = "whois.iana.org"
_PACKAGE = "asyncwhois"
_REFERS = re.compile(r"(?im)^(?:refer|whois):[ \t]*(\S+)")
_REGISTRAR = re.compile(r"(?im)^[ \t]*(?:Registrar WHOIS Server|Whois Server):[ \t]*(\S+)")
_SERVER = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]")
_FORMS = {
    "whois.verisign-grs.com": "domain {}",
    "whois.denic.de": "-T dn {}",
    "whois.jprs.jp": "{}/e",
}
"""How servers want to be asked that take a bare name for something else, or answer in another language."""
_TOO_MANY = re.compile(r"(?i)(?:rate|quer(?:y|ies)|quota|request)[^\n]{0,40}(?:limit|exceed|too many)")
_NONE = re.compile(
    r"no match|not found|no entries found|no object found|nothing found|no data found|object does not exist"
    r"|not registered|status:\s*(?:free|available)|available for registration",
    re.IGNORECASE,
)
_JAPAN = re.compile(r"(?im)^\[(Created|Expires) on\][ \t]+([0-9]{4}/[0-9]{2}/[0-9]{2})")
"""Dates as Japan's registry writes them; the package leaves them out."""
_WHOLE = re.compile(r"Registry Domain ID:(?!.*>>> Last update of)", re.IGNORECASE | re.DOTALL)
"""An answer in the form that all generic domains have, without the line that ends it."""


class Whois(Provider):
    """IANA tells the registry's server, the registry the registration and perhaps the registrar's server.

    Texts differ by registry; the package ``asyncwhois`` reads them.
    """

    name = "whois"
    about = About(
        title="WHOIS (port 43)",
        gives="the current registration, of registries without RDAP; asked only where RDAP cannot say",
        costs="nothing; the package asyncwhois has to be there (`mantis_crawler[whois]`)",
        sends="the domain, to its registry and registrar, unencrypted",
    )
    asks = frozenset((Ask.REGISTRATION,))
    hosts = (_IANA,)
    rate = 0.5
    spare = True

    def call(self, question: Question) -> Call | None:
        """Ask IANA for the last label's server; that is kept like any answer."""
        if find_spec(_PACKAGE) is None:
            what = f"the package {_PACKAGE}, which reads its answers, is not installed"
            raise ProviderError(Failure.REJECTED, what)
        labels = question.subject.split(".")
        return _to(_IANA, labels[-1], "iana") if len(labels) > 1 else None

    def price(self, question: Question) -> float:  # noqa: ARG002 - it is free
        """Return nothing."""
        return 0.0

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - it has none
        """Read IANA's word, or a registration."""
        if not body.strip():
            raise unreadable("its answer is empty")
        if body.lstrip()[0] in "<{":  # a bracket begins an honest answer of Japan's registry
            raise unreadable("it sent something else than the text of a registration")
        if call.step == "iana":
            return Page(next=_at_registry(question.subject, body))
        found = _read(body, question.subject)
        if found is None:
            return Page(total=0)
        here = call.url.split("/")[2]
        after = server(_REGISTRAR, body) if call.step == "registry" else ""
        further = _to(after, question.subject, "registrar") if after not in {"", here} else None
        return Page(findings=(found,), total=1, next=further)


def _to(host: str, name: str, step: str) -> Call:
    query = _FORMS.get(host, "{}").format(name)
    return Call(url=f"whois://{host}/{quote(query, safe='')}", step=step, extra=step == "registrar")


def server(where: re.Pattern[str], text: str) -> str:
    """Return a server that a text names; empty if it names none. The text may name anything."""
    named = where.search(text)
    host = named[1].lower().rstrip(".").removeprefix("whois://") if named else ""
    return host if _SERVER.fullmatch(host) else ""


def _at_registry(domain: str, text: str) -> Call:
    if host := server(_REFERS, text):
        return _to(host, domain, "registry")
    if re.search(r"(?im)^domain:|returned 0 objects", text):
        label = domain.rpartition(".")[2][:20]
        raise ProviderError(Failure.REJECTED, f"the registry of .{label} has no WHOIS server")
    raise unreadable("IANA's answer names no server")


def _read(text: str, domain: str) -> Registration | None:
    """Return what a text says; `None` if it says that there is no such domain.

    Raises:
        ProviderError: it says something else.
    """
    if _WHOLE.search(text):
        raise unreadable("its answer is cut off")
    from asyncwhois.parse_tld import DomainParser  # noqa: PLC0415 - it takes a third of a second

    try:
        told = DomainParser(ignore_not_found=True).parse(text, tld=domain.rpartition(".")[2])
    except Exception as error:  # a text that the package did not expect is one of many
        raise unreadable(f"the package {_PACKAGE} cannot read its answer ({type(error).__name__})") from error
    facts = {str(getattr(name, "value", name)): value for name, value in told.items() if value}
    facts |= {name.lower(): date for name, date in _JAPAN.findall(text)}
    if any(facts.get(name) for name in ("created", "expires", "registrar", "name_servers")):
        return _registration(facts, domain)
    if _TOO_MANY.search(text):
        raise ProviderError(Failure.RATE, "it says that it was asked too often")
    if _NONE.search(text):
        return None
    raise unreadable("nothing in its answer reads as a registration")


def _registration(facts: dict[str, Any], domain: str) -> Registration:
    def contact(role: str) -> Contact:
        country = str(facts.get(f"{role}_country") or "").strip().lower()
        return Contact(
            name=_words(facts.get(f"{role}_name")),
            organization=_words(facts.get(f"{role}_organization")),
            email=_words(facts.get(f"{role}_email")),
            country=country if len(country) == 2 else "",
        )

    others = tuple(one for role in ("admin", "tech", "billing") if (one := contact(role)) != Contact())
    return Registration(
        domain=domain,
        registrant=contact("registrant"),
        others=others,
        registrar=_words(facts.get("registrar")),
        created=read_time(facts.get("created")),
        updated=read_time(facts.get("updated")),
        expires=read_time(facts.get("expires")),
        name_servers=tuple(
            word.split()[0].lower().rstrip(".") for word in _list(facts.get("name_servers")) if word.split()
        ),
        status=tuple(word.split()[0] for word in _list(facts.get("status")) if word.split()),
    )


def _words(value: Any) -> str:
    return " ".join(str(value or "").split())[:200]


def _list(value: Any) -> list[str]:
    if not isinstance(value, list | tuple | set):
        value = [value] if value else []
    return [str(one) for one in dict.fromkeys(value)][:50]
