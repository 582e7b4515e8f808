"""Name servers as a setting names them."""

from pathlib import Path

import pytest
from scrapy.settings import Settings

from mantis_crawler.spiders.arguments import PlanError
from mantis_crawler.spiders.gear import name_servers
from mantis_crawler.spiders.plan import make_plan


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


def test_a_name_server_that_is_none_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    settings = Settings({"MANTIS_OUTPUTS": str(tmp_path / "outputs"), "MANTIS_SECOND_RESOLVERS": "none"})
    with pytest.raises(PlanError, match="MANTIS_SECOND_RESOLVERS names 'none'"):
        make_plan(settings, {})
    assert not (tmp_path / "outputs").exists()
