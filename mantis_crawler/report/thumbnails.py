"""Small pictures for the report: true to the screenshot, or no picture at all."""

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from pathlib import Path

from PIL import Image, ImageFilter

WIDTH = 280
"""Pixels across a thumbnail."""
HEIGHT = 700
"""Pixels that a thumbnail is high at most."""
PIXELS = 40_000_000
"""Pixels that we decode: a screenshot has a tenth of it, a picture made to fill the memory more."""
GRAIN = 14
"""Pixels across a blurred picture before it is smeared: shapes go, the mood of the colours stays."""
NOISE = 4
"""Tones of 256 between two pixels that nobody can tell apart."""


class NoPictureError(Exception):
    """The screenshot cannot be shown; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A small picture that lies in the report's folder."""

    name: str
    width: int
    """Pixels."""
    height: int
    blurred: bool
    blank: bool
    """Whether the screenshot is of one colour: there was nothing to see but the dialogs."""


def write_thumbnail(picture: Path, target: Path, *, blurred: bool) -> Thumbnail:
    """Write a small JPEG of a PNG: the same bytes for the same picture.

    Raises:
        NoPictureError: the PNG is missing, broken, or larger than we decode.
        OSError: the target cannot be written.
    """
    image = _small(picture)
    blank = _one_colour(image)
    if blurred:
        image = _smeared(image)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=82, optimize=True)
    part = target.with_suffix(".part")
    part.write_bytes(buffer.getvalue())
    part.replace(target)
    return Thumbnail(name=target.name, width=image.width, height=image.height, blurred=blurred, blank=blank)


def _small(picture: Path) -> Image.Image:
    try:
        with Image.open(picture, formats=("PNG",)) as image:
            if image.width * image.height > PIXELS:
                raise NoPictureError(f"the screenshot has {image.width} x {image.height} pixels")
            flat = _flat(image)
    except FileNotFoundError:
        raise NoPictureError("the screenshot is not in the store") from None
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise NoPictureError("the screenshot is broken") from None
    scale = WIDTH / flat.width
    top = flat.crop((0, 0, flat.width, min(flat.height, ceil(HEIGHT / scale))))
    height = min(HEIGHT, max(1, round(top.height * scale)))
    return top.resize((WIDTH, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _flat(image: Image.Image) -> Image.Image:
    """The picture without transparency, as a browser shows it: on white."""
    if image.mode == "RGB":
        image.load()
        return image.copy()
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _one_colour(image: Image.Image) -> bool:
    """Whether the brightest and the darkest pixel lie no further apart than noise."""
    tones = image.convert("L").histogram()
    used = [tone for tone, count in enumerate(tones) if count]
    return used[-1] - used[0] <= NOISE


def _smeared(image: Image.Image) -> Image.Image:
    rows = max(1, round(GRAIN * image.height / image.width))
    grains = image.resize((GRAIN, rows), Image.Resampling.BOX)
    return grains.resize(image.size, Image.Resampling.NEAREST).filter(ImageFilter.GaussianBlur(16))
