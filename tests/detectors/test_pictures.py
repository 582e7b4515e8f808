"""A picture tells what a text does not, and can do no harm."""

import stat
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from mantis_crawler.detectors import pictures
from mantis_crawler.detectors.pictures import one_colour, read
from mantis_crawler.items import Page
from tests.builders import a_visit
from tests.detectors.pages import DETECTORS


def png(*boxes: tuple[int, int, int, int], size: tuple[int, int] = (200, 400), shade: int = 255) -> bytes:
    image = Image.new("RGB", size, (shade, shade, shade))
    draw = ImageDraw.Draw(image)
    for place, box in enumerate(boxes):
        draw.rectangle(box, fill=(40 * place, 90, 160))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


LOGIN = ((20, 20, 180, 80), (20, 150, 180, 180), (20, 200, 180, 230), (20, 260, 120, 300))


def blank(picture: bytes, html: str = "<div></div>") -> set[str]:
    page = Page(visit=a_visit(), html=html, text="", picture=picture)
    return {signal.name for signal in DETECTORS["blank"].signals(page)}


def test_a_picture_of_one_colour_shows_nothing() -> None:
    assert one_colour(png())
    assert one_colour(png(shade=13))
    assert not one_colour(png(*LOGIN))


def test_a_page_without_text_whose_picture_shows_something_is_not_blank() -> None:
    assert blank(png(*LOGIN)) == set()
    assert blank(png()) == {"nothing", "one_colour"}


@pytest.mark.parametrize("data", [b"", b"no picture", png(*LOGIN)[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 500])
def test_what_is_no_picture_tells_nothing(data: bytes) -> None:
    assert not one_colour(data)
    assert read(data) == ""


def test_a_picture_that_is_too_large_is_not_looked_at() -> None:
    assert not one_colour(png(size=(6_000, 4_000)))


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of tesseract; what it does is written by the test."""
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\ncat > /dev/null\necho 'Sign in  Password'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pictures, "reader", lambda: str(program))
    return program


@pytest.mark.usefixtures("tesseract")
def test_a_login_drawn_as_a_picture_is_read_where_a_reader_is_installed() -> None:
    page = Page(visit=a_visit(), html="<img src=a.png>", text="", picture=png(*LOGIN))
    signals = list(DETECTORS["login"].signals(page))
    assert [signal.name for signal in signals] == ["drawn"]
    assert "by OCR" in signals[0].reason


def test_a_reader_that_fails_says_nothing(tesseract: Path) -> None:
    tesseract.write_text("#!/bin/sh\necho Password\nexit 3\n")
    assert read(png(*LOGIN)) == ""


def test_a_reader_that_spins_is_stopped_by_its_limit(
    tesseract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "OCR_SECONDS", 1)
    tesseract.write_text("#!/bin/sh\nwhile :; do :; done\n")
    assert read(png(*LOGIN)) == ""
