"""What every pivot promises."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from mantis_crawler.items import Artifact, Indicator


class Pivot(ABC):
    """Grows artifacts out of an indicator."""

    name: str

    @abstractmethod
    def artifacts(self, indicator: Indicator) -> Iterator[Artifact]:
        """Yield the artifacts that the indicator leads to."""
