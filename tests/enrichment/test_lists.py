from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.enrichment.lists import _Ranges, is_parking, is_shared, is_sinkhole, lists_of_address


@pytest.mark.parametrize("address", ["192.42.116.41", "143.215.130.77", "146.112.61.104", "3.14.206.87"])
def test_an_address_that_defenders_hold_is_a_sinkhole(address: str) -> None:
    assert is_sinkhole(address)


@pytest.mark.parametrize("address", ["104.21.27.14", "172.67.139.94", "13.107.246.57"])
def test_a_listed_address_of_a_shared_front_is_no_sinkhole(address: str) -> None:
    assert "sinkholes" in lists_of_address(address)
    assert not is_sinkhole(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1", "not an address", ""])
def test_any_other_text_is_no_sinkhole(address: str) -> None:
    assert not is_sinkhole(address)


def test_a_parking_providers_own_address_is_parking_and_a_cdn_range_is_not() -> None:
    assert is_parking("34.102.136.180")
    assert is_parking("103.224.182.5")
    assert not is_parking("52.222.139.9")
    assert not is_parking("104.26.6.37")


def test_an_address_of_a_cdn_a_cloud_or_a_public_resolver_is_shared() -> None:
    assert is_shared("104.16.1.1")
    assert is_shared("2606:4700::1")
    assert is_shared("52.95.1.1")
    assert is_shared("1.1.1.1")
    assert not is_shared("93.184.216.34")


def test_ranges_that_overlap_or_touch_hold_what_each_of_them_holds() -> None:
    ranges = _Ranges(["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0", "11.0.0.1/32", "2001:db8::/32", "2001:db8::1"])
    for inside in ("10.0.0.0", "10.1.2.3", "10.255.255.255", "11.0.0.0", "11.0.0.1", "2001:db8:ffff::"):
        assert inside in ranges
    for outside in ("9.255.255.255", "11.0.0.2", "2001:db9::", "::", "0.0.0.0"):
        assert outside not in ranges


@given(
    entries=st.lists(st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str), max_size=8),
    other=st.ip_addresses().map(str),
)
def test_ranges_hold_their_entries_and_nothing_else(entries: list[str], other: str) -> None:
    ranges = _Ranges(entries)
    assert all(entry in ranges for entry in entries)
    assert (other in ranges) == (ip_address(other) in {ip_address(entry) for entry in entries})
