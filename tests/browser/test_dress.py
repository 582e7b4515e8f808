import pytest

from mantis_crawler import devices
from mantis_crawler.browser import dress
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device, country

SHELF = discover(devices, Device)
VERSION = "156.0.8078.79"


@pytest.mark.parametrize("device", SHELF.values(), ids=SHELF)
def test_a_chromium_device_says_the_version_that_runs(device: Device) -> None:
    agent = dress.user_agent(device, VERSION)
    assert "{" not in agent
    assert ("Chrome/156.0.0.0" in agent) == (device.engine == "chromium")


@pytest.mark.parametrize(
    ("major", "listed"),
    [
        # as real Chrome of these versions sends them
        ("138", [("Not)A;Brand", "8"), ("Chromium", "138"), ("Google Chrome", "138")]),
        ("147", [("Google Chrome", "147"), ("Not.A/Brand", "8"), ("Chromium", "147")]),
    ],
)
def test_the_brands_are_in_the_order_of_real_chrome(major: str, listed: list[tuple[str, str]]) -> None:
    assert [(item["brand"], item["version"]) for item in dress.brands(major, short=True)] == listed


def test_an_iphone_sends_no_client_hints() -> None:
    calls = dict(dress.overrides(SHELF["iphone"], country("jp"), VERSION))
    assert "userAgentMetadata" not in calls["Emulation.setUserAgentOverride"]
    assert "userAgentData" in dress.script(SHELF["iphone"])


def test_language_and_clock_are_those_of_the_victims_country() -> None:
    calls = dict(dress.overrides(SHELF["android"], country("fr"), VERSION))
    assert calls["Emulation.setUserAgentOverride"]["acceptLanguage"] == "fr-FR,fr"
    assert dress.context_options(SHELF["android"], country("fr"))["timezone_id"] == "Europe/Paris"


def test_no_option_of_the_context_moves_a_header() -> None:
    for device in SHELF.values():
        assert not {"user_agent", "locale", "extra_http_headers"} & set(
            dress.context_options(device, country("us"))
        )
