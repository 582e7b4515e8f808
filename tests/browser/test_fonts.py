"""A device's fonts, as fontconfig and the browser see them."""

import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mantis_crawler import devices
from mantis_crawler.browser import fonts
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device
from tests.builders import a_device

SHELF = discover(devices, Device)
MISSING = fonts.lacking(SHELF["android"])
painted = pytest.mark.skipif(bool(MISSING), reason=f"the machine has no {', '.join(MISSING)}")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own, and nothing remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    fonts._configuration.cache_clear()
    yield tmp_path
    fonts._configuration.cache_clear()


def ask(device: Device, *question: str) -> str:
    told = {**os.environ, **fonts.environment(device)}
    return subprocess.run(question, env=told, capture_output=True, text=True, check=True).stdout


def families(device: Device) -> set[str]:
    lines = ask(device, "fc-list", "--format", "%{family}\n").splitlines()
    return {family for line in lines for family in line.split(",")}


@painted
@pytest.mark.parametrize("device", SHELF.values(), ids=lambda device: device.name)
def test_a_device_has_the_families_of_its_data_and_no_other(device: Device) -> None:
    assert families(device) == {name for name, _ in device.fonts}


@painted
def test_a_family_with_a_weight_is_painted_in_that_weight() -> None:
    thin = ask(SHELF["android"], "fc-match", "sans\\-serif\\-thin", "--format", "%{file}")
    assert Path(thin).name == "Roboto-Thin.ttf"


@painted
@pytest.mark.parametrize(
    "language", ["ru", "el", "zh-cn", "zh-tw", "ja", "ko", "ar", "th", "hi", "he", "und-zsye"]
)
@pytest.mark.parametrize("name", ["android", "iphone", "desktop"])
def test_letters_of_every_script_are_painted(name: str, language: str) -> None:
    assert ask(SHELF[name], "fc-list", f":lang={language}", "family").strip()


def test_where_a_font_is_missing_the_machines_are_used() -> None:
    device = a_device(fonts=(("sans-serif", "Roboto"), ("serif", "No Such Font"), ("monospace", "Roboto")))
    assert fonts.environment(device) == {}
    assert "No Such Font" in fonts.lacking(device)


def test_a_device_without_fonts_has_the_machines() -> None:
    assert fonts.environment(a_device(fonts=())) == {}


def test_without_fontconfig_the_machines_are_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts.environment(SHELF["android"]) == {}


@painted
def test_a_cache_that_cannot_be_written_costs_no_fonts(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (cache / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(cache))
    place = Path(fonts.environment(SHELF["iphone"])["FONTCONFIG_FILE"])
    assert place.is_file()
    assert "Menlo" in families(SHELF["iphone"])


@painted
def test_many_at_once_write_one_whole_configuration(cache: Path) -> None:
    folders = [str(cache)]
    with ThreadPoolExecutor(8) as pool:
        written = pool.map(lambda _: fonts._write(cache, SHELF["android"].fonts, folders), range(32))
    (place,) = set(written)
    assert place.read_text("utf-8").rstrip().endswith("</fontconfig>")
    assert [path.name for path in place.parent.iterdir()] == ["fonts.conf"]


@painted
def test_names_cannot_break_out_of_the_configuration() -> None:
    odd = (
        ("sans-serif", "Roboto"),
        ("serif", "Noto Serif"),
        ("monospace", "Noto Sans Mono"),
        ("A<&>B", "Roboto"),
    )
    assert "A<&>B" in families(a_device(fonts=odd))
