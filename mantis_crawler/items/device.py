"""A phone, as a site sees it."""

import math
from dataclasses import dataclass

ENGINES = ("chromium", "webkit")
GENERIC_FONTS = ("sans-serif", "serif", "monospace")
"""Families that every page may name."""
FONT_WEIGHTS = ("thin", "light", "regular", "medium", "bold", "black")


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A phone profile, or the desktop control. Data only: ``browser`` turns it into a context."""

    name: str
    label: str
    """What a person reads: maker and model."""
    engine: str
    """The engine that the real device runs: ``chromium`` or ``webkit``."""
    user_agent: str
    """With ``{major}`` in the place of the running engine's major version; Safari's is frozen."""
    brand: str = "Google Chrome"
    """The brand that client hints name beside Chromium."""
    width: int
    """Viewport, in CSS pixels."""
    height: int
    screen_width: int
    screen_height: int
    scale: float
    """Device pixels per CSS pixel."""
    mobile: bool
    touch_points: int
    platform: str
    """``navigator.platform``."""
    platform_name: str = ""
    """``Sec-CH-UA-Platform``; empty where the device sends no client hints."""
    platform_version: str = ""
    model: str = ""
    architecture: str = ""
    bitness: str = ""
    cores: int
    memory: float = 0
    """``navigator.deviceMemory``, in GiB; 0 where the engine does not tell it."""
    vendor: str = "Google Inc."
    """``navigator.vendor``."""
    gpu_vendor: str = ""
    """WebGL's unmasked vendor; empty: what the machine has."""
    gpu_renderer: str = ""
    adapter: tuple[str, str] = ("", "")
    """Vendor and architecture that WebGPU tells, such as ``("arm", "valhall")``; empty: it has no adapter."""
    connection: str = ""
    """``navigator.connection.type``, such as ``cellular``; empty: what the machine has."""
    pdf: bool = False
    """Whether it shows PDF by itself (and lists the five names of that)."""
    sample_rate: int = 0
    """Of audio, in Hz; 0: what the machine has."""
    media: tuple[tuple[str, str], ...] = ()
    """Media features of CSS and their values, such as ``("color-gamut", "p3")``."""
    key_system: str = ""
    """The one that it plays protected video with, such as ``com.widevine.alpha``; empty: none."""
    voices: tuple[tuple[str, str], ...] = ()
    """Names and languages of the voices that speech synthesis has."""
    fonts: tuple[tuple[str, str], ...] = ()
    """Font families that it has, and the free font that is painted for each, with the weight if it is
    not the asked one: ``("sans-serif-thin", "Roboto:thin")``. The last one is held against every family
    that it lacks, so it is none that Chromium takes for another, as it takes Arial for Liberation Sans.
    Empty: what the machine has."""
    features: tuple[str, ...] = ()
    """Blink features that the phone has and the running engine may lack."""
    no_features: tuple[str, ...] = ()
    """Blink features that the running engine may have and the phone lacks."""
    no_names: tuple[str, ...] = ()
    """Names of the web platform that the phone lacks and no feature switches: ``Interface.member``."""
    in_app: bool = False
    """Whether this is the browser inside another app (a link opened from a messenger)."""
    control: bool = False
    """The desktop that tells *mobile only* from *everywhere*; victims do not use it."""

    @property
    def client_hints(self) -> bool:
        """Whether the device's browser sends ``Sec-CH-UA`` headers."""
        return bool(self.platform_name)

    @property
    def form_factor(self) -> str:
        """``Sec-CH-UA-Form-Factors``."""
        return "Mobile" if self.mobile else "Desktop"

    @property
    def orientation(self) -> str:
        """``screen.orientation.type``, DevTools' word for it."""
        return "portraitPrimary" if self.screen_height > self.screen_width else "landscapePrimary"


def validate(device: Device) -> None:
    """Check that a device's data is whole and does not contradict itself.

    Raises:
        ValueError: it does not hold; the message names the device and every fault.
    """
    faults = [
        *_of_screen(device),
        *_of_agent(device),
        *_of_hints(device),
        *_of_machine(device),
        *_of_fonts(device),
    ]
    if faults:
        raise ValueError(f"device {device.name!r} cannot be worn: {'; '.join(faults)}")


def _of_screen(device: Device) -> list[str]:
    sizes = {
        "width": device.width,
        "height": device.height,
        "screen_width": device.screen_width,
        "screen_height": device.screen_height,
        "scale": device.scale,
    }
    faults = [
        f"{name} is {size}, not a number above 0"
        for name, size in sizes.items()
        if not (math.isfinite(size) and size > 0)
    ]
    if device.width > device.screen_width or device.height > device.screen_height:
        faults.append(
            f"a viewport of {device.width}x{device.height} does not fit a screen of "
            f"{device.screen_width}x{device.screen_height}"
        )
    if device.mobile and not device.touch_points:
        faults.append("it is mobile without touch_points")
    if device.touch_points < 0:
        faults.append(f"touch_points is {device.touch_points}")
    return faults


def _of_agent(device: Device) -> list[str]:
    if device.engine not in ENGINES:
        return [f"no engine {device.engine!r}: known are {', '.join(ENGINES)}"]
    faults = []
    try:
        agent = device.user_agent.format(major=100)
    except (KeyError, IndexError, ValueError):
        return ["user_agent holds another placeholder than {major}"]
    follows = agent != device.user_agent
    if device.engine == "chromium" and not follows:
        faults.append("its user_agent has no {major}: it would name another version than the engine's")
    if device.engine == "webkit" and follows:
        faults.append("its user_agent has a {major}: Safari's version is not Chromium's")
    if not agent.startswith("Mozilla/5.0 (") or not agent.isascii() or not agent.isprintable():
        faults.append("its user_agent is none that a browser sends")
    if ("Mobile" in agent) is not device.mobile:
        faults.append(f"mobile is {device.mobile}, and its user_agent says otherwise")
    if device.in_app and not device.mobile:
        faults.append("it is in_app without being mobile")
    return faults


def _of_hints(device: Device) -> list[str]:
    hints = {
        "platform_name": device.platform_name,
        "platform_version": device.platform_version,
        "model": device.model,
        "architecture": device.architecture,
        "bitness": device.bitness,
    }
    if device.engine == "webkit":
        sent = [name for name, value in hints.items() if value]
        return [f"Safari sends no client hints, and it has {', '.join(sent)}"] if sent else []
    wanted = ("platform_name", "platform_version", "model" if device.mobile else "architecture")
    lacking = [name for name in wanted if not hints[name]]
    faults = [f"client hints lack {', '.join(lacking)}"] if lacking else []
    if device.mobile and (device.architecture or device.bitness):
        faults.append("Chrome on a phone tells no architecture and no bitness")
    return faults


def _of_machine(device: Device) -> list[str]:
    faults = []
    if device.cores < 1:
        faults.append(f"cores is {device.cores}")
    if not device.platform:
        faults.append("it has no platform")
    if bool(device.gpu_vendor) is not bool(device.gpu_renderer):
        faults.append("gpu_vendor and gpu_renderer go together")
    if device.engine == "webkit" and (device.memory or device.connection):
        faults.append("Safari tells neither memory nor connection")
    if device.key_system and device.key_system.startswith("com.apple.") is not (device.engine == "webkit"):
        faults.append(f"key_system is {device.key_system!r} on {device.engine}")
    if device.memory < 0 or (device.engine == "chromium" and device.mobile and device.memory > 8):
        faults.append(f"memory is {device.memory:g}, and Chrome on a phone tells 8 at most")
    if (device.vendor == "Apple Computer, Inc.") is not (device.engine == "webkit"):
        faults.append(f"vendor is {device.vendor!r} on {device.engine}")
    both = sorted(set(device.features) & set(device.no_features))
    if both:
        faults.append(f"features both on and off: {', '.join(both)}")
    return faults


def _of_fonts(device: Device) -> list[str]:
    if not device.fonts:
        return []
    faults = []
    names = [name for name, _ in device.fonts]
    if lacks := [name for name in GENERIC_FONTS if name not in names]:
        faults.append(f"fonts lack {', '.join(lacks)}")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        faults.append(f"fonts named twice: {', '.join(twice)}")
    for name, painted in device.fonts:
        family, colon, weight = painted.partition(":")
        if not (name and family and f"{name}{family}".isprintable() and "," not in f"{name}{family}"):
            faults.append(f"no font family: {name!r} painted as {painted!r}")
        if colon and weight not in FONT_WEIGHTS:
            faults.append(f"no font weight {weight!r}: known are {', '.join(FONT_WEIGHTS)}")
    return faults
