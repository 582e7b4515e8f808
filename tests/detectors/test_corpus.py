"""Every made-up page of the corpus is judged to be what its folder says."""

from pathlib import Path

import pytest

from tests.detectors.pages import CLASSES, CORPUS, a_page, verdict_on

CASES = sorted(CORPUS.glob("*/*.html"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_of_the_corpus_is_of_its_class_and_harms_by_no_other(path: Path) -> None:
    verdict = verdict_on(a_page(path.read_text(encoding="utf-8")))
    assert verdict.content_class == path.parent.name, verdict
    harmful = {name for name, sure in verdict.others if sure >= 0.5 and CLASSES[name].victim}
    assert not harmful


def test_every_content_class_but_suspicion_has_pages_in_the_corpus() -> None:
    assert {path.parent.name for path in CASES} == set(CLASSES) - {"suspicion"}


def test_only_login_and_download_can_harm_a_victim() -> None:
    assert {name for name, kind in CLASSES.items() if kind.victim} == {"login", "download"}
