import pytest

from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import Artifact, Hold, IndicatorType, Role
from tests.builders import an_indicator

HOST, IP, URL, HASH = IndicatorType.HOST, IndicatorType.IP, IndicatorType.URL, IndicatorType.HASH


def only(
    value: str, kind: IndicatorType, role: Role = Role.LANDING, *, visit_addresses: bool = True
) -> Artifact:
    indicator = an_indicator(value, type=kind, role=role, country="fr")
    (artifact,) = Direct(visit_addresses=visit_addresses).artifacts(indicator)
    assert artifact.indicator is indicator
    assert artifact.country == "fr"
    assert artifact.expansion == ()
    return artifact


@pytest.mark.parametrize(
    ("value", "kind", "url", "host"),
    [
        ("evil.com", HOST, "http://evil.com/", "evil.com"),
        ("1.2.3.4", IP, "http://1.2.3.4/", "1.2.3.4"),
        ("2606:4700::1", IP, "http://[2606:4700::1]/", "2606:4700::1"),
        ("https://evil.com:8443/a?b#c", URL, "https://evil.com:8443/a?b#c", "evil.com"),
        ("http://[2606:4700::1]:8080/", URL, "http://[2606:4700::1]:8080/", "2606:4700::1"),
        ("http://1.2.3.4/", URL, "http://1.2.3.4/", "1.2.3.4"),
    ],
)
def test_an_indicator_is_visited_where_it_points(
    value: str, kind: IndicatorType, url: str, host: str
) -> None:
    artifact = only(value, kind)
    assert (artifact.url, artifact.host, artifact.hold) == (url, host, None)


@pytest.mark.parametrize(
    ("value", "kind", "role", "hold"),
    [
        ("1.2.3.4", IP, Role.C2, Hold.C2),
        ("evil.com", HOST, Role.C2, Hold.C2),
        ("https://imgur.com/user/a", URL, Role.DEAD_DROP, Hold.DEAD_DROP),
        ("https://imgur.com/user/a", URL, Role.LANDING, None),
        ("ftp://evil.com/a.apk", URL, Role.PAYLOAD, Hold.SCHEME),
        ("ftp://evil.com/a.apk", URL, Role.C2, Hold.C2),
    ],
)
def test_what_no_victim_opens_is_held_with_its_url(
    value: str, kind: IndicatorType, role: Role, hold: Hold | None
) -> None:
    artifact = only(value, kind, role)
    assert artifact.hold is hold
    assert artifact.url is not None


def test_a_hash_has_nothing_to_open() -> None:
    artifact = only("d" * 64, HASH, Role.SAMPLE)
    assert (artifact.url, artifact.host, artifact.hold, artifact.key) == (None, "", Hold.HASH, "d" * 64)


def test_bare_addresses_can_be_left_out() -> None:
    assert only("1.2.3.4", IP, visit_addresses=False).hold is Hold.ADDRESS
    assert only("1.2.3.4", IP, Role.C2, visit_addresses=False).hold is Hold.C2
    assert only("http://1.2.3.4/", URL, visit_addresses=False).hold is None
    assert only("evil.com", HOST, visit_addresses=False).hold is None
