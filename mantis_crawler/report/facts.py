"""What the report tells of the run as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mantis_crawler.items import Device, Skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """Facts of one run; what is not known stays at its default and is not shown."""

    run: str = ""
    title: str = ""
    """Name of the case; the run's id where there is none."""
    started: str = ""
    """RFC 3339, UTC."""
    finished: str = ""
    """RFC 3339, UTC."""
    finish_reason: str = ""
    """Scrapy's word; anything but ``finished`` is shown as a warning."""
    lab_seed: int | None = None
    """The embedded internet's seed; ``None`` if the real internet was visited."""
    exit: str = ""
    """From where the visits went out, such as ``through exits fr, jp``."""
    feeds: tuple[str, ...] = ()
    browser: str = ""
    """Engine and version."""
    devices: tuple[Device, ...] = ()
    """In the order of the columns; controls are put last."""
    seconds: float = 0.0
    visits: int = 0
    captures_per_minute: float = 0.0
    peak_memory_mb: float = 0.0
    """Of the whole process tree."""
    blocklisted: int | None = None
    """Names on the blocklist."""
    skips: Mapping[str, int] = field(default_factory=dict)
    """Lines of the feeds that gave no indicator, by reason."""
    skipped: tuple[Skip, ...] = ()
    """The same lines one by one, where they are worth showing."""
    notes: tuple[str, ...] = ()
    """What a reader must know to read the report rightly."""
    version: str = ""
    """Of this software."""

    @property
    def place(self) -> str:
        """What was visited: the lab, or the real thing."""
        return "the internet" if self.lab_seed is None else f"the lab (made sites, seed {self.lab_seed})"
