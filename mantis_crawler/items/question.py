"""What a pivot wants to know, and what a provider says: the words between the two.

A pivot asks a `Question` without knowing who answers it; a provider gives a `Reply` without knowing
why it was asked. Both are values: a question is the key under which its replies are kept.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ask(StrEnum):
    """The kinds of question. All go to third parties: none of them contacts a target."""

    NAMES_AT = "names_at"
    """Subject: an address. `Sight`: names that led to it (reverse IP/DNS, passive DNS)."""
    ADDRESSES_OF = "addresses_of"
    """Subject: a host name. `Sight`: addresses that it led to (forward passive DNS)."""
    REGISTRATION = "registration"
    """Subject: a registrable domain. `Registration`: the current one (WHOIS, RDAP)."""
    REGISTRATIONS = "registrations"
    """Subject: a registrable domain. `Registration`: each that was seen over time (WHOIS history)."""
    REGISTERED_BY = "registered_by"
    """Subject: an e-mail address or a name of a person or company. `Sight`: domains that somebody
    registered with it, now or earlier (reverse WHOIS)."""
    CERTIFICATES = "certificates"
    """Subject: a host name or domain. `Logged`: certificates that name it or what is below it."""
    KNOWN_BAD = "known_bad"
    """Subject: a host name or address. `Threat`: what others have said against it."""
    KNOWN_BAD_URL = "known_bad_url"
    """Subject: a URL. `Threat`: what others have said against it, or against what it lies below."""
    PLACE = "place"
    """Subject: an address. `Place`: where it is, and whose."""
    PLACES = "places"
    """Subject: addresses, with spaces between. `Place`: where each is, and whose, for many at once."""
    RECORDS = "records"
    """Subject: a host name. `DnsRecord`: what the DNS holds for it now, as seen from elsewhere."""
    REPUTATION = "reputation"
    """Subject: a host name. `Reputation`: how far somebody trusts it, and what is wrong with it."""
    CATEGORIES = "categories"
    """Subject: a host name. `Category`: what somebody takes its site for."""
    PICTURE = "picture"
    """Subject: a URL. `Picture`: how it looks to somebody else's browser."""


class Failure(StrEnum):
    """Why a provider did not say; never read as *nothing there*."""

    NO_KEY = "no_key"
    """No key is set; nothing was asked."""
    REFUSED = "refused"
    """The key is wrong or may not ask this."""
    NO_CREDIT = "no_credit"
    """Credits or quota are used up, at the provider."""
    BUDGET = "budget"
    """The run's own limit of cost (``MANTIS_BUDGET``) would be passed; nothing was asked."""
    RATE = "rate"
    """Too many requests, still after waiting as told."""
    UNREACHABLE = "unreachable"
    """No connection, a time-out, or a server's error, still after retries."""
    UNREADABLE = "unreadable"
    """The answer is not in the provider's own format."""
    REJECTED = "rejected"
    """The provider says that it cannot be asked this (a name that is none, a TLD it has not)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. Equal questions are asked once a run."""

    ask: Ask
    subject: str
    """Normal form: an address, a host name in A-labels, an e-mail address or name in lower case."""
    limit: int = 10_000
    """Findings wanted at the most: paging ends there, and the reply says that it was cut."""
    too_many: int | None = None
    """With so many in all they would tie nothing: where a preview says so, no finding is wanted, and
    the reply has the ``total`` alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A name or address that a provider has seen in answer to the question."""

    value: str
    """As the provider wrote it: hostile, not yet checked to be a name or an address."""
    first: str = ""
    """ISO 8601, UTC; empty if not told."""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or company in a registration, as written there."""

    name: str = ""
    organization: str = ""
    email: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2, lower case; empty if not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Who had registered a domain, at one time."""

    domain: str
    registrant: Contact = Contact()
    others: tuple[Contact, ...] = ()
    """Administrative, technical and billing contacts."""
    registrar: str = ""
    created: str = ""
    """ISO 8601, UTC; empty if not told. So are the other times."""
    updated: str = ""
    expires: str = ""
    name_servers: tuple[str, ...] = ()
    """Lower case, without the root's dot."""
    status: tuple[str, ...] = ()
    seen: str = ""
    """When the provider saw it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A certificate of a transparency log."""

    names: tuple[str, ...]
    """As in the certificate, with wildcards (``*.evil.example``)."""
    id: str = ""
    """What makes it the same certificate: fingerprint, serial number or the log's number."""
    issuer: str = ""
    first: str = ""
    """Not before; ISO 8601, UTC."""
    last: str = ""
    """Not after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """Somebody's word that a name or address is bad."""

    value: str
    """What was reported: the subject itself, or a URL on it."""
    kind: str = ""
    """In the provider's words, such as ``phishing``."""
    first: str = ""
    """Since when; ISO 8601, UTC; empty if not told."""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address is, and whose."""

    address: str
    country: str = ""
    """ISO 3166-1 alpha-2, lower case; empty if not told."""
    asn: int | None = None
    network: str = ""
    provider: str = ""
    """The access or hosting provider, where it is told apart from the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsRecord:
    """One record of the DNS."""

    type: str
    """Such as ``A`` or ``MX``."""
    value: str
    """As text, without the root's dot."""
    ttl: int | None = None
    """Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reputation:
    """How far somebody trusts a name."""

    score: float
    """From 0 (not at all) to 100."""
    warnings: tuple[str, ...] = ()
    """In the provider's words, each after the name of its test."""
    listed: bool = False
    """Whether it is on a list of known malware or phishing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What somebody takes a site for."""

    name: str
    """In the provider's words."""
    confidence: float | None = None
    """From 0 to 1, where it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """How a page looked to somebody else's browser. Hostile bytes: they are kept, and not opened."""

    png: bytes


Finding = Sight | Registration | Logged | Threat | Place | DnsRecord | Reputation | Category | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one provider said to one question, whole or as far as it came."""

    question: Question
    provider: str
    findings: tuple[Finding, ...] = ()
    total: int | None = None
    """How many there are by the provider's own count, where it tells one."""
    cut: bool = False
    """Whether there are more than are given here: the limit was reached, or a failure came in between."""
    failure: Failure | None = None
    detail: str = ""
    """Of a failure: provider and remedy, for a person; without any key."""
    time: str = ""
    """When it was asked; ISO 8601, UTC. Of a cached reply: when it was asked first."""
    cached: bool = False
    cost: float = 0.0
    """In the provider's credits; 0 of a cached reply."""
