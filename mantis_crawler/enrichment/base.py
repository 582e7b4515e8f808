"""What every source of enrichment promises."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Protocol

from mantis_crawler.items import Question, Record, Reply


class EnrichmentError(Exception):
    """The source cannot say; the message says why. Never read as *clean*."""


class Looks(Protocol):
    """Asks providers for enrichments."""

    async def look(self, question: Question) -> tuple[Reply, ...]:
        """Return one reply a provider; a failure is one with its reason."""


class Enricher(ABC):
    """Asks one source about an artifact."""

    name: str
    seconds: float = 60.0
    """How long an answer is waited for; then the source cannot say."""

    def meet(self, asker: Looks) -> None:  # noqa: B027 - most sources ask nobody
        """Take who asks the providers, once, before the first question."""

    def configure(self, options: Mapping[str, Any]) -> None:  # noqa: B027 - most sources need no settings
        """Take the run's ``MANTIS_…`` settings, once, before the first question.

        Raises:
            ValueError: a setting is wrong; the message says what to do.
        """

    @abstractmethod
    async def facts(self, record: Record) -> dict[str, Any]:
        """Return what the source knows of the record's artifact: plain data, JSON-ready.

        Raises:
            EnrichmentError: the source cannot say.
        """
