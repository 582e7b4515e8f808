"""What an expansion, and the crawl after it, would cost at the providers: nobody is asked for it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mantis_crawler import enrichment
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.base import Enricher
from mantis_crawler.enrichment.replies import Asking, Opinion, may_cost
from mantis_crawler.expansion.base import Asker
from mantis_crawler.items import Ask, Question

_SAMPLES = {
    Ask.PLACE: "8.8.8.8",
    Ask.KNOWN_BAD_URL: "http://an-artifact.com/",
    Ask.PICTURE: "http://an-artifact.com/",
}
_NAME = "an-artifact.com"
"""Made up, as prices are the same for all: nobody has been asked about it, so nothing of it is kept."""


def prices(
    questions: Iterable[Question], asker: Asker, options: Mapping[str, Any], *, on_lab: bool
) -> dict[str, Any]:
    """Return what questions would cost in credits by provider, and each artifact's enrichment after them."""
    every = [*questions]
    cost: Counter[str] = Counter()
    for question in every:
        cost.update(asker.price(question))
    return {
        "questions": dict(sorted(Counter(str(question.ask) for question in every).items())),
        "credits": dict(sorted(cost.items())),
        "note": "of the first questions; what their answers lead on to is asked too, and comes on top",
        "enrichment_of_each_artifact": each(asker, options, on_lab=on_lab),
    }


def each(asker: Asker, options: Mapping[str, Any], *, on_lab: bool) -> dict[str, float]:
    """Return what the enrichment of one artifact costs at the most, in credits by provider.

    Raises:
        ValueError: a setting is wrong.
    """
    generous = on_lab or may_cost(options)
    cost: Counter[str] = Counter()
    for one in discover(enrichment, Enricher).values():  # type: ignore[type-abstract]
        if not isinstance(one, Asking):
            continue
        one.configure(options)
        if one.on and (generous or isinstance(one, Opinion)):
            for ask in one.asked:
                cost.update(asker.price(Question(ask=ask, subject=_SAMPLES.get(ask, _NAME))))
    return {name: credit for name, credit in sorted(cost.items()) if credit}


def told(plain: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person wants to know of prices."""
    for provider, cost in plain["credits"].items():
        yield f"  {provider}: {cost:g} credits"
    questions = sum(plain["questions"].values())
    yield f"Nothing was asked. It would be {questions} questions at first; more may follow from answers."
    if bought := plain["enrichment_of_each_artifact"]:
        by = ", ".join(f"{name} {cost:g}" for name, cost in bought.items())
        yield f"Enrichment then costs up to {sum(bought.values()):g} credits an artifact: {by}."
