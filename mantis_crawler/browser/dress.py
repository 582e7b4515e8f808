"""How a device's data is worn: flags of the browser, options of a context, calls on each target, scripts.

Flags reach everything, but only once a browser. A context's options reach its pages. `targets` sends
the calls to whatever runs script, workers and popups too. What none of these reach, scripts change.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mantis_crawler.browser import agent, headers, whispers
from mantis_crawler.items import Country, Device

Call = tuple[str, dict[str, Any]]
"""A DevTools method and its options."""

FLAGS = (
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
)
"""Beside the gateway nothing may leave: no QUIC, no WebRTC, no name look-up of the browser's own.

The last three give a phone its microphone and camera, which no page is ever allowed to use, and an adapter
for WebGPU, for which software stands.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """A device as it is worn by one running browser in one country."""

    device: Device
    country: Country
    version: str
    """Of the running engine."""
    native: bool = False
    """Whether the browser was started with the country's languages. Otherwise they are overridden,
    which moves the Accept-Language header from its place."""
    shell: bool = False
    """Whether the engine is the headless shell: scripts need not ask it for what it is known to lack."""

    def page_calls(self) -> list[Call]:
        """What pages, popups and frames of their own process get."""
        device = self.device
        calls = [*self._agent_calls(), ("Emulation.setLocaleOverride", {"locale": self.country.languages[0]})]
        if device.media:
            features = [{"name": name, "value": value} for name, value in device.media]
            calls.append(("Emulation.setEmulatedMedia", {"features": features}))
        return [*calls, *self.touch_calls()]

    def patterns(self) -> list[dict[str, Any]]:
        """Which requests wait for their headers."""
        return headers.patterns(self.device)

    def touch_calls(self) -> list[Call]:
        """How many fingers the screen feels."""
        points = self.device.touch_points
        options = {"enabled": True, "maxTouchPoints": points}
        return [("Emulation.setTouchEmulationEnabled", options)] if points else []

    def worker_calls(self) -> list[Call]:
        """What workers get before their first line."""
        return [
            *self._agent_calls(),
            ("Emulation.setLocaleOverride", {"locale": self.country.languages[0]}),
            ("Emulation.setTimezoneOverride", {"timezoneId": self.country.time_zone}),
            ("Runtime.evaluate", {"expression": self.worker_script(), "silent": True}),
        ]

    def page_script(self) -> str:
        """What runs in every frame before any script of the page; our own line brings it there.

        A driver's init script would do so too, but patchright brings it by changing the document on its way.
        """
        return _script(self._worn(), *_parts(self.device), "page.js")

    def worker_script(self) -> str:
        """What runs in every worker before its own script."""
        return _script(self._worn(), *_parts(self.device))

    def _agent_calls(self) -> list[Call]:
        options = agent.override(self.device, self.version)
        if not self.native:
            languages = agent.accept_language(self.device, self.country).split(",")
            options["acceptLanguage"] = ",".join(tag.partition(";")[0] for tag in languages)
        cores = {"hardwareConcurrency": self.device.cores}
        return [
            ("Emulation.setUserAgentOverride", options),
            ("Emulation.setHardwareConcurrencyOverride", cores),
        ]

    def _worn(self) -> dict[str, Any]:
        device = self.device
        return {
            "sign": whispers.SIGN,
            "platform": device.platform,
            "languages": agent.languages(device, self.country),
            "memory": device.memory,
            "vendor": device.vendor,
            "gpu": [device.gpu_vendor, device.gpu_renderer] if device.gpu_renderer else None,
            "adapter": device.adapter,
            "rate": device.sample_rate,
            "keys": device.key_system,
            "voices": device.voices,
            "lacks": (*device.no_names, *(_safari_lacks() if device.engine == "webkit" else ())),
            "pdf": device.pdf,
            "connection": device.connection,
            "hdr": ("dynamic-range", "high") in device.media,
            "mobile": device.mobile,
            "inApp": device.in_app,
            "shell": self.shell,
        }


def flags(device: Device, country: Country, version: str, *, shell: bool) -> list[str]:
    """Return the browser's flags.

    Args:
        device: Whose browser it is.
        country: Whose languages it speaks by itself; others are overridden.
        version: Of the engine.
        shell: Whether it is the headless shell, which takes the header's languages as they are given.
    """
    off = ("AutomationControlled", *device.no_features)
    wanted = [
        *FLAGS,
        f"--user-agent={agent.user_agent(device, version)}",
        f"--disable-blink-features={','.join(off)}",
    ]
    if device.features:
        wanted.append(f"--enable-blink-features={','.join(device.features)}")
    if shell:
        wanted.append(f"--accept-lang={agent.accept_language(device, country)}")
    if device.scale != 1:
        wanted.append(f"--force-device-scale-factor={device.scale:g}")
    return wanted


def unwanted_flags(device: Device) -> list[str]:
    """Return what Playwright would start the browser with, and a person's browser is not started with."""
    quick = ("--disable-popup-blocking", "--disable-ipc-flooding-protection")
    return [*quick, *([] if device.mobile else ["--hide-scrollbars"])]


def context_options(device: Device, country: Country) -> dict[str, Any]:
    """Return the options of a visit's context.

    Neither user agent nor locale, which move headers, nor touch, which would have one finger.
    """
    return {
        "viewport": {"width": device.width, "height": device.height},
        "screen": {"width": device.screen_width, "height": device.screen_height},
        "device_scale_factor": device.scale,
        "is_mobile": device.mobile,
        "timezone_id": country.time_zone,
        "ignore_https_errors": True,
        "accept_downloads": True,
    }


def profile(device: Device, engine: str) -> str:
    """Return which profile is worn on which engine, in words for the record."""
    label = {"chromium": "Chromium", "webkit": "WebKit"}.get(engine, engine)
    return f"{device.name} profile on {label}"


def webkit_script() -> str:
    """What runs in every frame where the engine is the phone's own: nothing leaves beside the gateway."""
    return _script({}, "mask.js", "webkit.js")


def _parts(device: Device) -> tuple[str, ...]:
    return ("mask.js", "both.js", *(("safari.js",) if device.engine == "webkit" else ()))


def _script(worn: dict[str, Any], *names: str) -> str:
    body = "\n".join(_source(name) for name in names)
    return f"(() => {{\n'use strict';\nconst worn = {json.dumps(worn)};\n{body}\n}})();"


@cache
def _safari_lacks() -> tuple[str, ...]:
    """Names that Chromium has and Safari has not, as MDN's compatibility data tell."""
    return tuple(_source("safari_lacks.txt").split())


@cache
def _source(name: str) -> str:
    text = (files("mantis_crawler.browser") / "worn" / name).read_text("utf-8")
    # every document reads it anew: without what only people read
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
