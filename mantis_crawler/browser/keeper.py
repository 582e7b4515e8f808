"""Where the evidence of one visit goes: bytes to the store, what was cut to the notes."""

import asyncio
from collections.abc import Container, Iterable
from time import monotonic

from mantis_crawler.items import Capture, CaptureKind
from mantis_crawler.store import CaptureStore


class Keeper:
    """The captures and notes of one visit, and its clock."""

    def __init__(self, store: CaptureStore) -> None:
        self.store = store
        self.captures: list[Capture] = []
        self.notes: list[str] = []
        self.started = monotonic()

    @property
    def now(self) -> float:
        """Seconds since the visit began."""
        return round(monotonic() - self.started, 3)

    def note(self, text: str) -> None:
        """Write down what could not be had, or what was cut; once."""
        if text not in self.notes:
            self.notes.append(text)

    def forget(self, kinds: Container[CaptureKind]) -> None:
        """Name captures of these kinds no more: they are of a page that was left meanwhile."""
        self.captures[:] = [capture for capture in self.captures if capture.kind not in kinds]

    async def keep(
        self, kind: CaptureKind, content: bytes | Iterable[bytes], *, cut: bool = False
    ) -> Capture:
        """Keep bytes as a capture of the visit."""
        capture = await self.stored(kind, content, cut=cut)
        if capture not in self.captures:
            self.captures.append(capture)
        return capture

    async def stored(
        self, kind: CaptureKind, content: bytes | Iterable[bytes], *, cut: bool = False
    ) -> Capture:
        """Keep bytes that something else of the visit names."""
        return await asyncio.to_thread(self.store.put, kind, content, cut=cut)
