"""One question put to one provider: its pages, one after the other, become a reply."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import time

from mantis_crawler.items import Finding, Question, Reply
from mantis_crawler.providers.base import Call, Page, Provider, ProviderError, told, unreadable

_MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """A page, when it was asked for, and what it cost."""

    page: Page
    asked: float
    cost: float = 0.0
    cached: bool = False


@dataclass(slots=True)
class Talk:
    """One provider and one question, as far as it has come."""

    provider: Provider
    question: Question
    findings: dict[Finding, None] = field(default_factory=dict)
    total: int | None = None
    more: bool = False
    cost: float = 0.0
    asked: float = 0.0
    cached: bool = True
    pages: int = 0

    def hear(self, heard: Heard) -> Call | None:
        """Add a page, and return what to ask next.

        Raises:
            ProviderError: the pages lead nowhere.
        """
        self.asked = self.asked or heard.asked
        self.cost += heard.cost
        self.cached = self.cached and heard.cached
        return self._take(heard.page)

    def _take(self, page: Page) -> Call | None:
        before = len(self.findings)
        self.pages += 1
        self.findings.update(dict.fromkeys(page.findings))
        self.total = page.total if page.total is not None else self.total
        self.more = page.cut or page.next is not None
        enough = min(self.question.limit, self.question.too_many or self.question.limit)
        if page.next is None or len(self.findings) >= enough:
            return None
        if page.findings and len(self.findings) == before:
            raise unreadable("it sends the same page again and again")
        if self.pages >= _MOST_PAGES:
            raise unreadable(f"its pages do not end after {self.pages}")
        return page.next

    def reply(self, error: ProviderError | None = None) -> Reply:
        """Return what was said."""
        found = tuple(self.findings)[: self.question.limit]
        asked = datetime.fromtimestamp(self.asked or time(), UTC)
        return Reply(
            question=self.question,
            provider=self.provider.name,
            findings=found,
            total=self.total,
            cut=self.more or len(self.findings) > len(found) or (error is not None and bool(found)),
            failure=error.failure if error else None,
            detail=told(self.provider, error.failure, str(error)) if error else "",
            time=f"{asked:%Y-%m-%dT%H:%M:%SZ}",
            cached=self.cached and error is None,
            cost=self.cost,
        )
