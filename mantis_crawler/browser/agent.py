"""What a device says of its browser: user agent, client hints, languages."""

from typing import Any

from mantis_crawler.items import Country, Device

GREASE_CHARACTERS = " (:-./);=?_"
GREASE_VERSIONS = ("8", "99", "24")
ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


def user_agent(device: Device, version: str) -> str:
    """Return the device's user agent with the running engine's major version in it."""
    return device.user_agent.format(major=version.split(".", maxsplit=1)[0])


def languages(device: Device, country: Country) -> tuple[str, ...]:
    """Return ``navigator.languages``: Safari tells the first one alone."""
    return country.languages[:1] if device.engine == "webkit" else country.languages


def accept_language(device: Device, country: Country) -> str:
    """Return the ``Accept-Language`` header. Safari adds the bare language to the one that it tells."""
    if device.engine == "chromium":
        return country.accept_language
    first = country.languages[0]
    bare = first.partition("-")[0]
    return first if bare == first else f"{first},{bare};q=0.9"


def override(device: Device, version: str) -> dict[str, Any]:
    """Return the options of ``Emulation.setUserAgentOverride``."""
    agent: dict[str, Any] = {"userAgent": user_agent(device, version), "platform": device.platform}
    if device.client_hints:
        agent["userAgentMetadata"] = client_hints(device, version)
    return agent


def client_hints(device: Device, version: str) -> dict[str, Any]:
    """Return the user agent's metadata, brands as Chrome of this version orders them."""
    major = version.split(".", maxsplit=1)[0]
    return {
        "brands": brands(major, short=True, brand=device.brand),
        "fullVersionList": brands(version, short=False, brand=device.brand),
        "fullVersion": version,
        "platform": device.platform_name,
        "platformVersion": device.platform_version,
        "architecture": device.architecture,
        "bitness": device.bitness,
        "model": device.model,
        "mobile": device.mobile,
        "wow64": False,
        "formFactors": [device.form_factor],
    }


def hint_headers(device: Device, version: str) -> dict[str, str]:
    """Return the headers of the user agent's client hints that name the browser, as the device sends them."""
    told = client_hints(device, version)
    lists = {"sec-ch-ua": told["brands"], "sec-ch-ua-full-version-list": told["fullVersionList"]}
    listed = {
        name: ", ".join(f'"{one["brand"]}";v="{one["version"]}"' for one in entries)
        for name, entries in lists.items()
    }
    return {
        **listed,
        "user-agent": user_agent(device, version),
        "sec-ch-ua-full-version": f'"{version}"',
        "sec-ch-ua-mobile": "?1" if device.mobile else "?0",
        "sec-ch-ua-platform": f'"{device.platform_name}"',
        "sec-ch-ua-platform-version": f'"{device.platform_version}"',
        "sec-ch-ua-model": f'"{device.model}"',
        "sec-ch-ua-arch": f'"{device.architecture}"',
        "sec-ch-ua-bitness": f'"{device.bitness}"',
        "sec-ch-ua-form-factors": f'"{device.form_factor}"',
    }


def brands(version: str, *, short: bool, brand: str = "Google Chrome") -> list[dict[str, str]]:
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
        {"brand": brand, "version": version},
    )
    listed: list[dict[str, str]] = [{}, {}, {}]
    for entry, place in zip(entries, ORDERS[seed % len(ORDERS)], strict=True):
        listed[place] = entry
    return listed
