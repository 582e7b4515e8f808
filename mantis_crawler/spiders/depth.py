"""How deep a run looks, and which artifacts deserve a second look."""

from collections.abc import Iterable
from enum import StrEnum

from mantis_crawler.detectors.hosts import registrable
from mantis_crawler.items import Depth, Device, Outcome, Visit
from mantis_crawler.items.host import host_of
from mantis_crawler.judge import verdict_of
from mantis_crawler.pipelines.classify import ClassifyPipeline


class Look(StrEnum):
    """What a user may ask for."""

    DEFAULT = "default"
    """Each visit in a fresh context of a long-lived browser."""
    DEEP = "deep"
    """Each visit in a browser of its own."""
    SECOND_LOOK = "second-look"
    """As by default, and a visit in depth more for each phone where the phones were shown nothing."""

    @property
    def first(self) -> Depth:
        """How deep an artifact's first visits are."""
        return Depth.DEEP if self is Look.DEEP else Depth.DEFAULT


NOTHING = frozenset({Outcome.BLANK, Outcome.CHALLENGE, Outcome.HTTP_ERROR})
NO_LURE = frozenset({"unknown", "other", "news", "error", "blank"})
"""Classes of what a visitor is sent to who is not to see more."""


class SecondLook:
    """Judges visits while their record is still open."""

    def __init__(self, classify: ClassifyPipeline, devices: Iterable[Device]) -> None:
        self.classify = classify
        self.phones = frozenset(device.name for device in devices if not device.control)

    def wanted(self, visits: Iterable[Visit]) -> bool:
        """Return whether no phone was shown anything, and one of them got through to see nothing.

        A blank page, an error, a challenge and a site that is not the one asked for and no lure
        are nothing; a dialog or a file never is. A visit that failed says neither.
        """
        seen = [told for visit in visits if visit.device in self.phones and (told := self._told(visit))]
        return bool(seen) and set(seen) == {"nothing"}

    def _told(self, visit: Visit) -> str:
        if visit.dialogs or visit.downloads:
            return "something"
        judged = self.classify.judged(visit)
        if judged.outcome in NOTHING:
            return "nothing"
        if judged.outcome is not Outcome.LOADED:
            return ""
        verdict = verdict_of(judged)
        shown = verdict.content_class if verdict else "unknown"
        return "nothing" if shown in NO_LURE and _sent_away(visit) else "something"


def _sent_away(visit: Visit) -> bool:
    asked, shown = host_of(visit.url), host_of(visit.final_url or visit.url)
    return registrable(asked) != registrable(shown)
