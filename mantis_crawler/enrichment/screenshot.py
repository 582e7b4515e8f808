"""How an artifact's page looks to somebody else's browser."""

from typing import Any

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.replies import Opinion
from mantis_crawler.items import Ask, CaptureKind, Picture, Record
from mantis_crawler.store import CaptureStore


class Screenshot(Opinion):
    """The picture goes to the store as it came: nothing opens or reads it."""

    name = "screenshot"
    asked = (Ask.PICTURE,)
    seconds = 90.0

    def __init__(self) -> None:
        super().__init__()
        self._store: CaptureStore | None = None

    def keep(self, store: CaptureStore) -> None:
        """Take where pictures are kept."""
        self._store = store

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return each provider's picture: its hash, its size, and where it lies below the run's folder.

        Raises:
            EnrichmentError: nobody could say, or the artifact is nothing that a victim opens.
        """
        url = record.artifact.url
        if url is None:
            raise EnrichmentError("nothing that a victim opens")
        if self._store is None:
            raise EnrichmentError("there is no place to keep a picture")
        good, unknown = await self.told(Ask.PICTURE, url, record)
        pictures = {}
        for reply in good:
            for found in reply.findings:
                if isinstance(found, Picture):
                    capture = self._store.put(CaptureKind.OPINION, found.png)
                    pictures[reply.provider] = {
                        "sha256": capture.sha256,
                        "size": capture.size,
                        "file": self._store.name(capture),
                    }
        return {"pictures": pictures, "unknown": unknown}
