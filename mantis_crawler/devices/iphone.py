"""The phone that is asked for its account."""

from mantis_crawler.devices import CHROME_ON_DESKTOP
from mantis_crawler.devices.fonts import IPHONE_FONTS
from mantis_crawler.items import Device

SAFARI_TOO = {"AudioOutputDevices", "GetDisplayMedia"}

IPHONE = Device(
    name="iphone",
    label="iPhone 16 (iOS 27, Safari)",
    engine="webkit",
    user_agent=(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Version/27.2 Mobile/15E148 Safari/604.1"
    ),
    width=393,
    height=660,
    screen_width=393,
    screen_height=852,
    scale=3,
    mobile=True,
    touch_points=5,
    platform="iPhone",
    cores=4,
    features=("MediaCapture", "TouchEventFeatureDetection", "WebShare"),
    no_features=tuple(sorted(set(CHROME_ON_DESKTOP) - SAFARI_TOO)),
    voices=(
        ("Samantha", "en-US"),
        ("Daniel", "en-GB"),
        ("Thomas", "fr-FR"),
        ("Anna", "de-DE"),
        ("Kyoko", "ja-JP"),
    ),
    vendor="Apple Computer, Inc.",
    gpu_vendor="Apple Inc.",
    gpu_renderer="Apple GPU",
    adapter=("apple", ""),
    pdf=True,
    key_system="com.apple.fps",
    media=(("color-gamut", "p3"), ("dynamic-range", "high")),
    fonts=IPHONE_FONTS,
)
