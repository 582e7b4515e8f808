"""A downloaded file on its way into the store, where nothing opens or runs it."""

from dataclasses import replace
from pathlib import Path

from mantis_crawler.browser.files import digests, type_of
from mantis_crawler.items import CaptureKind, Download
from mantis_crawler.store import CHUNK, CaptureStore

DOWNLOAD_BYTES = 100 * 1024 * 1024
"""As written to the disk: a few kilobytes of nested gzip come to ten gigabytes there."""


def quarantined(store: CaptureStore, path: Path, pending: Download, *, cut: bool = False) -> Download:
    """Put a file into quarantine, remove it where it was, and return what it is.

    Args:
        store: Takes the bytes.
        path: Where the browser wrote them.
        pending: What is known of the download.
        cut: Whether it is a beginning only, which the browser still writes to.

    Raises:
        OSError: it is larger than what is kept, or gone.
    """
    size = path.stat().st_size
    if size > DOWNLOAD_BYTES:
        raise OSError(f"{size} bytes are more than we keep")
    kind, hashes = type_of(path), digests(path)
    with path.open("rb") as file:
        content = iter(lambda: file.read(CHUNK), b"")
        capture = store.put(CaptureKind.DOWNLOAD, content, cut=cut)
    if not cut:
        path.unlink(missing_ok=True)
    return replace(
        pending,
        sha256=capture.sha256,
        size=capture.size,
        type=kind,
        error="",
        cut=cut,
        md5=hashes["md5"],
        sha1=hashes["sha1"],
    )
