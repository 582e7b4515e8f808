import pytest

from mantis_crawler import devices
from mantis_crawler.browser import agent
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device, country

SHELF = discover(devices, Device)
VERSION = "156.0.8078.79"


@pytest.mark.parametrize("device", SHELF.values(), ids=SHELF)
def test_a_chromium_device_says_the_version_that_runs(device: Device) -> None:
    told = agent.user_agent(device, VERSION)
    assert "{" not in told
    assert ("Chrome/156.0.0.0" in told) == (device.engine == "chromium")


@pytest.mark.parametrize(
    ("major", "listed"),
    [
        # as real Chrome of these versions sends them
        ("138", [("Not)A;Brand", "8"), ("Chromium", "138"), ("Google Chrome", "138")]),
        ("147", [("Google Chrome", "147"), ("Not.A/Brand", "8"), ("Chromium", "147")]),
    ],
)
def test_the_brands_are_in_the_order_of_real_chrome(major: str, listed: list[tuple[str, str]]) -> None:
    assert [(item["brand"], item["version"]) for item in agent.brands(major, short=True)] == listed


def test_the_browser_inside_an_app_names_itself_in_hints_and_agent() -> None:
    hints = agent.client_hints(SHELF["android_inapp"], VERSION)
    assert "Android WebView" in {item["brand"] for item in hints["brands"]}
    assert "; wv)" in agent.user_agent(SHELF["android_inapp"], VERSION)


def test_an_iphone_sends_no_client_hints() -> None:
    assert "userAgentMetadata" not in agent.override(SHELF["iphone"], VERSION)
    assert agent.override(SHELF["android"], VERSION)["userAgentMetadata"]["formFactors"] == ["Mobile"]


@pytest.mark.parametrize(
    ("device", "code", "header", "told"),
    [
        ("android", "fr", "fr-FR,fr;q=0.9", ("fr-FR", "fr")),
        ("android", "be", "fr-BE,fr;q=0.9,nl;q=0.8", ("fr-BE", "fr", "nl")),
        ("iphone", "be", "fr-BE,fr;q=0.9", ("fr-BE",)),
        ("iphone", "jp", "ja-JP,ja;q=0.9", ("ja-JP",)),
    ],
)
def test_safari_tells_scripts_one_language_and_servers_two(
    device: str, code: str, header: str, told: tuple[str, ...]
) -> None:
    assert agent.accept_language(SHELF[device], country(code)) == header
    assert agent.languages(SHELF[device], country(code)) == told
