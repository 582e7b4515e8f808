"""The control: what is shown here as well is not meant for phones alone."""

from mantis_crawler.devices.fonts import WINDOWS_FONTS
from mantis_crawler.items import Device

DESKTOP = Device(
    name="desktop",
    label="Windows PC (Chrome), the control",
    engine="chromium",
    user_agent=(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/{major}.0.0.0 Safari/537.36"
    ),
    width=1280,
    height=720,
    screen_width=1920,
    screen_height=1080,
    scale=1,
    mobile=False,
    touch_points=0,
    platform="Win32",
    platform_name="Windows",
    platform_version="19.0.0",
    architecture="x86",
    bitness="64",
    cores=8,
    memory=8,
    gpu_vendor="Google Inc. (Intel)",
    gpu_renderer="ANGLE (Intel, Intel(R) UHD Graphics 630 (0x00003E9B) Direct3D11 vs_5_0 ps_5_0, D3D11)",
    adapter=("intel", "gen-9"),
    pdf=True,
    sample_rate=48000,
    key_system="com.widevine.alpha",
    voices=(
        ("Microsoft David - English (United States)", "en-US"),
        ("Microsoft Zira - English (United States)", "en-US"),
    ),
    features=("WebBluetooth", "WebShare"),
    control=True,
    fonts=WINDOWS_FONTS,
)
