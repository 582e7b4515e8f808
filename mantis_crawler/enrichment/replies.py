"""What enrichers that ask providers have in common."""

from collections.abc import Iterable

from mantis_crawler.enrichment.base import EnrichmentError, Looks
from mantis_crawler.items import Ask, Hold, Question, Record, Reply

_ENOUGH = 100


async def asked_of(asker: Looks | None, ask: Ask, subject: str, record: Record) -> tuple[Reply, ...]:
    """Return what the providers say of a subject.

    Raises:
        EnrichmentError: nobody may be asked, or there is nobody to ask.
    """
    if record.artifact.hold is Hold.PAP_RED:
        raise EnrichmentError("PAP:RED: nobody is asked about it")
    if asker is None:
        raise EnrichmentError("there is nobody to ask")
    return await asker.look(Question(ask=ask, subject=subject, limit=_ENOUGH))


def answered(replies: Iterable[Reply]) -> tuple[list[Reply], dict[str, str]]:
    """Return the replies that are answers, and why the other providers could not say.

    Raises:
        EnrichmentError: none is an answer.
    """
    every = [*replies]
    good = [reply for reply in every if reply.failure is None]
    unknown = {reply.provider: reply.detail or str(reply.failure) for reply in every if reply.failure}
    if not good:
        raise EnrichmentError("; ".join(unknown.values()) or "no provider answers this")
    return good, unknown
