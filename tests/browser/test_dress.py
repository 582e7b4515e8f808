import json
import re

import pytest

from mantis_crawler import devices
from mantis_crawler.browser import dress
from mantis_crawler.browser.dress import Dress
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device, country

SHELF = discover(devices, Device)
VERSION = "156.0.8078.79"


def worn(name: str = "android", code: str = "us", *, native: bool = False) -> Dress:
    return Dress(device=SHELF[name], country=country(code), version=VERSION, native=native)


def told(script: str) -> dict[str, object]:
    found = re.search(r"^const worn = (.*);$", script, re.MULTILINE)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_language_and_clock_are_those_of_the_victims_country() -> None:
    calls = dict(worn(code="fr").page_calls())
    assert calls["Emulation.setUserAgentOverride"]["acceptLanguage"] == "fr-FR,fr"
    assert calls["Emulation.setLocaleOverride"] == {"locale": "fr-FR"}
    assert dict(worn(code="fr").worker_calls())["Emulation.setTimezoneOverride"] == {
        "timezoneId": "Europe/Paris"
    }
    assert dress.context_options(SHELF["android"], country("fr"))["timezone_id"] == "Europe/Paris"


def test_languages_that_the_browser_was_started_with_are_not_overridden() -> None:
    calls = dict(worn(code="fr", native=True).page_calls())
    assert "acceptLanguage" not in calls["Emulation.setUserAgentOverride"]
    flags = dress.flags(SHELF["android"], country("fr"), VERSION, shell=True)
    assert "--accept-lang=fr-FR,fr;q=0.9" in flags


def test_workers_get_no_call_that_is_only_for_pages() -> None:
    methods = {method for method, _ in worn().worker_calls()}
    assert "Emulation.setTouchEmulationEnabled" not in methods
    assert "Emulation.setUserAgentOverride" in methods


def test_the_screen_feels_as_many_fingers_as_the_device() -> None:
    assert worn().touch_calls() == [
        ("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    ]
    assert worn("desktop").touch_calls() == []


@pytest.mark.parametrize("name", SHELF)
def test_no_option_of_the_context_moves_a_header(name: str) -> None:
    options = dress.context_options(SHELF[name], country("us"))
    assert not {"user_agent", "locale", "extra_http_headers"} & set(options)


@pytest.mark.parametrize("name", SHELF)
def test_a_script_carries_the_devices_data(name: str) -> None:
    device = SHELF[name]
    for script in (worn(name).page_script(), worn(name).worker_script()):
        data = told(script)
        assert data["platform"] == device.platform
        assert data["memory"] == device.memory
        assert ("GestureEvent" in script) is (device.engine == "webkit")


def test_safari_lacks_what_chromium_alone_has_and_keeps_what_both_have() -> None:
    lacks = told(worn("iphone").page_script())["lacks"]
    assert isinstance(lacks, list)
    assert {"Navigator.userAgentData", "Navigator.connection", "BatteryManager", "Window.chrome"} <= set(
        lacks
    )
    assert not {"Document", "Window", "Navigator", "Navigator.userAgent", "Promise"} & set(lacks)


def test_a_phones_features_are_switched_by_flags() -> None:
    flags = dress.flags(SHELF["android"], country("us"), VERSION, shell=True)
    (on,) = (flag for flag in flags if flag.startswith("--enable-blink-features="))
    (off,) = (flag for flag in flags if flag.startswith("--disable-blink-features="))
    assert "ContactsManager" in on
    assert "AutomationControlled" in off
    assert "EyeDropperAPI" in off
    assert "--force-device-scale-factor=2.625" in flags


def test_only_the_desktop_shows_scrollbars() -> None:
    assert "--hide-scrollbars" in dress.unwanted_flags(SHELF["desktop"])
    assert "--hide-scrollbars" not in dress.unwanted_flags(SHELF["iphone"])


def test_the_record_names_the_profile_and_the_engine_that_wore_it() -> None:
    assert dress.profile(SHELF["iphone"], "chromium") == "iphone profile on Chromium"
