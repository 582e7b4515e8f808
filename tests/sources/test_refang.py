import re
from ipaddress import IPv4Address, IPv6Address

import ioc_fanger
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.items.defang import defang
from mantis_crawler.sources.refang import DOT, refang
from mantis_crawler.sources.tokens import read_value
from mantis_crawler.sources.values import Value

labels = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True) | st.sampled_from(
    ["xn--mnchen-3ya", "münchen", "例子", "пример"]
)
hosts = st.builds(
    lambda names, tld: ".".join([*names, tld]),
    st.lists(labels, min_size=1, max_size=4),
    st.sampled_from(["com", "top", "co.jp", "duckdns.org", "xn--p1ai"]),
)
addresses = st.integers(0, 2**32 - 1).map(lambda number: str(IPv4Address(number)))
long_addresses = st.integers(0, 2**128 - 1).map(lambda number: str(IPv6Address(number)))
places = hosts | addresses | long_addresses.map(lambda address: f"[{address}]")
paths = st.from_regex(r"(?:/[A-Za-z0-9._~%-]{0,8}){0,3}(?:\?[a-z]=[A-Za-z0-9@.:/-]{0,12})?", fullmatch=True)
urls = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "ftp"]),
    st.sampled_from(["", "user@", "www.ca.gov@", "u:p@"]),
    places,
    st.sampled_from(["", ":80", ":8443"]),
    paths,
)


@given(hosts | addresses | long_addresses | urls)
def test_what_is_defanged_is_refanged_to_the_same_value(value: str) -> None:
    assert refang(defang(value)) == value


@given(urls)
def test_a_defanged_url_reads_as_the_live_one(url: str) -> None:
    assert read_value(defang(url)) == read_value(url)


@given(urls)
def test_a_normal_form_is_its_own_normal_form(url: str) -> None:
    reading = read_value(url)
    if isinstance(reading, Value):
        assert read_value(reading.value) == Value(reading.value, reading.type)


@given(hosts, st.sampled_from(["[.]", "(.)", "{.}", "[dot]", "(dot)", "[DOT]", "\\."]))
def test_any_bracketed_dot_is_a_dot(host: str, dot: str) -> None:
    assert refang(host.replace(".", dot)) == host


@pytest.mark.parametrize(
    "text",
    [
        "hxxps://evil[.]com/a",
        "hxxp[:]//evil[.]com",
        "evil(.)com",
        "evil[dot]com",
        "1[.]2[.]3[.]4",
        "evil\\.com",
    ],
)
def test_plain_cases_agree_with_a_well_known_refanger(text: str) -> None:
    assert refang(text) == ioc_fanger.fang(text)


@given(st.text())
def test_no_mark_of_ours_is_left_in_refanged_text(text: str) -> None:
    assert DOT not in refang(text)


@given(st.text(alphabet="abc .[](){}<>:/\\*+hxtp dot at@1", max_size=60))
def test_odd_brackets_neither_raise_nor_grow(text: str) -> None:
    assert len(refang(text)) <= len(text) + 5 * len(re.findall(r"(?i)meow|[hf]", text)) + 1
