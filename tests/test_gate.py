"""The quality gate: pages are judged anew, and figures that fall below the floor beside the weights fail.

Made pages are always measured, real saved ones where the shared folder is. Neither is rendered: what a
browser adds is measured by ``scrapy accuracy``. The floors are of exactly this measurement.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import pytest

from mantis_crawler.commands.figures import Answered, figures
from mantis_crawler.commands.samples import CLASSES, Sample, read_samples
from mantis_crawler.commands.seven import seven
from mantis_crawler.judge import Weights, fitted, see
from tests.detectors.pages import CLASSES as KINDS
from tests.detectors.pages import CORPUS, DETECTORS, a_page

SHARED = Path(os.environ.get("MANTIS_SHARED", Path(__file__).resolve().parents[1] / "../shared"))
MANIFEST = SHARED / "data" / "pages" / "manifest.csv"
FLOOR = json.loads(files("mantis_crawler.judge").joinpath("floor.json").read_text(encoding="utf-8"))
EACH = 3
"""Every third saved page is judged: enough to tell a fall from chance, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What is held to a floor."""

    macro_f1: float
    ece: float
    pages: int


def measured(samples: Iterable[tuple[str, str, str]], weights: Weights | None = None) -> Measured:
    """Judge pages, each given by its class, URL and HTML."""
    answers = [answer(*sample, weights) for sample in samples]
    found = figures(answers, CLASSES)
    return Measured(macro_f1=found.macro_f1.value or 0.0, ece=found.ece, pages=found.pages)


def answer(label: str, url: str, html: str, weights: Weights | None) -> Answered:
    evidence = see(a_page(html, url=url), DETECTORS.values())
    said, confidence, _ = seven(evidence, KINDS, weights)
    return Answered(truth=label, said=said, confidence=confidence)


def made() -> list[tuple[str, str, str]]:
    """The pages of the tests' corpus; states of pages count as others."""
    return [
        (
            path.parent.name if path.parent.name in CLASSES else "others",
            "https://site.example/",
            path.read_text("utf-8"),
        )
        for path in sorted(CORPUS.glob("*/*.html"))
    ]


def saved(samples: Sequence[Sample]) -> Iterable[tuple[str, str, str]]:
    return ((one.label, one.url, one.path.read_text("utf-8", "replace")) for one in samples)


def held(found: Measured, floor: dict[str, float]) -> bool:
    return found.pages >= floor["pages"] and found.macro_f1 >= floor["macro_f1"] and found.ece <= floor["ece"]


def test_made_pages_are_judged_no_worse_than_the_floor() -> None:
    found = measured(made())
    assert held(found, FLOOR["made"]), found


@pytest.mark.skipif(not MANIFEST.is_file(), reason=f"no saved pages: {MANIFEST} is not there")
def test_saved_pages_are_judged_no_worse_than_the_floor() -> None:
    found = measured(saved(read_samples(MANIFEST)[::EACH]))
    assert held(found, FLOOR["saved"]), found


def test_weights_that_forget_a_class_fall_below_the_floor() -> None:
    weights = fitted()
    forgetful = replace(weights, bias={**weights.bias, "news": weights.bias["news"] - 20.0})
    assert not held(measured(made(), forgetful), FLOOR["made"])
