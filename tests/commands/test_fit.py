"""Weights are fitted to a handful of made pages, by those who have scikit-learn."""

import os
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from mantis_crawler.commands.samples import CLASSES, Sample
from mantis_crawler.detectors import reading
from mantis_crawler.detectors.reading import SIGN, known_traits
from mantis_crawler.detectors.view import view
from mantis_crawler.items import Evidence
from mantis_crawler.judge import see
from mantis_crawler.judge.weights import parse
from tests.detectors.pages import CORPUS, DETECTORS, a_page

ROOT = Path(__file__).parents[2]
EACH = 14
"""Pages of each class: five folds of either half need five of each."""


@pytest.fixture(scope="module")
def fitting() -> Any:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    from mantis_crawler.commands import fitting

    return fitting


def made(label: str) -> list[Path]:
    return sorted((CORPUS / ("other" if label == "others" else label)).glob("*.html"))


def seen(fitting: Any, sources: int) -> list[Any]:
    """What the detectors see on made pages of every class, spread over sources of both halves."""
    names = [f"maker-{number}" for number in range(200)]
    halves = [[name for name in names if fitting.is_development(name) is half] for half in (True, False)]
    spread = [half[place] for place in range(sources // 2) for half in halves]
    return [
        fitting.Seen(
            sample=Sample(file=path.name, path=path, label=label, source=source),
            evidence=see(a_page(path.read_text("utf-8")), DETECTORS.values()),
            traits=known_traits(view(a_page(path.read_text("utf-8")))),
        )
        for label in CLASSES
        for path, source in zip(islice(cycle(made(label)), EACH), cycle(spread), strict=False)
    ]


def test_weights_are_fitted_to_labelled_pages_and_can_be_read_again(fitting: Any) -> None:
    fit = fitting.fit_all(seen(fitting, EACH), {"made": "2026-01-02", "data": "0" * 64})
    weights = parse(fitting.as_json(fit.weights))
    assert weights == fit.weights
    assert set(weights.about) == {"made", "data", "pages", "result", "floor"}
    assert weights.about["pages"] == EACH * len(CLASSES)
    assert min((*weights.signals.values(), *weights.gain.values())) >= 0.0
    scores = weights.scores([Evidence(content_class="login", weight=0.6, reason="a form", name="alone")])
    assert max(scores, key=lambda name: scores[name]) == "login"
    assert fit.check.macro_f1.value > 0.8


def test_what_pages_read_like_is_learned_and_can_be_read_again(fitting: Any) -> None:
    from mantis_crawler.commands import likeness

    pages = seen(fitting, EACH)
    found = fitting.likenesses_of(pages)
    assert reading.parse(likeness.as_json(found)) == found
    news = [page for page in pages if page.sample.label == "news"]
    others = [page for page in pages if page.sample.label == "gambling"]
    alike = [[found["news"].chance(page.traits) for page in some] for some in (news, others)]
    assert mean(alike[0]) > 0.5 > mean(alike[1])


def test_a_page_is_read_by_those_who_saw_none_of_its_source_and_only_once(fitting: Any) -> None:
    pages = seen(fitting, EACH)
    once = fitting.read_unseen(pages)
    assert [page.sample for page in once] == [page.sample for page in pages]
    assert any(item.name == SIGN for page in once for item in page.evidence)
    assert fitting.read_unseen(once) == once


def test_too_few_sources_to_hold_any_out_are_refused(fitting: Any) -> None:
    with pytest.raises(ValueError, match="fewer than 5 sources"):
        fitting.fit_all(seen(fitting, 4), {})


@pytest.mark.browser
def test_the_command_says_what_it_lacks_and_writes_nothing(fitting: Any, tmp_path: Path) -> None:
    assert fitting
    (tmp_path / "a.html").write_text(made("login")[0].read_text("utf-8"), "utf-8")
    (tmp_path / "manifest.csv").write_text("file,class,repo\na.html,login,maker\n", "utf-8")
    place = tmp_path / "weights.json"
    line = [sys.executable, "-m", "scrapy", "fit", str(tmp_path / "manifest.csv"), "--write", str(place)]
    line += ["--write-reading", str(tmp_path / "reading.json")]
    done = subprocess.run(
        line, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode != 0
    assert "fewer than 5 sources" in done.stderr
    assert not place.exists()


WITHOUT = """
import sys
from importlib.machinery import PathFinder
from scrapy.cmdline import execute

class Without:
    @staticmethod
    def find_spec(name, path=None, target=None):
        hidden = name.split(".")[0] in {"sklearn", "scipy", "numpy"}
        return None if hidden else PathFinder.find_spec(name, path, target)

sys.meta_path = [Without if finder is PathFinder else finder for finder in sys.meta_path]
execute(["scrapy", *sys.argv[1:]])
"""


@pytest.mark.parametrize(
    ("words", "told"), [(["list"], ""), (["fit", "x.csv"], "fitting needs scikit-learn")]
)
def test_without_scikit_learn_every_other_command_works(words: list[str], told: str) -> None:
    line = [sys.executable, "-c", WITHOUT, *words]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert told in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.returncode) is bool(told)
