"""Asks the providers that answer a question, through the downloader."""

from typing import Self

from scrapy.crawler import Crawler

from mantis_crawler.items import Question, Reply
from mantis_crawler.lab import Lab


class Asker:
    """The run's way to the providers; in the lab, to those that the lab serves."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, lab: Lab | None) -> Self:  # noqa: ARG003 - no provider yet
        """Take the providers from their shelf, with the run's keys and budget."""
        return cls()

    async def ask(self, question: Question) -> tuple[Reply, ...]:  # noqa: ARG002 - no provider yet
        """Return one reply a provider."""
        return ()

    def price(self, question: Question) -> dict[str, float]:  # noqa: ARG002 - no provider yet
        """Return what asking would cost, in credits by provider."""
        return {}
