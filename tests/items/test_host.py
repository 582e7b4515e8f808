import pytest

from mantis_crawler.items import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://User:pw@WWW.Evil.com.:8080/x", "www.evil.com"),
        ("https://[2001:db8::1]:443/", "2001:db8::1"),
        ("intent://scan/#Intent;end", "scan"),
        ("http://[x/", ""),
        ("about:blank", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_url_however_broken(url: str, host: str) -> None:
    assert host_of(url) == host
