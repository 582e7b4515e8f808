"""The documents name what is there, and nothing that is not."""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from mantis_crawler import detectors, devices, exports, settings
from mantis_crawler.catalog import discover
from mantis_crawler.detectors.base import Detector
from mantis_crawler.exports.base import Export
from mantis_crawler.items import Device
from mantis_crawler.spiders.plan import ARGUMENTS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "outputs/README.md"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
TO_COME: set[str] = set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = {(page.parent / target).resolve() for target in targets if "://" not in target}
    missing = {str(path.relative_to(ROOT)) for path in local if not path.exists()}
    assert missing <= TO_COME


def test_the_readme_tells_every_argument_and_no_other() -> None:
    rows = README.split("| argument `-a` |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == set(ARGUMENTS)


def test_the_readme_names_every_device() -> None:
    (row,) = re.findall(r"^\| `devices` \|.*$", README, re.MULTILINE)
    assert set(re.findall(r"of ((?:`\w+`(?:, )?)+)", row)[0].replace("`", "").split(", ")) == set(
        discover(devices, Device)
    )


def test_the_readme_names_every_file_of_a_run() -> None:
    for export in discover(exports, Export).values():  # type: ignore[type-abstract]
        assert f"`{export.file_name}`" in README


def test_the_content_classes_of_the_glossary_exist() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| content class \| what a page is: ([\w, ]+), \.\.\.", glossary, re.MULTILINE)
    classes = {item.content_class.name for item in discover(detectors, Detector).values()}  # type: ignore[type-abstract]
    assert set(row.split(", ")) <= classes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_settings_that_a_page_names_exist(page: Path) -> None:
    named = set(re.findall(r"\bMANTIS_[A-Z_]+\b", page.read_text(encoding="utf-8")))
    # keys are no settings, so that nothing that writes settings down has them
    assert {name for name in named if not name.startswith("MANTIS_KEY_")} <= set(vars(settings))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_that_a_page_names_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`scrapy (\w+)", README))))
def test_commands_of_the_readme_exist(command: str) -> None:
    assert any(find_spec(f"{shelf}.{command}") for shelf in ("mantis_crawler.commands", "scrapy.commands"))


def test_spiders_of_the_readme_exist() -> None:
    for spider in set(re.findall(r"`scrapy crawl (\w+)", README)):
        assert import_module(f"mantis_crawler.spiders.{spider}")


def test_the_build_server_runs_what_the_readme_says() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]
    assert "    make test " in README


def test_decisions_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [name[:3] for name in names] == [f"{number:03}" for number in range(1, len(names) + 1)]
    for name in names:
        text = (ROOT / "docs/decisions" / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {name[:3]} ")
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Price"))
