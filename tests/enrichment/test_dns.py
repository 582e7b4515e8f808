import asyncio

import pytest

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.dns import Dns
from mantis_crawler.items import Outcome
from tests.builders import a_record, a_resolution


def test_a_live_name_tells_addresses_and_aliases() -> None:
    resolution = a_resolution(
        "a.top", "1.1.1.1", "8.8.8.8", aliases=("b.top",), detail="not public: 10.0.0.1"
    )
    assert asyncio.run(Dns().facts(a_record("http://a.top/", resolution=resolution))) == {
        "addresses": ["1.1.1.1", "8.8.8.8"],
        "aliases": ["b.top"],
        "outcome": "",
        "detail": "not public: 10.0.0.1",
    }


def test_a_dead_name_tells_its_outcome() -> None:
    resolution = a_resolution("a.top", outcome=Outcome.NXDOMAIN, detail="no such name")
    found = asyncio.run(Dns().facts(a_record("http://a.top/", resolution=resolution)))
    assert found["outcome"] == "nxdomain"
    assert found["addresses"] == []


def test_a_bare_address_needs_no_dns() -> None:
    found = asyncio.run(Dns().facts(a_record("http://8.8.8.8/", resolution=None)))
    assert found["addresses"] == ["8.8.8.8"]
    assert found["outcome"] == ""


def test_a_name_that_was_never_resolved_is_an_error() -> None:
    with pytest.raises(EnrichmentError, match="not resolved"):
        asyncio.run(Dns().facts(a_record("http://a.top/", resolution=None)))
