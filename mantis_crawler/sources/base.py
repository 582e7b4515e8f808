"""What every reader of a feed format promises."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

from mantis_crawler.items import Artifact, Indicator, Skip

Entry = Indicator | Artifact | Skip
Blocks = Callable[[], Iterator[str]]
"""Begins a feed from the front: its text in parts, each of whole lines."""


class FeedError(ValueError):
    """A feed as a whole cannot be read; the message says what to do."""


class Source(ABC):
    """Reads one feed format. Every line of the feed ends in one or more entries; none is lost."""

    name: str

    @abstractmethod
    def recognises(self, text: str) -> float:
        """Return how sure the reader is, from 0 to 1, that the feed is of its format.

        *text* is the beginning of the feed, up to 64 kB.
        """

    @abstractmethod
    def read(self, text: str, feed: str) -> Iterator[Entry]:
        """Yield the entries of a feed in order; a broken line is a `Skip`, never an exception.

        Args:
            text: The whole feed, decoded.
            feed: Its file name, for the entries.
        """

    def stream(self, blocks: Blocks, feed: str) -> Iterator[Entry]:
        """Yield what `read` does, of a feed that is too large to be held.

        A reader that needs no more than a line at a time overrides this.
        """
        yield from self.read("".join(blocks()), feed)
