"""What every detector sees on a page, whatever happens to one of them."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from mantis_crawler.items import ContentClass, Evidence, Page, Signal

SUSPICION = "suspicion"
"""Class of evidence that speaks of harm, not of content: kept, never a verdict."""
DETECTOR_ERROR = "detector_error"
"""Class of evidence that a detector failed: kept, with no weight."""


class Sees(Protocol):
    """What ``see`` needs of a detector."""

    @property
    def name(self) -> str:
        """Name of the detector."""

    @property
    def content_class(self) -> ContentClass:
        """What its signals speak for."""

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield what speaks for the class."""


def see(page: Page, detectors: Iterable[Sees]) -> tuple[Evidence, ...]:
    """Return what every detector sees on a page.

    A detector that raises loses nothing of the others': what it saw before stays, and the
    failure is evidence of the class ``detector_error``, with no weight.
    """
    return tuple(chain.from_iterable(_look(page, detector) for detector in detectors))


def _look(page: Page, detector: Sees) -> Iterator[Evidence]:
    try:
        for signal in detector.signals(page):
            if signal.weight > 0:
                name = detector.content_class.name
                yield Evidence(
                    content_class=name, weight=signal.weight, reason=signal.reason, name=signal.name
                )
    except Exception as error:  # noqa: BLE001 - hostile pages find what we did not think of; the visit goes on
        reason = f"{detector.name}: {error!r}"[:300]
        yield Evidence(content_class=DETECTOR_ERROR, weight=0.0, reason=reason)
