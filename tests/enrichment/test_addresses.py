from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.enrichment.addresses import addresses_of, is_name, is_public, parse, sort_key
from mantis_crawler.items import Outcome
from tests.builders import a_record, a_resolution


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "103.80.134.4", "223.255.255.254", "2606:4700::1111", "[2001:4860:4860::8888]"],
)
def test_a_globally_routable_address_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_any_other_address_is_not_public(address: str) -> None:
    assert ip_address(address)
    assert not is_public(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "host.example",
        "1.2.3",
        "127.1",
        "0x7f.1",
        "2130706433",
        "010.0.0.1",
        "1.1.1.1 ",
        "1.1.1.1/32",
        "[]",
        "2606:4700::1%eth0",
        "1.1.1.1:80",
        "[1.1.1.1",
        "١.١.١.١",
    ],
)
def test_what_is_no_address_is_not_public(text: str) -> None:
    assert not is_public(text)
    assert parse(text) is None


@given(st.ip_addresses())
def test_public_is_never_wider_than_the_registries_say(address: object) -> None:
    if is_public(str(address)):
        assert ip_address(str(address)).is_global
        assert not ip_address(str(address)).is_multicast


@pytest.mark.parametrize("host", ["a.example", "a_b.example", "xn--p1ai", "x.co.uk", "a-b.0a"])
def test_a_name_is_a_name(host: str) -> None:
    assert is_name(host)


@pytest.mark.parametrize(
    "host", ["", "a..b", "A.example", "a.example.", "a.1", "a.0xff", "a\n.example", "é.fr"]
)
def test_what_the_dns_cannot_be_asked_for_is_no_name(host: str) -> None:
    assert not is_name(host)


def test_addresses_sort_by_number_with_ipv4_first() -> None:
    unsorted = ["2606::1", "100.1.1.1", "9.9.9.9", "::1"]
    assert sorted(unsorted, key=sort_key) == ["9.9.9.9", "100.1.1.1", "::1", "2606::1"]


def test_a_record_lives_where_its_name_led_or_at_the_address_it_is() -> None:
    named = a_record(resolution=a_resolution("x.example", "8.8.8.8", "1.1.1.1"))
    assert addresses_of(named) == ("8.8.8.8", "1.1.1.1")
    assert addresses_of(a_record("http://8.8.4.4/", resolution=None)) == ("8.8.4.4",)
    dead = a_record(resolution=a_resolution("x.example", outcome=Outcome.NXDOMAIN))
    assert addresses_of(dead) == ()
