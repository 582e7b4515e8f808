"""What every detector promises: it sees, it never judges."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from mantis_crawler.items import ContentClass, Page, Signal


class Detector(ABC):
    """Looks at a page for signs of one content class."""

    name: str
    content_class: ContentClass
    sees: Mapping[str, str]
    """Every signal that it may yield, by name, and what that is a sign of."""

    @abstractmethod
    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield what speaks for the class. May raise: the caller records that and goes on."""
