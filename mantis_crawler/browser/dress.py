"""How a device's data is worn: browser flags, context options, overrides, and a small script.

Flags reach workers and popups, contexts do not; overrides are sent before the first navigation.
"""

from typing import Any

from mantis_crawler.items import Country, Device

GREASE_CHARACTERS = " (:-./);=?_"
GREASE_VERSIONS = ("8", "99", "24")
ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))

FLAGS = (
    "--disable-quic",
    "--disable-blink-features=AutomationControlled",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--no-first-run",
)
"""Beside the gateway nothing may leave: no QUIC, no WebRTC, no name look-up of the browser's own."""

SAFARI = """
(() => {
  delete Object.getPrototypeOf(navigator).userAgentData;
  delete window.chrome;
  Object.defineProperty(Object.getPrototypeOf(navigator), 'vendor',
    {get: () => 'Apple Computer, Inc.', configurable: true, enumerable: true});
})();
"""
"""What no override can take off Chromium where it wears an iPhone's profile."""


def user_agent(device: Device, version: str) -> str:
    """Return the device's user agent with the running engine's major version in it."""
    return device.user_agent.format(major=version.split(".", maxsplit=1)[0])


def flags(device: Device, version: str) -> list[str]:
    """Return the browser's flags: one browser a device, as these reach every worker and popup."""
    return [*FLAGS, f"--user-agent={user_agent(device, version)}"]


def context_options(device: Device, country: Country) -> dict[str, Any]:
    """Return the options of a visit's context; neither user agent nor locale, which move headers."""
    return {
        "viewport": {"width": device.width, "height": device.height},
        "screen": {"width": device.screen_width, "height": device.screen_height},
        "device_scale_factor": device.scale,
        "is_mobile": device.mobile,
        "has_touch": device.touch_points > 0,
        "timezone_id": country.time_zone,
        "ignore_https_errors": True,
        "accept_downloads": True,
    }


def overrides(device: Device, country: Country, version: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the DevTools calls that the page's session gets before its first navigation."""
    agent: dict[str, Any] = {
        "userAgent": user_agent(device, version),
        "acceptLanguage": ",".join(country.languages),
        "platform": device.platform,
    }
    if device.client_hints:
        agent["userAgentMetadata"] = client_hints(device, version)
    calls: list[tuple[str, dict[str, Any]]] = [
        ("Emulation.setUserAgentOverride", agent),
        ("Emulation.setLocaleOverride", {"locale": country.languages[0]}),
        ("Emulation.setHardwareConcurrencyOverride", {"hardwareConcurrency": device.cores}),
    ]
    if device.touch_points:
        touch = {"enabled": True, "maxTouchPoints": device.touch_points}
        calls.append(("Emulation.setTouchEmulationEnabled", touch))
    return calls


def script(device: Device) -> str:
    """Return what runs before any script of the page; empty if nothing is needed."""
    return SAFARI if device.engine == "webkit" else ""


def profile(device: Device, engine: str) -> str:
    """Return which profile is worn on which engine, in words for the record."""
    label = {"chromium": "Chromium", "webkit": "WebKit"}.get(engine, engine)
    return f"{device.name} profile on {label}"


def client_hints(device: Device, version: str) -> dict[str, Any]:
    """Return the user agent's metadata, brands as Chrome of this version orders them."""
    major = version.split(".", maxsplit=1)[0]
    return {
        "brands": brands(major, short=True),
        "fullVersionList": brands(version, short=False),
        "fullVersion": version,
        "platform": device.platform_name,
        "platformVersion": device.platform_version,
        "architecture": device.architecture,
        "bitness": device.bitness,
        "model": device.model,
        "mobile": device.mobile,
        "wow64": False,
        "formFactors": ["Mobile"] if device.mobile else ["Desktop"],
    }


def brands(version: str, *, short: bool) -> list[dict[str, str]]:
    """Return the brand list of a Chrome version: order and GREASE follow its major version.

    As in Chromium's ``components/embedder_support/user_agent_utils.cc``.
    """
    seed = int(version.split(".", maxsplit=1)[0])
    size = len(GREASE_CHARACTERS)
    grease = f"Not{GREASE_CHARACTERS[seed % size]}A{GREASE_CHARACTERS[(seed + 1) % size]}Brand"
    grease_version = GREASE_VERSIONS[seed % len(GREASE_VERSIONS)]
    entries = (
        {"brand": grease, "version": grease_version if short else f"{grease_version}.0.0.0"},
        {"brand": "Chromium", "version": version},
        {"brand": "Google Chrome", "version": version},
    )
    listed: list[dict[str, str]] = [{}, {}, {}]
    for entry, place in zip(entries, ORDERS[seed % len(ORDERS)], strict=True):
        listed[place] = entry
    return listed
