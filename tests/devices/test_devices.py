"""Devices are data; what they say must fit together."""

import re

import pytest

from mantis_crawler import devices
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device

ALL = discover(devices, Device)


@pytest.mark.parametrize("device", ALL.values(), ids=ALL)
def test_a_device_fits_its_own_screen(device: Device) -> None:
    assert 0 < device.width <= device.screen_width
    assert 0 < device.height <= device.screen_height
    assert device.scale >= 1


@pytest.mark.parametrize("device", ALL.values(), ids=ALL)
def test_a_phone_has_touch_and_the_control_has_none(device: Device) -> None:
    assert device.mobile is not device.control
    assert (device.touch_points > 0) is device.mobile
    assert ("Mobile" in device.user_agent) is device.mobile


@pytest.mark.parametrize("device", ALL.values(), ids=ALL)
def test_chrome_follows_the_running_engine_and_safari_does_not(device: Device) -> None:
    assert ("{major}" in device.user_agent) is (device.engine == "chromium")
    assert re.fullmatch(r"Mozilla/5\.0 \([^()]+\) \S+ \(KHTML, like Gecko\) .+", device.user_agent)
    assert device.user_agent.format(major=156).isascii()


@pytest.mark.parametrize("device", ALL.values(), ids=ALL)
def test_only_chromium_sends_client_hints_and_then_all_of_them(device: Device) -> None:
    assert device.client_hints is (device.engine == "chromium")
    assert bool(device.platform_version) is device.client_hints
    assert bool(device.model) is (device.client_hints and device.mobile)
