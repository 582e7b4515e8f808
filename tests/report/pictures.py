"""Made screenshots."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from mantis_crawler.items import Capture, CaptureKind
from mantis_crawler.store import CaptureStore


def png(size: tuple[int, int] = (412, 785), *, seed: int = 0, plain: bool = False) -> bytes:
    """Return a picture with sharp edges, or one of a single colour."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    step = 24
    if not plain:
        for number, left in enumerate(range(seed % 7, size[0], step)):
            for top in range((number % 2) * step, size[1], 2 * step):
                draw.rectangle((left, top, left + step - 1, top + step - 1), fill=(seed % 200, 0, 60))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def a_screenshot(store: CaptureStore, content: bytes | None = None, *, seed: int = 0) -> tuple[Capture, ...]:
    """Keep a made screenshot and return it as a visit's captures."""
    return (store.put(CaptureKind.SCREENSHOT, png(seed=seed) if content is None else content),)


def variance(path: Path) -> float:
    """Return how much the tones of neighbouring pixels differ: sharp pictures much, smeared ones little."""
    with Image.open(path) as image:
        grey = image.convert("L")
        tones: Sequence[int] = list(grey.tobytes())
        pairs = [
            (tones[place] - tones[place - 1]) ** 2 for place in range(1, len(tones)) if place % grey.width
        ]
        return sum(pairs) / len(pairs)
