"""Name servers as a setting names them."""

import pytest
from scrapy.settings import Settings

from mantis_crawler.spiders.arguments import PlanError
from mantis_crawler.spiders.network import name_servers


def named(words: str) -> list[tuple[str, int]]:
    return name_servers(Settings({"MANTIS_RESOLVERS": words}), "MANTIS_RESOLVERS")


def test_addresses_with_and_without_a_port_are_name_servers() -> None:
    assert named("9.9.9.9, 127.0.0.1:5353, 2620:fe::fe, [2620:fe::9]") == [
        ("9.9.9.9", 53),
        ("127.0.0.1", 5353),
        ("2620:fe::fe", 53),
        ("2620:fe::9", 53),
    ]


@pytest.mark.parametrize("words", ["dns.example", "9.9.9.9:x", "9.9.9.9:0", "9.9.9.9:99999", "9.9.9"])
def test_what_is_no_address_is_refused_by_name(words: str) -> None:
    with pytest.raises(PlanError, match=f"MANTIS_RESOLVERS names '{words}': write address or address:port"):
        named(words)
