"""The beginning of a download that did not end in time: Chromium writes it to a file as it comes."""

import tempfile
from pathlib import Path

FOLDERS = "playwright*-artifacts-*"
"""Where Playwright has downloads written, below the folder for temporary files."""


def begun(guid: str) -> Path | None:
    """Return the file of a download that is under way; `None` if there is none with a byte in it.

    Args:
        guid: Chromium's name of the download: hexadecimal digits and hyphens.
    """
    if not guid or not set(guid) <= set("0123456789abcdefABCDEF-"):
        return None
    for path in Path(tempfile.gettempdir()).glob(f"{FOLDERS}/{guid}*"):
        if path.is_file() and path.stat().st_size:
            return path
    return None
