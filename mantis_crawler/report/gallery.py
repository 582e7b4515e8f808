"""The pictures of the report, and the ways from the report to the evidence."""

import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from mantis_crawler.items import Capture, CaptureKind, Record, Verdict, Visit
from mantis_crawler.judge import verdicts_of
from mantis_crawler.report.sections import showed
from mantis_crawler.report.text import prose, words
from mantis_crawler.report.thumbnails import NoPictureError, Thumbnail, write_thumbnail
from mantis_crawler.store import CaptureStore

ADULT = "adult"
SURE = 0.5
"""From this likelihood on, a picture that may be adult is blurred."""
NO_PICTURE = "no picture: "
"""How a visit's note begins that tells why."""
FOLDER = "thumbnails"

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A way from the report to a file of the run."""

    label: str
    href: str


class Gallery:
    """Makes each thumbnail once, on all cores."""

    def __init__(self, store: CaptureStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._made: dict[str, Thumbnail | NoPictureError] = {}

    def fill(self, records: Iterable[Record]) -> None:
        """Make the thumbnails of the records; forget all others.

        Raises:
            OSError: the folder cannot be written.
        """
        thumbnails = self._folder / FOLDER
        thumbnails.mkdir(parents=True, exist_ok=True)
        blurred: dict[str, bool] = {}
        for record in records:
            hidden = may_be_adult(record.verdict)
            for visit in record.visits:
                capture = visit.capture(CaptureKind.SCREENSHOT)
                if capture and _DIGEST.fullmatch(capture.sha256):
                    hide = hidden or any(map(may_be_adult, verdicts_of(visit)))
                    blurred[capture.sha256] = blurred.get(capture.sha256, False) or hide
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            self._made = dict(zip(blurred, pool.map(self._make, blurred.items()), strict=True))
        kept = {made.name for made in self._made.values() if isinstance(made, Thumbnail)}
        for path in thumbnails.iterdir():
            if path.name not in kept:
                path.unlink()

    def thumbnail(self, visit: Visit) -> Thumbnail | None:
        """Return the small picture of a visit, if there is one."""
        made = self._made.get(_screenshot(visit))
        return made if isinstance(made, Thumbnail) else None

    def reason(self, visit: Visit) -> str:
        """Return why a visit has no picture."""
        made = self._made.get(_screenshot(visit))
        if isinstance(made, NoPictureError):
            return str(made)
        said = (note.partition(NO_PICTURE)[2] for note in visit.notes if note.startswith(NO_PICTURE))
        return prose(next(said, "none was taken" if showed(visit) else words(visit.outcome)), 120)

    def link(self, visit: Visit, kind: CaptureKind, label: str) -> Link | None:
        """Return the way to a capture of a visit; downloads stay in quarantine, without a link."""
        capture = visit.capture(kind)
        if capture is None or kind is CaptureKind.DOWNLOAD or not _DIGEST.fullmatch(capture.sha256):
            return None
        path = self._store.path(capture)
        if not path.exists():
            return None
        return Link(label=label, href=quote(Path(os.path.relpath(path, self._folder)).as_posix()))

    def _make(self, wish: tuple[str, bool]) -> Thumbnail | NoPictureError:
        digest, blurred = wish
        capture = Capture(kind=CaptureKind.SCREENSHOT, sha256=digest, size=0)
        target = self._folder / FOLDER / f"{digest}.jpg"
        try:
            return write_thumbnail(self._store.path(capture), target, blurred=blurred)
        except NoPictureError as error:
            return error


def may_be_adult(verdict: Verdict | None) -> bool:
    """Whether a picture with this verdict is blurred."""
    if verdict is None:
        return False
    return verdict.content_class == ADULT or any(
        name == ADULT and likelihood >= SURE for name, likelihood in verdict.others
    )


def _screenshot(visit: Visit) -> str:
    capture = visit.capture(CaptureKind.SCREENSHOT)
    return capture.sha256 if capture else ""
