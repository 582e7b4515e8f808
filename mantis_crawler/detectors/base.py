"""What every detector promises: it sees, it never judges."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from mantis_crawler.items import ContentClass, Page, Signal


class Detector(ABC):
    """Looks at a page for signs of one content class."""

    name: str
    content_class: ContentClass

    @abstractmethod
    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield what speaks for the class. May raise: the caller records that and goes on."""
