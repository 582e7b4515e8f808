"""What enrichers that ask providers have in common."""

from mantis_crawler.enrichment.base import Enricher, EnrichmentError, Looks
from mantis_crawler.items import Ask, Hold, Question, Record, Reply

_ENOUGH = 100


class Asking(Enricher):
    """Asks providers, through whoever it has met."""

    def __init__(self) -> None:
        self._asker: Looks | None = None

    def meet(self, asker: Looks) -> None:
        """Take who asks the providers."""
        self._asker = asker

    async def answers(self, ask: Ask, subject: str, record: Record) -> tuple[list[Reply], dict[str, str]]:
        """Return the replies that are answers, and why the other providers could not say.

        Raises:
            EnrichmentError: nobody may be asked, there is nobody to ask, or nobody answers.
        """
        if record.artifact.hold is Hold.PAP_RED:
            raise EnrichmentError("PAP:RED: nobody is asked about it")
        if self._asker is None:
            raise EnrichmentError("there is nobody to ask")
        every = await self._asker.look(Question(ask=ask, subject=subject, limit=_ENOUGH))
        good = [reply for reply in every if reply.failure is None]
        unknown = {reply.provider: reply.detail or str(reply.failure) for reply in every if reply.failure}
        if not good:
            raise EnrichmentError("; ".join(unknown.values()) or "no provider answers this")
        return good, unknown
