"""What the picture of a page says where its text is silent. Bounded: a picture is as hostile as a page."""

import os
import shutil
import subprocess
import warnings
from functools import lru_cache
from io import BytesIO

from PIL import Image

PIXELS = 20_000_000
"""A larger picture is not looked at."""
OCR_SECONDS = 4
"""Processor time that reading a picture may take."""
OCR_TEXT = 5_000
"""Characters of a picture's text that are kept."""
OCR_MEMORY = 1 << 20
"""Address space, in KiB, that the reading process may take."""
_SPREAD = 6
_LIMITED = 'ulimit -t "$1" && ulimit -v "$2" && exec "$0" stdin stdout --psm 11'


def opened(png: bytes) -> Image.Image | None:
    """Return a picture in shades of grey, at most 256 points wide and high; ``None`` if it is none."""
    if not png:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(png), formats=("PNG", "JPEG", "WEBP"))
            if image.width * image.height > PIXELS or not image.width * image.height:
                return None
            grey = image.convert("L")
            grey.thumbnail((256, 256))
            return grey
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def one_colour(png: bytes) -> bool:
    """Return whether a picture shows nothing: all of it is of one shade, but for noise."""
    image = opened(png)
    if image is None:
        return False
    shades = image.tobytes()
    return max(shades) - min(shades) <= _SPREAD


@lru_cache(maxsize=1)
def reader() -> str | None:
    """Return the path of ``tesseract``, if it is installed."""
    return shutil.which("tesseract")


def read(png: bytes) -> str:
    """Return the text in a picture; empty where there is no reader, or it took too long.

    ``tesseract`` runs as a process of its own with limits of time and memory, gets the picture on
    its input and sees no file of ours. It reads English and whatever script packs it finds by itself.
    """
    program = reader()
    if program is None or opened(png) is None:
        return ""
    limits = (str(OCR_SECONDS), str(OCR_MEMORY))
    try:
        done = subprocess.run(  # noqa: S603 - a fixed script, no text of a page among its arguments
            ["/bin/sh", "-c", _LIMITED, program, *limits],
            input=png,
            capture_output=True,
            timeout=OCR_SECONDS + 2,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")[:OCR_TEXT] if done.returncode == 0 else ""
