"""What every source of enrichment promises."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Protocol

from mantis_crawler.enrichment.names import Names
from mantis_crawler.items import Question, Record, Reply
from mantis_crawler.store import CaptureStore


class EnrichmentError(Exception):
    """The source cannot say; the message says why. Never read as *clean*."""


class Looks(Protocol):
    """Asks providers for enrichments."""

    async def look(self, question: Question, *, paid: bool = False) -> tuple[Reply, ...]:
        """Return one reply a provider; a failure is one with its reason.

        Args:
            question: What to ask.
            paid: Whether it may cost something whatever the run says of enrichments.
        """

    def price(self, question: Question) -> dict[str, float]:
        """Return what asking would cost, in credits by provider; what is kept costs nothing."""


class Enricher(ABC):
    """Asks one source about an artifact."""

    name: str
    on: bool = True
    """Whether it is asked in this run; `configure` may change it."""
    seconds: float = 60.0
    """How long an answer is waited for; then the source cannot say."""

    def meet(self, asker: Looks) -> None:  # noqa: B027 - most sources ask nobody
        """Take who asks the providers, once, before the first question."""

    def keep(self, store: CaptureStore) -> None:  # noqa: B027 - most sources keep no bytes
        """Take where bytes are kept, once, before the first question."""

    def look_up_with(self, names: Names) -> None:  # noqa: B027 - most sources ask no name server
        """Take what asks the DNS, once, before the first question."""

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
