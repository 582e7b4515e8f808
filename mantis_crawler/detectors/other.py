"""Other: an ordinary page, of a kind that no other detector knows."""

from collections.abc import Iterator

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.forms import credential_form, forms
from mantis_crawler.detectors.login import Sight
from mantis_crawler.detectors.view import view
from mantis_crawler.items import ContentClass, Outcome, Page, Signal


class Other(Detector):
    """Sees that a page has something to say. Weak on purpose: any real class outweighs it."""

    name = "other"
    content_class = ContentClass(name="other", rsit="other", rank=0)

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield text, links and headings of an ordinary page."""
        seen = view(page)
        if page.outcome is not Outcome.LOADED:
            return
        if (said := _said(seen.text)) >= 120:
            yield seen.signal("text", 0.45 if said < 300 else 0.5, f"it has {seen.length} characters of text")
        if seen.link_count >= 3:
            yield seen.signal("links", 0.2, f"it has {seen.link_count} links")
        if seen.length >= 60 and seen.headings:
            yield seen.signal("headings", 0.15, "it has headings")
        form = credential_form(forms(seen))
        if form is not None and (purpose := Sight(view=seen, form=form).other_purpose):
            yield seen.signal("purpose", 0.5, f"it has a form that is not for a login: {purpose}")


def _said(text: str) -> int:
    """Return how much a text says, in letters of an alphabet: a Han or Hangul character says about two."""
    return sum(2 if "\u2e80" <= character <= "\uffdc" else 1 for character in text[:2000])
