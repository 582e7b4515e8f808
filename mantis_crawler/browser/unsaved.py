"""A file that came with an error: browsers keep none of it, and show an error of their own instead.

A kit that answers 403 or 404 to whoever is not its victim may send the app all the same.
"""

import tempfile
from dataclasses import replace
from email.message import Message
from pathlib import Path

from mantis_crawler.browser.chain import URL_LIMIT
from mantis_crawler.browser.exchange import Exchange
from mantis_crawler.browser.quarantine import quarantined
from mantis_crawler.browser.traffic import Traffic
from mantis_crawler.items import Download, Hop
from mantis_crawler.store import CaptureStore

SHOWN = ("text/", "image/", "audio/", "video/", "multipart/x-mixed-replace")
"""Beginnings of types that a browser shows."""
SHOWN_TOO = frozenset({"", "application/xhtml+xml", "application/xml", "application/json"})
WHY = "a file came with HTTP {}: browsers keep none of it"


def unsaved(hops: tuple[Hop, ...], traffic: Traffic) -> tuple[Hop, Exchange] | None:
    """Return the last hop and what came of it, if that is a file with an error; `None` if it is not."""
    last = hops[-1] if hops else None
    if last is None or (last.status or 0) < 400:
        return None
    came = traffic.find(last.url)
    return (last, came) if came is not None and _is_file(came) else None


def kept(hop: Hop, came: Exchange, store: CaptureStore) -> Download:
    """Put what came of such a file into quarantine, as far as the browser let us have it."""
    pending = Download(
        url=hop.url[:URL_LIMIT],
        name=_name(came),
        sha256=None,
        size=0,
        type="unknown",
        error=WHY.format(hop.status),
        cause=hop.cause,
    )
    if not came.body:
        return pending
    with tempfile.TemporaryDirectory(prefix="mantis-unsaved-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(came.body)
        file = quarantined(store, path, pending)
    return replace(file, error=pending.error)


def _is_file(came: Exchange) -> bool:
    if _header(came, "content-disposition").lower().startswith("attachment"):
        return True
    mime = came.mime.partition(";")[0].strip().lower()
    return not mime.startswith(SHOWN) and mime not in SHOWN_TOO


def _name(came: Exchange) -> str:
    """Return the file's name as the site suggests it."""
    told = Message()
    told["Content-Disposition"] = _header(came, "content-disposition").replace("\n", " ") or "attachment"
    try:
        name = told.get_filename()
    except (ValueError, TypeError, LookupError):  # parts numbered as no parser expects
        name = None
    return str(name or came.url.partition("?")[0].rpartition("/")[2])[:500]


def _header(came: Exchange, name: str) -> str:
    return next((value for key, value in came.got.items() if key.lower() == name), "")
