"""A device that contradicts itself is told before anything starts, in words."""

import pytest

from mantis_crawler import devices
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device
from mantis_crawler.items.device import validate
from tests.builders import a_device

SHELF = discover(devices, Device)
SAFARI = {
    "engine": "webkit",
    "user_agent": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/27.2 Mobile/15E148 Safari/604.1"
    ),
    "platform": "iPhone",
    "platform_name": "",
    "platform_version": "",
    "model": "",
    "vendor": "Apple Computer, Inc.",
}


@pytest.mark.parametrize("device", SHELF.values(), ids=SHELF)
def test_every_device_of_the_shelf_can_be_worn(device: Device) -> None:
    validate(device)


def test_made_devices_are_right_but_for_what_a_test_changes() -> None:
    validate(a_device())
    validate(a_device("iphone", **SAFARI))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({**SAFARI, "platform_name": "iOS", "model": "iPhone"}, "Safari sends no client hints"),
        ({**SAFARI, "memory": 8}, "Safari tells neither memory nor connection"),
        ({**SAFARI, "key_system": "com.widevine.alpha"}, "key_system is 'com.widevine.alpha' on webkit"),
        ({"key_system": "com.apple.fps"}, "key_system is 'com.apple.fps' on chromium"),
        ({**SAFARI, "vendor": "Google Inc."}, "vendor is 'Google Inc.' on webkit"),
        ({**SAFARI, "user_agent": "Mozilla/5.0 (iPhone) Version/{major} Mobile"}, "Safari's version"),
        ({"scale": 0}, "scale is 0"),
        ({"scale": float("nan")}, "scale is nan"),
        ({"width": -1}, "width is -1"),
        ({"touch_points": 0}, "mobile without touch_points"),
        ({"engine": "gecko"}, "no engine 'gecko': known are chromium, webkit"),
        ({"screen_width": 400, "width": 412}, "does not fit a screen of 400x915"),
        ({"user_agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/156.0.0.0 Mobile"}, "has no {major}"),
        ({"user_agent": "Mozilla/5.0 (Linux) Chrome/{version} Mobile"}, "another placeholder"),
        ({"user_agent": "Mozilla/5.0 (Linux) Chrome/{major} Mobile\r\nX: y"}, "none that a browser sends"),
        ({"user_agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/{major}.0.0.0"}, "says otherwise"),
        ({"mobile": False, "in_app": True}, "in_app without being mobile"),
        ({"platform_version": "", "model": ""}, "client hints lack platform_version, model"),
        ({"architecture": "arm"}, "no architecture"),
        ({"platform": ""}, "has no platform"),
        ({"cores": 0}, "cores is 0"),
        ({"gpu_renderer": "Mali-G57"}, "go together"),
        ({"memory": 12}, "8 at most"),
        ({"fonts": (("Roboto", "Roboto"),)}, "fonts lack sans-serif, serif, monospace"),
        ({"fonts": (("serif", "A"), ("serif", "B"))}, "fonts named twice: serif"),
        ({"fonts": (("serif", "A:fat"),)}, "no font weight 'fat'"),
        ({"fonts": (("se,rif", "A"),)}, "no font family: 'se,rif'"),
        ({"fonts": (("serif", ":thin"),)}, "no font family"),
        ({"features": ("WebShare",), "no_features": ("WebShare",)}, "both on and off: WebShare"),
    ],
)
def test_a_contradiction_is_told_in_words(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=r"device 'made' cannot be worn: ") as caught:
        validate(a_device("made", **changes))
    assert told in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="scale is 0") as caught:
        validate(a_device(scale=0, cores=0))
    assert "cores is 0" in str(caught.value)
