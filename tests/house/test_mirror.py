"""Tests mirror the tree, so that a test is found where its code is."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mantis_crawler"
TESTS = ROOT / "tests"
OF_THE_WHOLE = {"corpus", "golden", "hostile", "house"}
"""Folders of tests, and of their data, that belong to no single room."""
UNTESTED: set[str] = set()
"""Rooms that have no test of their own yet. The list only shrinks."""


def rooms() -> set[str]:
    """Rooms with code: packages that hold more than their page, and modules beside them."""
    packages = {path.name for path in PACKAGE.iterdir() if any(path.glob("[a-z]*.py"))}
    # settings are data, and every run reads them
    modules = {path.stem for path in PACKAGE.glob("[a-z]*.py")} - {"settings"}
    return packages | modules


def rooms_with_tests() -> set[str]:
    """Rooms that have a test where it is looked for."""
    folders = {path.name for path in TESTS.iterdir() if any(path.rglob("test_*.py"))}
    return folders | {path.stem.removeprefix("test_") for path in TESTS.glob("test_*.py")}


def test_every_room_has_tests() -> None:
    lacking = rooms() - rooms_with_tests()
    assert lacking - UNTESTED == set(), "give these a test"
    # a room that has tests by now may stay on the list until somebody sees it, one that is gone may not
    assert rooms() >= UNTESTED


def test_every_test_belongs_to_a_room() -> None:
    folders = {path.name for path in TESTS.iterdir() if any(path.rglob("test_*.py"))}
    assert folders - OF_THE_WHOLE - rooms() == set()


def test_no_two_test_files_are_taken_for_one() -> None:
    loose = [path for path in TESTS.rglob("test_*.py") if not (path.parent / "__init__.py").exists()]
    names = [path.name for path in loose]
    assert [str(path.relative_to(ROOT)) for path in loose if names.count(path.name) > 1] == []
