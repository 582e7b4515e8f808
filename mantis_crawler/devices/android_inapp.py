"""A link that was opened in a messenger: the browser is the app's own, a WebView, and says so."""

from mantis_crawler.devices import (
    CHROME_IN_APPS,
    CHROME_NAMES,
    CHROME_ON_DESKTOP,
    DESKTOP_NAMES,
    NO_APP_FEATURES,
)
from mantis_crawler.devices.fonts import ANDROID_FONTS
from mantis_crawler.items import Device

ANDROID_INAPP = Device(
    name="android_inapp",
    label="Pixel 9 (Android 16, inside an app)",
    engine="chromium",
    user_agent=(
        "Mozilla/5.0 (Linux; Android 10; K; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/{major}.0.0.0 Mobile Safari/537.36"
    ),
    brand="Android WebView",
    width=412,
    height=811,
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
    features=CHROME_IN_APPS,
    no_features=(*CHROME_ON_DESKTOP, *NO_APP_FEATURES),
    no_names=(*DESKTOP_NAMES, *CHROME_NAMES),
    in_app=True,
    fonts=ANDROID_FONTS,
)
