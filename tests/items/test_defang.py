import pytest

from mantis_crawler.items.defang import defang


@pytest.mark.parametrize(
    ("live", "shown"),
    [
        ("example.com", "example[.]com"),
        ("192.0.2.7", "192[.]0[.]2[.]7"),
        ("192.0.2.7:8080", "192[.]0[.]2[.]7:8080"),
        ("http://a.example.com/x.apk?y=1.2", "hxxp://a[.]example[.]com/x.apk?y=1.2"),
        ("https://example.com", "hxxps://example[.]com"),
        ("HTTPS://example.com:8443/", "hxxps://example[.]com:8443/"),
        ("https://www.bank.example@evil.example/us", "hxxps://www[.]bank[.]example[@]evil[.]example/us"),
        ("https://evil.example/who@home", "hxxps://evil[.]example/who@home"),
        ("https://evil.example?who@home.example", "hxxps://evil[.]example?who@home.example"),
        ("http://[2001:db8::1]:8080/a:b", "hxxp://[2001[:]db8[:][:]1]:8080/a:b"),
        ("2001:db8::1", "2001[:]db8[:][:]1"),
        ("example.com/a.b", "example[.]com/a.b"),
        ("ftp://example.com/a", "fxp://example[.]com/a"),
        ("d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"),
        ("", ""),
    ],
)
def test_a_value_that_people_read_opens_nothing(live: str, shown: str) -> None:
    assert defang(live) == shown
