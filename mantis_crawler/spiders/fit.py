"""What may be asked of others at all."""

from mantis_crawler.enrichment.addresses import is_name, is_public, parse
from mantis_crawler.items import Ask, Question, host_of

_INNER = frozenset(("local", "localhost", "internal", "intranet", "lan", "corp", "home", "private", "test"))
"""Last labels of names that no public DNS has."""
_OF_ADDRESSES = {Ask.NAMES_AT, Ask.PLACE}
_OF_NAMES = {Ask.RECORDS, Ask.REPUTATION, Ask.CATEGORIES, Ask.REGISTRATION, Ask.REGISTRATIONS}
_OF_URLS = {Ask.KNOWN_BAD_URL, Ask.PICTURE}
_LONGEST_URL = 2_000


def unfit(question: Question) -> str:
    """Return why a question is put to nobody; empty if it may be asked.

    Names and addresses of somebody's own network are nobody else's business.
    """
    subject = question.subject
    if question.ask is Ask.REGISTERED_BY:
        return "" if 0 < len(subject) <= 254 else "no e-mail address or name is so long"
    if question.ask is Ask.PLACES:
        return next((why for one in subject.split() if (why := _unfit(Ask.PLACE, one))), "")
    if question.ask not in _OF_URLS:
        return _unfit(question.ask, subject)
    if not subject.lower().startswith(("http://", "https://")):
        return f"{subject[:60]!r} is no URL of the web"
    if len(subject) > _LONGEST_URL:
        return f"a URL of {len(subject)} characters is not asked about"
    return _unfit(question.ask, host_of(subject))


def _unfit(ask: Ask, subject: str) -> str:
    if "/" in subject:
        return "a range of addresses is not asked about: name single addresses"
    if parse(subject):
        if not is_public(subject):
            return f"{subject[:60]} is an address of a private network"
        return f"{subject[:60]} is an address, and no name" if ask in _OF_NAMES else ""
    if ask in _OF_ADDRESSES:
        return f"{subject[:60]!r} is no address"
    if not is_name(subject):
        return f"{subject[:60]!r} is no name of the DNS ({len(subject)} characters)"
    inner = "." not in subject or subject.rpartition(".")[2] in _INNER or subject.endswith(".home.arpa")
    return f"{subject[:60]!r} is a name of an inner network" if inner else ""
