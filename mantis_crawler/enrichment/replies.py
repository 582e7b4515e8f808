"""What enrichers that ask providers have in common."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mantis_crawler.enrichment.addresses import parse
from mantis_crawler.enrichment.base import Enricher, EnrichmentError, Looks
from mantis_crawler.items import Ask, Hold, Question, Record, Reply

SETTING = "MANTIS_SECOND_OPINIONS"
_ENOUGH = 100
_MARKED = {Hold.PAP_RED, Hold.PAP_AMBER}


class Asking(Enricher):
    """Asks providers, through whoever it has met."""

    asked: tuple[Ask, ...] = ()
    """What it asks about an artifact."""

    def __init__(self) -> None:
        self._asker: Looks | None = None

    def meet(self, asker: Looks) -> None:
        """Take who asks the providers."""
        self._asker = asker

    async def answers(
        self, ask: Ask, subject: str, record: Record, *, paid: bool = False
    ) -> tuple[list[Reply], dict[str, str]]:
        """Return the replies that are answers, and why the other providers could not say.

        Raises:
            EnrichmentError: nobody may be asked, there is nobody to ask, or nobody answers.
        """
        return await self.answers_to([(ask, subject)], record, paid=paid)

    async def answers_to(
        self, asked: Sequence[tuple[Ask, str]], record: Record, *, paid: bool = False
    ) -> tuple[list[Reply], dict[str, str]]:
        """Return the same of several questions.

        Raises:
            EnrichmentError: nobody may be asked, there is nobody to ask, or nobody answers any of them.
        """
        if record.artifact.hold is Hold.PAP_RED:
            raise EnrichmentError("PAP:RED: nobody is asked about it")
        if self._asker is None:
            raise EnrichmentError("there is nobody to ask")
        questions = [Question(ask=ask, subject=subject, limit=_ENOUGH) for ask, subject in asked]
        looks = [self._asker.look(question, paid=paid) for question in questions]
        every = [reply for replies in await asyncio.gather(*looks) for reply in replies]
        good = [reply for reply in every if reply.failure is None]
        unknown = {reply.provider: reply.detail or str(reply.failure) for reply in every if reply.failure}
        if not good:
            raise EnrichmentError("; ".join(unknown.values()) or "no provider answers this")
        return good, unknown


class Opinion(Asking):
    """What somebody else sees, beside what we see. It costs something, so it is asked for by name.

    Whoever is asked may go and look, which the site's owner can notice: so nobody is asked about what a
    marking holds, and only about names that lead somewhere.
    """

    on = False

    def configure(self, options: Mapping[str, Any]) -> None:
        """Be asked if ``MANTIS_SECOND_OPINIONS`` names it."""
        self.on = bool({self.name, "all"} & wanted(options))

    async def told(self, ask: Ask, subject: str, record: Record) -> tuple[list[Reply], dict[str, str]]:
        """Return what `answers` does, of a name that leads somewhere.

        Raises:
            EnrichmentError: nobody may be asked, or nobody answers.
        """
        if record.artifact.hold in _MARKED:
            raise EnrichmentError("its marking allows no look at it, not by others either")
        if record.resolution is None or not record.resolution.alive or parse(record.artifact.host):
            raise EnrichmentError("asked only of names that lead somewhere")
        return await self.answers(ask, subject, record, paid=True)


def may_cost(options: Mapping[str, Any]) -> bool:
    """Return whether enrichments of every artifact may cost something (``MANTIS_PAID_ENRICHMENT``)."""
    return str(options.get("MANTIS_PAID_ENRICHMENT")).strip().lower() in {"1", "true"}


def wanted(options: Mapping[str, Any]) -> set[str]:
    """Return the names that ``MANTIS_SECOND_OPINIONS`` holds."""
    words = str(options.get(SETTING) or "").split(",")
    return {word.strip().lower() for word in words if word.strip()}


def check_wanted(options: Mapping[str, Any], shelf: Iterable[Enricher]) -> None:
    """Refuse a name that is no second opinion.

    Raises:
        ValueError: with those that are.
    """
    known = sorted(enricher.name for enricher in shelf if isinstance(enricher, Opinion))
    if unknown := sorted(wanted(options) - {*known, "all"}):
        raise ValueError(f"{SETTING} names {', '.join(unknown)}: known are {', '.join(known)}, and all")
