"""A phone, as a site sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A phone profile, or the desktop control. Data only: ``browser`` turns it into a context."""

    name: str
    label: str
    """What a person reads: maker and model."""
    engine: str
    """The engine that the real device runs: ``chromium`` or ``webkit``."""
    user_agent: str
    """With ``{major}`` in the place of the running engine's major version."""
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
    vendor: str = "Google Inc."
    """``navigator.vendor``."""
    control: bool = False
    """The desktop that tells *mobile only* from *everywhere*; victims do not use it."""

    @property
    def client_hints(self) -> bool:
        """Whether the device's browser sends ``Sec-CH-UA`` headers."""
        return bool(self.platform_name)
