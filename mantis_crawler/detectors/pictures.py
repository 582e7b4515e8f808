"""What the picture of a page says where its text is silent. Bounded: a picture is as hostile as a page."""

import os
import re
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
OCR_LANGUAGES = 8
"""Languages that are read at once: each costs time."""
OCR_WIDTH, OCR_HEIGHT = 1_400, 1_400
"""Of a picture, so much of the upper left is read."""
_SPREAD = 6
_FIRST = ("eng", "jpn", "kor", "chi_sim", "rus", "ara", "chi_tra", "fra", "deu", "spa", "tur", "tha")
_LANGUAGE = re.compile(r"^[A-Za-z_]{3,20}$", re.MULTILINE)
_APART = re.compile("(?<=[\u3040-\u30ff\u3400-\u9fff]) (?=[\u3040-\u30ff\u3400-\u9fff])")
"""A gap that readers see between characters of scripts that have none."""
_LIMITED = 'ulimit -t "$1" && ulimit -v "$2" && exec "$0" stdin stdout --psm 11 -l "$3"'


def opened(png: bytes) -> Image.Image | None:
    """Return a picture in shades of grey, at most 256 points wide and high; ``None`` if it is none."""
    grey = picture(png, "L")
    if grey is not None:
        grey.thumbnail((256, 256))
    return grey


def picture(png: bytes, mode: str = "RGB") -> Image.Image | None:
    """Return a picture in colour, or in another mode; ``None`` if it is none, or too large to look at."""
    if not png:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(png), formats=("PNG", "JPEG", "WEBP"))
            if image.width * image.height > PIXELS or not image.width * image.height:
                return None
            return image.convert(mode)
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


@lru_cache(maxsize=4)
def languages(program: str) -> tuple[str, ...]:
    """Return the languages that a reader knows, as it calls them, those of many victims first."""
    try:
        told = subprocess.run(  # noqa: S603 - the program that was found, and fixed words
            [program, "--list-langs"], capture_output=True, timeout=OCR_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    known = set(_LANGUAGE.findall(told.stdout.decode("utf-8", "replace")[:OCR_TEXT])) - {"osd", "equ"}
    first = [language for language in _FIRST if language in known]
    return (*first, *sorted(known - set(first)))[:OCR_LANGUAGES]


def read(png: bytes) -> str:
    """Return the text in a picture; empty where there is no reader, or it took too long.

    ``tesseract`` runs as a process of its own with limits of time and memory, gets the picture on
    its input and sees no file of ours. It reads all languages at once that it has packs for.
    """
    program = reader()
    enlarged = _enlarged(png) if program else b""
    if program is None or not enlarged:
        return ""
    limits = (str(OCR_SECONDS), str(OCR_MEMORY), "+".join(languages(program)) or "eng")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed script, no text of a page among its arguments
            ["/bin/sh", "-c", _LIMITED, program, *limits],
            input=enlarged,
            capture_output=True,
            timeout=OCR_SECONDS + 2,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    if done.returncode != 0:
        return ""
    return _APART.sub("", done.stdout.decode("utf-8", "replace")[:OCR_TEXT])


def _enlarged(png: bytes) -> bytes:
    """Return a picture in grey at twice its size, where letters are as large as readers like them."""
    image = picture(png, "L")
    if image is None:
        return b""
    image = image.crop((0, 0, min(image.width, OCR_WIDTH), min(image.height, OCR_HEIGHT)))
    out = BytesIO()
    image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
