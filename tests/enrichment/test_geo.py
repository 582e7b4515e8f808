import asyncio
from pathlib import Path
from typing import Any

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.geo import SETTING, Geo
from mantis_crawler.items import Outcome, from_json, to_json
from tests.builders import a_record, a_resolution

FLAT = {"country_code": "JP", "asn": 64500, "as_org": "Made Networks"}
NESTED = {
    "country": {"iso_code": "US"},
    "autonomous_system_number": 64501,
    "autonomous_system_organization": "Other Networks",
}


def a_database(folder: Path, entries: dict[str, Any], *, version: int = 4) -> Path:
    writer = MMDBWriter(ip_version=version, database_type="made", description="made for a test")
    for network, entry in entries.items():
        writer.insert_network(IPSet([network]), entry)
    path = folder / "made.mmdb"
    writer.to_db_file(str(path))
    return path


def facts(database: Path | None, *addresses: str) -> dict[str, Any]:
    geo = Geo()
    geo.configure({SETTING: str(database)} if database else {})
    record = a_record("http://a.top/", resolution=a_resolution("a.top", *addresses))
    return asyncio.run(geo.facts(record))


def test_the_country_is_known_without_any_database() -> None:
    found = facts(None, "8.8.8.8")
    assert found["countries"] == ["us"]
    assert found["networks"] == []
    assert not found["disputed"]


def test_a_flat_database_adds_country_and_network(tmp_path: Path) -> None:
    found = facts(a_database(tmp_path, {"8.8.8.0/24": FLAT}), "8.8.8.8")
    assert found["addresses"] == [
        {
            "address": "8.8.8.8",
            "countries": {"iptocc": "us", "made": "jp"},
            "disputed": True,
            "asn": 64500,
            "network": "Made Networks",
        }
    ]
    assert found["countries"] == ["jp", "us"]
    assert found["networks"] == ["Made Networks"]


def test_a_nested_database_is_read_as_well(tmp_path: Path) -> None:
    found = facts(a_database(tmp_path, {"8.8.8.0/24": NESTED}), "8.8.8.8")
    assert found["addresses"][0]["asn"] == 64501
    assert found["networks"] == ["Other Networks"]
    assert not found["disputed"]


@pytest.mark.parametrize(
    ("written", "number"), [("AS64502", 64502), ("64502", 64502), ("none", None), ("²", None)]
)
def test_an_as_number_is_read_in_any_spelling(tmp_path: Path, written: str, number: int | None) -> None:
    found = facts(a_database(tmp_path, {"8.8.8.0/24": {"asn": written}}), "8.8.8.8")
    assert found["addresses"][0]["asn"] == number


def test_an_address_that_a_database_does_not_hold_keeps_the_other_source(tmp_path: Path) -> None:
    found = facts(a_database(tmp_path, {"9.9.9.0/24": FLAT}), "8.8.8.8", "2001:4860:4860::8888")
    assert [row["countries"] for row in found["addresses"]] == [{"iptocc": "us"}, {"iptocc": "us"}]


def test_two_addresses_in_two_countries_are_no_dispute() -> None:
    found = facts(None, "8.8.8.8", "193.0.6.139")
    assert found["countries"] == ["nl", "us"]
    assert not found["disputed"]


def test_a_missing_database_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"MANTIS_ASN_DATABASE.*name an \.mmdb file"):
        Geo().configure({SETTING: str(tmp_path / "none.mmdb")})


def test_a_file_that_is_no_database_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "text.mmdb"
    path.write_text("not a database")
    with pytest.raises(ValueError, match="cannot be read as a MaxMind database"):
        Geo().configure({SETTING: str(path)})
    with pytest.raises(ValueError, match="cannot be read as a MaxMind database"):
        Geo().configure({SETTING: str(tmp_path)})


def test_a_dead_name_has_no_country_and_that_is_an_error() -> None:
    record = a_record("http://a.top/", resolution=a_resolution("a.top", outcome=Outcome.NXDOMAIN))
    with pytest.raises(EnrichmentError, match="no address"):
        asyncio.run(Geo().facts(record))


def test_the_facts_are_json(tmp_path: Path) -> None:
    found = facts(a_database(tmp_path, {"8.8.8.0/24": FLAT}), "8.8.8.8")
    assert from_json(to_json(found), dict[str, Any]) == found
