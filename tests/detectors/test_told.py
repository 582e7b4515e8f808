"""Every signal is declared by its detector, and every detector has its page in the docs."""

import re
from pathlib import Path

import pytest

from tests.detectors.pages import CORPUS, DETECTORS, a_file, a_page, an_alert

DOCS = Path(__file__).parents[2] / "docs" / "classes"
ROW = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


@pytest.mark.parametrize("name", DETECTORS)
def test_the_page_of_a_class_lists_what_its_detector_sees(name: str) -> None:
    text = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert dict(ROW.findall(text)) == dict(DETECTORS[name].sees)


@pytest.mark.parametrize("name", DETECTORS)
def test_the_page_of_a_class_says_what_it_gets_wrong(name: str) -> None:
    _, _, wrong = (DOCS / f"{name}.md").read_text(encoding="utf-8").partition("## What it gets wrong\n")
    assert wrong.count("\n- ") >= 2


def test_there_is_no_page_for_a_class_that_is_not() -> None:
    assert {path.stem for path in DOCS.glob("*.md")} == set(DETECTORS)


def test_every_signal_that_is_yielded_is_declared() -> None:
    pages = [a_page(path.read_text(encoding="utf-8")) for path in CORPUS.glob("*/*.html")]
    pages.append(
        a_page("", dialogs=(an_alert("Update now"),), downloads=(a_file(),), url="http://203.0.113.4/")
    )
    for page in pages:
        for detector in DETECTORS.values():
            assert {signal.name for signal in detector.signals(page)} <= set(detector.sees), detector.name


@pytest.mark.parametrize("name", DETECTORS)
def test_every_signal_that_is_declared_stands_in_the_code(name: str) -> None:
    folder = Path(__import__("mantis_crawler.detectors", fromlist=["x"]).__path__[0])
    shared = ("theme", "copies", "reading")
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    own = next(text for text in texts if f'    name = "{name}"\n' in text)
    own = re.sub(r"sees = MappingProxyType\(.*?\n    \)", "", own, flags=re.DOTALL)
    text = own + "".join((folder / f"{other}.py").read_text(encoding="utf-8") for other in shared)
    assert not [signal for signal in DETECTORS[name].sees if f'"{signal}"' not in text]
