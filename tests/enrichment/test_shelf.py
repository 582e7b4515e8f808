from typing import Any

from mantis_crawler import enrichment
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.base import Enricher


def test_the_shelf_holds_each_source_under_its_name() -> None:
    kind: Any = Enricher
    assert {"dns", "geo", "warninglists"} <= set(discover(enrichment, kind))
