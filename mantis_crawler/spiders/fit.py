"""What may be asked of others at all."""

from mantis_crawler.enrichment.addresses import is_name, is_public, parse
from mantis_crawler.items import Ask, Question

_INNER = frozenset(("local", "localhost", "internal", "intranet", "lan", "corp", "home", "private", "test"))
"""Last labels of names that no public DNS has."""


def unfit(question: Question) -> str:
    """Return why a question is put to nobody; empty if it may be asked.

    Names and addresses of somebody's own network are nobody else's business.
    """
    subject = question.subject
    if question.ask is Ask.REGISTERED_BY:
        return "" if 0 < len(subject) <= 254 else "no e-mail address or name is so long"
    if "/" in subject:
        return "a range of addresses is not asked about: name single addresses"
    if parse(subject):
        return "" if is_public(subject) else f"{subject[:60]} is an address of a private network"
    if question.ask in {Ask.NAMES_AT, Ask.PLACE}:
        return f"{subject[:60]!r} is no address"
    if not is_name(subject):
        return f"{subject[:60]!r} is no name of the DNS ({len(subject)} characters)"
    inner = "." not in subject or subject.rpartition(".")[2] in _INNER or subject.endswith(".home.arpa")
    return f"{subject[:60]!r} is a name of an inner network" if inner else ""
