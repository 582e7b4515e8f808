"""A file on a shelf is its registration, and its name is what users and files call it."""

from importlib import import_module

import pytest

from mantis_crawler.catalog import discover
from mantis_crawler.detectors.base import Detector
from mantis_crawler.enrichment.base import Enricher
from mantis_crawler.expansion.base import Pivot
from mantis_crawler.exports.base import Export
from mantis_crawler.items import Device
from mantis_crawler.sources.base import Source

KINDS: dict[str, type] = {
    "detectors": Detector,
    "devices": Device,
    "enrichment": Enricher,
    "expansion": Pivot,
    "exports": Export,
    "sources": Source,
}
BY_ANOTHER_NAME = {"domains_evidence": "evidence", "domains_excluded": "excluded"}
"""Two tables that belong to the domain list."""


@pytest.mark.parametrize("shelf", KINDS)
def test_a_plugin_is_named_as_its_file(shelf: str) -> None:
    module = import_module(f"mantis_crawler.{shelf}")
    found: dict[str, object] = discover(module, KINDS[shelf])
    assert found, f"{shelf} is empty"
    for name in found:
        plugin = import_module(f"mantis_crawler.{shelf}.{BY_ANOTHER_NAME.get(name, name)}")
        declared = {getattr(value, "name", None) for value in vars(plugin).values()}
        assert name in declared


def test_two_exports_never_write_the_same_file() -> None:
    found = discover(import_module("mantis_crawler.exports"), Export)  # type: ignore[type-abstract]
    names = [export.file_name for export in found.values()]
    assert len(names) == len(set(names))


def test_exactly_one_device_is_the_control() -> None:
    found = discover(import_module("mantis_crawler.devices"), Device)
    assert [device.name for device in found.values() if device.control] == ["desktop"]
