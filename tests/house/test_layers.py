"""The plan of the house: every room has its place, and none is forgotten by the import rules."""

import tomllib
from pathlib import Path

import pytest

import mantis_crawler

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
SHELVES = ("sources", "devices", "detectors", "expansion", "enrichment", "exports")


def rooms() -> set[str]:
    package = Path(mantis_crawler.__file__).parent
    return {path.stem for path in package.iterdir() if path.is_dir() or path.suffix == ".py"} - {
        "__init__",
        "__pycache__",
    }


def test_every_room_has_a_layer() -> None:
    (layers,) = (contract["layers"] for contract in CONTRACTS if contract["type"] == "layers")
    placed = {name.strip().removeprefix("mantis_crawler.") for layer in layers for name in layer.split("|")}
    assert rooms() - placed == set()


def test_the_core_and_every_shelf_are_kept_free_of_frameworks() -> None:
    (core,) = (contract for contract in CONTRACTS if contract["name"] == "The core knows no framework")
    assert {f"mantis_crawler.{name}" for name in (*SHELVES, "items", "store", "ledger", "catalog")} <= set(
        core["source_modules"]
    )
    assert {"scrapy", "playwright", "twisted"} <= set(core["forbidden_modules"])


@pytest.mark.parametrize("shelf", SHELVES)
def test_a_shelf_of_the_plan_exists(shelf: str) -> None:
    assert shelf in rooms()
