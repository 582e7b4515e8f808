"""Bytes under their hash: evidence is never overwritten, and no name of it comes from a site."""

import errno
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from mantis_crawler.items import Capture, CaptureKind

CHUNK = 1 << 20
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
"""What the system says of a disk that takes no more."""


def is_full(error: BaseException | None) -> bool:
    """Return whether an error comes of a disk that takes no more; a database says so in words."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if "database or disk is full" in str(error):
            return True
        error = error.__cause__
    return False


SUFFIXES = {
    CaptureKind.SCREENSHOT: ".png",
    CaptureKind.FULL_PAGE: ".png",
    CaptureKind.DOM: ".html.txt",
    CaptureKind.TEXT: ".txt",
    CaptureKind.LAYOUT: ".json",
    CaptureKind.DOWNLOAD: ".quarantine",
    CaptureKind.FRAME_DOM: ".html.txt",
    CaptureKind.FRAME_TEXT: ".txt",
    CaptureKind.HAR: ".har",
    CaptureKind.WARC: ".warc.gz",
    CaptureKind.CONSOLE: ".jsonl",
    CaptureKind.STORAGE: ".json",
    CaptureKind.SCRIPT: ".js.txt",
    CaptureKind.FAVICON: ".icon",
    CaptureKind.MANIFEST: ".manifest.json",
    CaptureKind.TIMESTAMP: ".tsr",
    CaptureKind.OPINION: ".opinion.png",
}
"""DOMs end in .txt so that a double click shows the source instead of running it."""


class CaptureStore:
    """A folder of captures; downloads lie apart, in quarantine, readable by their owner only."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.full: OSError | None = None
        """How the disk refused to take bytes, the first time that it did: evidence was lost since then."""

    def put(self, kind: CaptureKind, content: bytes | Iterable[bytes], *, cut: bool = False) -> Capture:
        """Keep the content, given whole or in chunks, and return its capture.

        Raises:
            OSError: the folder cannot be written.
        """
        chunks = (content,) if isinstance(content, bytes) else content
        folder = self.root / self._shelf(kind)
        folder.mkdir(parents=True, exist_ok=True)
        digest, size = sha256(), 0
        with NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as file:
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                file.flush()
                Path(file.name).chmod(0o400)
                capture = Capture(kind=kind, sha256=digest.hexdigest(), size=size, cut=cut)
                path = self.path(capture)
                path.parent.mkdir(exist_ok=True)
                Path(file.name).replace(path)
            except BaseException as error:
                Path(file.name).unlink(missing_ok=True)
                if isinstance(error, OSError) and error.errno in FULL:
                    self.full = self.full or error
                raise
        return capture

    def path(self, capture: Capture) -> Path:
        """Return where a capture lies."""
        return self.root / self.name(capture)

    def name(self, capture: Capture) -> str:
        """Return a capture's path below the store's folder, with forward slashes."""
        return f"{self._shelf(capture.kind)}/{capture.sha256[:2]}/{capture.sha256}{SUFFIXES[capture.kind]}"

    def get(self, capture: Capture) -> bytes:
        """Return a capture's bytes.

        Raises:
            FileNotFoundError: the file is gone.
        """
        return self.path(capture).read_bytes()

    @staticmethod
    def _shelf(kind: CaptureKind) -> str:
        return "quarantine" if kind is CaptureKind.DOWNLOAD else "captures"
