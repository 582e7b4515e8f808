"""Blank: a document that shows nothing."""

from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.forms import forms
from mantis_crawler.detectors.pictures import one_colour
from mantis_crawler.detectors.view import View, view
from mantis_crawler.items import ContentClass, Outcome, Page, Signal

_FEW = 60
"""Letters from which a page says something: its picture need not be looked at."""
_SEEN = "img, svg, canvas, video, iframe, object, embed, picture, input:not([type=hidden]), button, frame"


class Blank(Detector):
    """Sees that there is nothing to see: no text, picture, form or file."""

    name = "blank"
    content_class = ContentClass(name="blank", rsit="other", rank=5)
    sees = MappingProxyType(
        {
            "outcome": "the visit's outcome",
            "nothing": "no text, picture, form or button",
            "one_colour": "a screenshot of one colour",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield emptiness; a dialog or file speaks for itself and is not blank."""
        seen = view(page)
        if page.downloads or page.outcome is Outcome.DOWNLOAD or page.dialogs:
            return
        if page.outcome not in {Outcome.LOADED, Outcome.BLANK, Outcome.HTTP_ERROR}:
            return
        letters = _letters(seen)
        if letters >= _FEW or forms(seen):
            return
        if page.outcome is Outcome.BLANK:
            yield seen.signal("outcome", 0.9, "the visit showed an empty document")
        plain = bool(page.picture) and one_colour(page.picture)
        if letters < 4 and not _things(seen) and (plain or not page.picture):
            yield seen.signal("nothing", 0.8, "no text, picture, form or button can be seen")
        if plain:
            yield seen.signal("one_colour", 0.5, "its screenshot is of one colour")


def _letters(seen: View) -> int:
    return sum(character.isalnum() for character in seen.text[:500])


def _things(seen: View) -> bool:
    return bool(seen.nodes(_SEEN, 1))
