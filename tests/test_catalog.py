"""A file on a shelf is its registration."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from mantis_crawler.catalog import discover
from mantis_crawler.items import ContentClass
from mantis_crawler.sources.base import Source

CLASS = "from mantis_crawler.items import ContentClass\nX = ContentClass(name={name!r})\n"
SOURCE = """
from mantis_crawler.sources.base import Source
class Half(Source):
    name = "half"
class Whole(Half):
    name = "whole"
    def recognises(self, text): return 0.0
    def read(self, text, feed): return iter(())
"""


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """An empty shelf, named after the test's own folder so that no other test has imported it."""
    folder = tmp_path / f"shelf_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return import_module(folder.name)


def put(shelf: ModuleType, name: str, text: str) -> None:
    (Path(shelf.__path__[0]) / f"{name}.py").write_text(text)


def test_a_file_is_found_without_being_listed_anywhere(shelf: ModuleType) -> None:
    put(shelf, "b", CLASS.format(name="second"))
    put(shelf, "a", CLASS.format(name="first"))
    assert list(discover(shelf, ContentClass)) == ["first", "second"]


def test_an_empty_shelf_holds_nothing(shelf: ModuleType) -> None:
    assert discover(shelf, ContentClass) == {}


def test_the_same_name_twice_is_an_error(shelf: ModuleType) -> None:
    put(shelf, "a", CLASS.format(name="same"))
    put(shelf, "b", CLASS.format(name="same"))
    with pytest.raises(ValueError, match="declares 'same' twice"):
        discover(shelf, ContentClass)


def test_a_class_that_is_not_finished_is_no_plugin(shelf: ModuleType) -> None:
    put(shelf, "a", SOURCE)
    assert list(discover(shelf, Source)) == ["whole"]  # type: ignore[type-abstract]


def test_what_a_file_imports_from_another_is_not_its_own(shelf: ModuleType) -> None:
    put(shelf, "a", SOURCE)
    put(shelf, "b", f"from {shelf.__name__}.a import Whole\n")
    assert list(discover(shelf, Source)) == ["whole"]  # type: ignore[type-abstract]


def test_a_broken_file_is_not_passed_over(shelf: ModuleType) -> None:
    put(shelf, "a", "1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        discover(shelf, ContentClass)


def test_a_file_that_lacks_a_field_is_told_by_its_name(shelf: ModuleType) -> None:
    put(shelf, "made", "from mantis_crawler.items import ContentClass\nX = ContentClass()\n")
    with pytest.raises(ValueError, match=r"\.made declares none: .* missing .* 'name'"):
        discover(shelf, ContentClass)
