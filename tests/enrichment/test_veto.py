import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.enrichment.lists import NAME_LISTS, registrable, suffix_of
from mantis_crawler.enrichment.veto import veto


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("com", "a single label"),
        ("localhost", "a single label"),
        ("", "not a DNS name"),
        ("a..com", "not a DNS name"),
        ("UPPER.com", "not a DNS name"),
        ("bücher.de", "not a DNS name"),
        ("1.2.3.4", "a bare address"),
        ("2606:4700::1", "a bare address"),
        ("lure.test", "ends in no public suffix"),
        ("lure.local", "ends in no public suffix"),
        ("co.uk", "a public suffix"),
        ("xn--55qx5d.cn", "a public suffix"),
        ("github.io", "a suffix below which others"),
        ("s3.amazonaws.com", "a suffix below which others"),
        ("presse.ci", "a suffix below which others"),
        ("duckdns.org", "a dynamic DNS suffix"),
        ("mooo.com", "a dynamic DNS suffix"),
        ("ydns.eu", "a dynamic DNS suffix"),
        ("www.duckdns.org", "the site of a provider"),
        ("www.weebly.com", "the site of a provider"),
        ("weebly.com", "a host of many customers"),
        ("bit.ly", "a link shortener"),
        ("linktr.ee", "a page of links"),
        ("pastebin.com", "a trusted service"),
        ("docs.google.com", "a trusted service"),
        ("imgur.com", "a popular name"),
        ("www.google.com", "a popular name, as part of google.com"),
        ("a.b.c.facebook.com", "a trusted service whose users publish on it, as part of facebook.com"),
        ("chase.com", "a bank's own name"),
        ("secure.chase.com", "a bank's own name, as part of chase.com"),
    ],
)
def test_a_name_that_others_need_is_vetoed_with_the_reason(host: str, reason: str) -> None:
    assert (veto(host) or "").startswith(reason)


@pytest.mark.parametrize(
    "host",
    [
        "x.duckdns.org",
        "a.b.duckdns.org",
        "x.mooo.com",
        "x.ydns.eu",
        "x.github.io",
        "x.presse.ci",
        "x.weebly.com",
        "bucket.s3.amazonaws.com",
        "parcel-fee.top",
        "www.parcel-fee.top",
        "my_parcel.top",
        "xn--bcher-kva-lure.de",
        "parcel.co.uk",
        "google.com.parcel-fee.top",
        "chase.com-login.top",
        "xn--pple-43d.com",
    ],
)
def test_a_name_with_an_owner_of_its_own_may_be_blocked(host: str) -> None:
    assert veto(host) is None


@pytest.mark.parametrize(
    ("host", "suffix", "kind", "owner"),
    [
        ("a.b.parcel.co.uk", "co.uk", "icann", "parcel.co.uk"),
        ("a.b.github.io", "github.io", "private", "b.github.io"),
        ("a.b.duckdns.org", "duckdns.org", "dynamic_dns", "b.duckdns.org"),
        ("a.b.mooo.com", "mooo.com", "dynamic_dns", "b.mooo.com"),
        ("a.weebly.com", "weebly.com", "hosting", "a.weebly.com"),
        ("mooo.com", "mooo.com", "dynamic_dns", ""),
        ("lure.test", "", "", ""),
        ("localhost", "", "", ""),
    ],
)
def test_the_owner_of_a_name_stands_one_label_below_the_longest_shared_suffix(
    host: str, suffix: str, kind: str, owner: str
) -> None:
    assert suffix_of(host) == (suffix, kind)
    assert registrable(host) == owner


def test_all_lists_fit_the_look_up() -> None:
    assert len(set(NAME_LISTS)) == len(NAME_LISTS)


@given(st.text(max_size=40))
def test_no_text_breaks_the_guard_and_only_names_pass_it(host: str) -> None:
    if veto(host) is None:
        assert host.isascii()
        assert "." in host


@pytest.mark.parametrize(
    "host", ["naver.me", "vo.la", "www.city.shinjuku.lg.jp", "epost.go.kr", "x.gov.uk", "mit.edu"]
)
def test_shorteners_and_public_bodies_are_never_listed(host: str) -> None:
    assert veto(host)


@pytest.mark.parametrize("host", ["go-lnk.top", "academy-ac.com", "lg-parcel.kr", "gov.parcel-fee.com"])
def test_a_name_that_only_sounds_public_may_be_listed(host: str) -> None:
    assert veto(host) is None
