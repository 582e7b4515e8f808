"""The phone that is offered the app."""

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
)
