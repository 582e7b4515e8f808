"""The phone that is offered the app."""

from mantis_crawler.devices import CHROME_ON_ANDROID, CHROME_ON_DESKTOP, DESKTOP_NAMES
from mantis_crawler.devices.fonts import ANDROID_FONTS
from mantis_crawler.items import Device

ANDROID = Device(
    name="android",
    label="Pixel 9 (Android 16, Chrome)",
    engine="chromium",
    user_agent=(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/{major}.0.0.0 Mobile Safari/537.36"
    ),
    width=412,
    height=785,
    screen_width=412,
    screen_height=923,
    scale=2.625,
    mobile=True,
    touch_points=5,
    platform="Linux armv81",
    platform_name="Android",
    platform_version="16.0.0",
    model="Pixel 9",
    cores=8,
    memory=8,
    gpu_vendor="Google Inc. (ARM)",
    gpu_renderer="ANGLE (ARM, Mali-G715, OpenGL ES 3.2)",
    adapter=("arm", "valhall"),
    connection="cellular",
    sample_rate=48000,
    key_system="com.widevine.alpha",
    voices=(
        ("English United States", "en-US"),
        ("français France", "fr-FR"),
        ("Deutsch Deutschland", "de-DE"),
    ),
    features=CHROME_ON_ANDROID,
    no_features=CHROME_ON_DESKTOP,
    no_names=DESKTOP_NAMES,
    fonts=ANDROID_FONTS,
)
