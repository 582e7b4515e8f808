"""The same lure on another maker's phone: kits that ask for one brand leave the others out."""

from mantis_crawler.devices import CHROME_ON_ANDROID, CHROME_ON_DESKTOP, DESKTOP_NAMES
from mantis_crawler.devices.fonts import ANDROID_FONTS
from mantis_crawler.items import Device

ANDROID_SAMSUNG = Device(
    name="android_samsung",
    label="Galaxy S24 (Android 16, Chrome)",
    engine="chromium",
    user_agent=(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/{major}.0.0.0 Mobile Safari/537.36"
    ),
    width=360,
    height=656,
    screen_width=360,
    screen_height=780,
    scale=3,
    mobile=True,
    touch_points=5,
    platform="Linux armv81",
    platform_name="Android",
    platform_version="16.0.0",
    model="SM-S921B",
    cores=8,
    memory=8,
    gpu_vendor="Google Inc. (Samsung Electronics Co., Ltd.)",
    gpu_renderer="ANGLE (Samsung Electronics Co., Ltd., Samsung Xclipse 940, OpenGL ES 3.2)",
    adapter=("samsung", "rdna-3"),
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
