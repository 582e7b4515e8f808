"""Files of the user's own that say what is known bad: feeds, lists, other people's cases."""

from collections.abc import Mapping

from mantis_crawler.items import Ask, Question, Threat, host_of
from mantis_crawler.providers.base import About, Call, Page, Provider, unreadable


class Feeds(Provider):
    """One file, read already. On the shelf it is empty, and answers nothing.

    Args:
        name: What its word is shown under.
        exact: What the file says of names, addresses and URLs.
        below: What it says of names, and with that of all below them.
    """

    about = About(
        title="Feed files",
        gives="whether a file of yours has a name, one above it, an address or a URL; since when, if it says",
        costs="nothing",
        sends="nothing: nobody is asked. Given with `-a feeds=FILE,FILE`",
    )
    hosts = ()
    rate = 0.0

    def __init__(
        self,
        name: str = "feeds",
        exact: Mapping[str, Threat] | None = None,
        below: Mapping[str, Threat] | None = None,
    ) -> None:
        self.name = name
        self._exact, self._below = exact or {}, below or {}
        self.asks = frozenset((Ask.KNOWN_BAD, Ask.KNOWN_BAD_URL) if self._exact else ())

    def known(self, question: Question) -> Page:
        """Return what the file has of a host, or of a URL beyond what it has of its host."""
        subject = question.subject
        found = [self._exact[subject]] if subject in self._exact else []
        if question.ask is Ask.KNOWN_BAD:
            labels = host_of(f"//{subject}").split(".")
            above = (".".join(labels[place:]) for place in range(1, len(labels)))
            found += [self._below[name] for name in above if name in self._below]
        return Page(findings=tuple(found), total=len(found))

    def call(self, question: Question) -> None:
        """Ask nobody."""

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - there is none
        """Refuse: there is nothing that it could have answered."""
        raise unreadable("it is a file, and answers nothing")
