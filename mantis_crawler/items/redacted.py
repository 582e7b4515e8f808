"""Contacts in registrations that name nobody: redacted, or a privacy service in the owner's place.

The words are those that registrars and registries print (ICANN's Registration Data Policy of 2018 on, and
the proxy services of the large registrars before it). Millions of domains share each: as a pivot they
would tie the whole web together.
"""

import re

_PHRASES = re.compile(
    r"redact|\bgdpr|privacy|\bprivate\b|privat[ _-]?registration|protect(?:ed|ion)|withheld|not disclosed"
    r"|whois ?(?:guard|agent|trustee|proxy|foundation|protect|identity|secure|shield)|domains? ?by ?proxy"
    r"|\bproxy\b|undisclosed|non[ -]?public|hidden|masked|statutory|confidential|anonymi[sz]e|anonymous"
    r"|registration ?(?:agent|private|service)|identity ?(?:shield|guard)|contact ?id|select contact"
    r"|rdds service|query the|on behalf of|c/o |customer \d{5}|host ?master|registrar|\babuse\b"
    r"|domain ?(?:administrator|admin|manager|master|owner|registrant|support|id ?shield|discreet)"
    r"|not ?(?:applicable|available|provided)|no ?name|(?:data|information) not"
    r"|privacidad|datenschutz|geschwärzt|隐私|隱私|保护|保護|非公開|비공개",
    re.IGNORECASE,
)
_SERVICES = re.compile(
    r"(?:^|\.)(?:whoisguard|domainsbyproxy|privacyguardian|withheldforprivacy|contactprivacy|anonymize"
    r"|privacyprotect|whoisprotectservice|whoisprotection|domainprivacygroup|networksolutionsprivateregistration|privatewhois"
    r"|identity-protect|idprivacy|domaindiscreet|myprivacy|o-w-o|proxy-?privacy|privateregistration|whoisproxy"
    r"|superprivacyservice|namebrightprivacy|onamae|gname|1api|tieredaccess|domain-contact|privacy\.[a-z-]+)\.[a-z.]+$"
)
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
_ROLES = frozenset(("abuse", "admin", "domains", "domain", "dns", "hostmaster", "noc", "registrar", "whois"))
_SHORTEST = 5
"""Characters of a name that tells somebody apart; ``Li`` or ``n/a`` do not."""


def registrant_email(text: str) -> str:
    """Return a registrant's e-mail address in lower case; empty if it stands for nobody in particular."""
    email = text.strip().lower()
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        return ""
    user, _, host = email.partition("@")
    if user in _ROLES or _SERVICES.search(host) or _PHRASES.search(email):
        return ""
    return email


def registrant_name(text: str) -> str:
    """Return a person's or company's name in lower case, single-spaced; empty if it stands for nobody."""
    name = " ".join(text.lower().split())
    letters = sum(letter.isalpha() for letter in name)
    shortest = _SHORTEST if name.isascii() else 2
    if letters < shortest or len(name) > 100 or "@" in name or "://" in name or _PHRASES.search(name):
        return ""
    return name


def redacted(text: str) -> bool:
    """Return whether a contact's field names a privacy service, or says that it does not tell."""
    field = text.strip().lower()
    return bool(field) and bool(_PHRASES.search(field) or _SERVICES.search(field.rpartition("@")[2]))
