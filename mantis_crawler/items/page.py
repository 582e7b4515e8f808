"""What the detectors look at: everything that one visit kept, ready to read."""

from dataclasses import dataclass

from mantis_crawler.items.host import host_of
from mantis_crawler.items.layout import Layout
from mantis_crawler.items.visit import Dialog, Download, Hop, Outcome, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A frame or shadow tree of the page."""

    kind: str
    url: str
    html: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One visit's page. No network, no browser: the same page can be read again years later."""

    visit: Visit
    html: str
    """The rendered DOM of the top frame; empty if none was kept."""
    text: str
    """What is laid out to be read; empty if nothing."""
    parts: tuple[Part, ...] = ()
    """What stands in frames and shadow trees, which the two above do not hold."""
    layout: Layout | None = None
    """What of the top frame a person could see; ``None`` where that was not kept."""
    picture: bytes = b""
    """The screenshot, as PNG; empty if none was kept."""

    @property
    def seen(self) -> str:
        """What a person can read; where that was not kept, what is laid out."""
        told = self.layout.text if self.layout else None
        return self.text if told is None else told

    @property
    def url(self) -> str:
        """Where the visit ended."""
        return self.visit.final_url or self.visit.url

    @property
    def host(self) -> str:
        """Host of the page that was shown."""
        return host_of(self.url)

    @property
    def title(self) -> str:
        """The document's title."""
        return self.visit.title

    @property
    def outcome(self) -> Outcome:
        """How the visit ended."""
        return self.visit.outcome

    @property
    def dialogs(self) -> tuple[Dialog, ...]:
        """Native dialogs, in order."""
        return self.visit.dialogs

    @property
    def downloads(self) -> tuple[Download, ...]:
        """Files that the page handed out."""
        return self.visit.downloads

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The redirect chain."""
        return self.visit.hops
