"""The judge's classes as the seven that pages are labelled with."""

from collections.abc import Iterable, Mapping

from mantis_crawler.commands.samples import CLASSES, OTHERS
from mantis_crawler.items import ContentClass, Evidence
from mantis_crawler.judge import Weights, chances, judge


def seven(
    evidence: Iterable[Evidence], classes: Mapping[str, ContentClass], weights: Weights | None = None
) -> tuple[str, float, str]:
    """Return label, confidence and the judge's own class.

    What is none of the six is ``others``, and as likely as all that is none of them together.
    """
    every = tuple(evidence)
    verdict = judge(every, classes, weights=weights)
    name = verdict.content_class
    if name in CLASSES:
        return name, verdict.confidence, name
    shares = chances((item for item in every if item.content_class in classes), weights)
    return OTHERS, round(min(1.0 - sum(shares.get(one, 0.0) for one in CLASSES), 1.0), 4), name
