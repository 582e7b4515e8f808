import asyncio
from typing import Any

import pytest

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.warninglists import WarningLists
from mantis_crawler.items import from_json, to_json
from tests.builders import a_record, a_resolution, an_artifact


def facts(host: str, *addresses: str, **kw: Any) -> dict[str, Any]:
    resolution = a_resolution(host, *(addresses or ("8.8.8.8",)), **kw)
    record = a_record(f"http://{host}/", resolution=resolution)
    return asyncio.run(WarningLists().facts(record))


def test_a_name_below_a_dynamic_dns_suffix_has_an_owner_and_no_veto() -> None:
    found = facts("x.duckdns.org")
    assert found["dynamic_dns"]
    assert found["suffix"] == "duckdns.org"
    assert found["suffix_kind"] == "dynamic_dns"
    assert found["registrable"] == "x.duckdns.org"
    assert not found["popular"]
    assert found["veto"] == ""


@pytest.mark.parametrize(
    ("host", "fact"),
    [
        ("www.google.com", "popular"),
        ("bit.ly", "shortener"),
        ("linktr.ee", "link_in_bio"),
        ("pastebin.com", "trusted_service"),
        ("chase.com", "bank"),
    ],
)
def test_a_listed_name_has_its_facts_and_a_veto(host: str, fact: str) -> None:
    found = facts(host)
    assert found[fact]
    assert found["lists"]
    assert found["veto"]


def test_an_unlisted_name_has_no_marks() -> None:
    found = facts("parcel-fee.top", "93.184.216.34")
    assert found["lists"] == []
    assert found["address_lists"] == {}
    assert not any(found[fact] for fact in ("popular", "shared_address", "sinkhole", "parking", "veto"))


def test_addresses_tell_whom_they_belong_to() -> None:
    found = facts("parcel-fee.top", "104.16.1.1", "103.224.182.5", "192.42.116.41")
    assert found["shared_address"]
    assert found["parking"]
    assert found["sinkhole"]
    assert found["address_lists"] == {
        "104.16.1.1": ["cloudflare"],
        "103.224.182.5": ["parking-domain"],
        "192.42.116.41": ["sinkholes"],
    }


def test_an_alias_of_a_parking_provider_is_parking_and_one_of_a_site_builder_is_not() -> None:
    assert facts("parcel-fee.top", aliases=("77026.bodis.com",))["parking"]
    assert not facts("parcel-fee.top", aliases=("lb.wordpress.com",))["parking"]


def test_a_bare_address_is_looked_up_too() -> None:
    record = a_record("http://104.16.1.1/", resolution=None)
    found = asyncio.run(WarningLists().facts(record))
    assert found["shared_address"]
    assert found["veto"] == "a bare address"


def test_an_artifact_without_a_host_is_an_error_and_not_clean() -> None:
    record = a_record(artifact=an_artifact(None))
    with pytest.raises(EnrichmentError, match="no host"):
        asyncio.run(WarningLists().facts(record))


def test_the_facts_are_json() -> None:
    found = facts("www.google.com", "104.16.1.1")
    assert from_json(to_json(found), dict[str, Any]) == found
