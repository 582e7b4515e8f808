"""The ground truth fits the world."""

import pytest

from mantis_crawler.lab.truth import Design, designs, truth
from mantis_crawler.lab.world import World

CLASSES = {
    "login", "download", "parked", "gambling", "adult", "news", "challenge", "error", "blank", "other",
}  # fmt: skip


def test_every_design_has_one_row_and_every_row_a_design() -> None:
    built = {site.design for site in World(1).sites.values()}
    assert built == set(designs())


def test_every_live_site_has_its_truth() -> None:
    assert {row.host for row in truth(1)} == set(World(1).sites)


@pytest.mark.parametrize("row", designs().values(), ids=lambda row: row.name)
def test_a_row_makes_sense(row: Design) -> None:
    assert set(row.shown) == {"android", "iphone", "desktop"}
    assert set(row.shown.values()) <= CLASSES
    assert not (row.lure and row.benign)
    if len(set(row.shown.values())) > 1:
        assert row.cloaked


def test_every_landing_host_gives_android_an_app_and_the_iphone_a_login() -> None:
    landings = [row for row in truth(1) if row.family == "mantis" and row.design.lure]
    named = [row for row in landings if row.design.name != "mantis-phishing-address"]
    assert len(named) >= 12
    assert all(row.design.shown["android"] == "download" for row in named)
    assert all(row.design.shown["iphone"] == "login" for row in landings)
    assert all(row.design.cloaked for row in landings)
