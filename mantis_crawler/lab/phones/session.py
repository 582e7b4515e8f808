"""What one visit to the bench left there: its requests as they came, and what its scripts read."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the server received it."""

    scheme: str
    host: str
    path: str
    """With its query."""
    headers: tuple[tuple[str, str], ...]
    """In their order, names as they were written."""
    version: str = "1.1"
    """Of HTTP: ``1.1`` or ``2``."""

    def header(self, name: str) -> str | None:
        """Return the value of the first header of that name in any case; ``None`` if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def names(self) -> list[str]:
        """Names of the headers, lower case, in their order."""
        return [key.lower() for key, _ in self.headers]


@dataclass(slots=True, kw_only=True)
class Session:
    """One visit: made before it, filled during it, judged after it."""

    token: str
    """Leftmost label of the visit's hosts."""
    host: str
    elsewhere: str
    """Host of the cross-site frame."""
    door: str
    """Host that the visit begins at, over HTTP/2; it is sent on to `host` from there."""
    tap: bool = True
    """Whether somebody will tap the page, so that it can open a popup."""
    others: tuple[str, ...] = ()
    """Names of scripts by others that the page loads."""
    asked: list[Asked] = field(default_factory=list)
    posted: dict[str, Any] = field(default_factory=dict)
    """JSON by the name under which it was posted: ``page``, ``popup``, ``tap``, ``end``."""
    tls: dict[str, Any] = field(default_factory=dict)
    """What the hello of the first connection told."""
    h2: str = ""
    """Settings, window and order of the pseudo-headers of its first HTTP/2 connection."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the page waits for a tap."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the page has nothing left to tell."""

    @property
    def url(self) -> str:
        """Where the visit begins."""
        return f"https://{self.door}/"

    def take(self, name: str, facts: Mapping[str, Any]) -> None:
        """Keep what was posted."""
        self.posted[name] = facts
        if name == "page":
            self.ready.set()
        if name == "end":
            self.over.set()

    def first(self, path: str, *, host: str = "", scheme: str = "https") -> Asked | None:
        """Return the first request of a path (without query if it has none) that came."""
        return next(
            (
                item
                for item in self.asked
                if item.scheme == scheme
                and item.host == (host or self.host)
                and path in (item.path, item.path.partition("?")[0])
            ),
            None,
        )
