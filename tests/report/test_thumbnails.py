import zlib
from pathlib import Path

import pytest
from PIL import Image

from mantis_crawler.report.thumbnails import WIDTH, NoPictureError, write_thumbnail
from tests.report.pictures import png, variance


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(png())
    return path


def test_a_thumbnail_is_small_and_keeps_the_shape(picture: Path, tmp_path: Path) -> None:
    made = write_thumbnail(picture, tmp_path / "small.jpg", blurred=False)
    assert (made.width, made.height) == (WIDTH, round(785 * WIDTH / 412))
    assert not made.blank


def test_the_same_picture_gives_the_same_bytes(picture: Path, tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        write_thumbnail(picture, tmp_path / name, blurred=True)
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes()


def test_a_blurred_thumbnail_shows_no_shapes(picture: Path, tmp_path: Path) -> None:
    write_thumbnail(picture, tmp_path / "sharp.jpg", blurred=False)
    write_thumbnail(picture, tmp_path / "blurred.jpg", blurred=True)
    assert variance(tmp_path / "blurred.jpg") < variance(tmp_path / "sharp.jpg") / 50


def test_a_picture_of_one_colour_is_called_blank(tmp_path: Path) -> None:
    picture = tmp_path / "blank.png"
    picture.write_bytes(png(plain=True))
    assert write_thumbnail(picture, tmp_path / "small.jpg", blurred=False).blank


def test_transparent_parts_are_white(tmp_path: Path) -> None:
    picture = tmp_path / "clear.png"
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(picture)
    write_thumbnail(picture, tmp_path / "small.jpg", blurred=False)
    with Image.open(tmp_path / "small.jpg") as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_a_very_narrow_picture_stays_small(tmp_path: Path) -> None:
    picture = tmp_path / "narrow.png"
    picture.write_bytes(png((1, 3000), plain=True))
    made = write_thumbnail(picture, tmp_path / "small.jpg", blurred=False)
    assert made.width == WIDTH
    assert made.height <= 700


def bomb() -> bytes:
    head = b"\x89PNG\r\n\x1a\n"
    size = (60_000).to_bytes(4) * 2 + bytes((8, 2, 0, 0, 0))
    chunk = b"IHDR" + size
    return head + len(size).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "broken"),
        (b"<svg onload=alert(1)>", "broken"),
        (png()[:900], "broken"),
        (bomb(), "pixels|broken"),
        (None, "not in the store"),
    ],
)
def test_what_is_no_picture_says_why_and_leaves_nothing(
    content: bytes | None, why: str, tmp_path: Path
) -> None:
    picture = tmp_path / "x.png"
    if content is not None:
        picture.write_bytes(content)
    with pytest.raises(NoPictureError, match=why):
        write_thumbnail(picture, tmp_path / "small.jpg", blurred=False)
    assert not (tmp_path / "small.jpg").exists()
