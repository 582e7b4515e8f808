"""Fonts of a device: it has those of its data under their names, and none of the machine's.

Chromium takes its fonts from fontconfig, and a family only if the font that it is given has that very
name. So each device gets a configuration of its own, in which the free fonts of the machine are read
under the names that the phone has for its fonts, and all others are turned away.
"""

import hashlib
import logging
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from mantis_crawler.items import Device

logger = logging.getLogger(__name__)

LIST_SECONDS = 60.0
"""For a machine that has never listed its fonts, and has thousands."""
LIST = ("fc-list", "--format", "%{file}\t%{family}\n")

Fonts = tuple[tuple[str, str], ...]
"""As a device has them: a family that pages name, and the free font (``:weight``) painted for it."""


def environment(device: Device) -> dict[str, str]:
    """Return the variables that a browser is started with to have the device's fonts.

    Empty if the device names no fonts or the machine lacks some of those that are painted: a page in
    the machine's fonts is better than one without letters. The first call of a device writes its
    configuration and lets fontconfig read the fonts, a second or two; later ones cost nothing.
    """
    configuration = _configuration(device.fonts)
    return {"FONTCONFIG_FILE": str(configuration)} if configuration else {}


def lacking(device: Device, folders: Mapping[str, set[str]] | None = None) -> list[str]:
    """Return the free fonts that the device is painted with and the machine has not.

    Args:
        device: Whose fonts are asked for.
        folders: What the machine has, as `installed` returns it; ``None``: it is asked.
    """
    folders = installed() if folders is None else folders
    return sorted({family for _, painted in device.fonts if (family := _family(painted)) not in folders})


def installed() -> dict[str, set[str]]:
    """Return the machine's font families and the folders of their files; empty without fontconfig."""
    try:
        done = subprocess.run(LIST, capture_output=True, check=True, timeout=LIST_SECONDS)  # noqa: S603 - fixed
    except (OSError, subprocess.SubprocessError):
        return {}
    folders: dict[str, set[str]] = {}
    for line in done.stdout.decode(errors="replace").splitlines():
        file, _, families = line.partition("\t")
        for family in families.split(","):
            folders.setdefault(family, set()).add(str(Path(file).parent))
    return folders


@cache
def _configuration(fonts: Fonts) -> Path | None:
    folders = installed() if fonts else {}
    painted = {_family(name) for _, name in fonts}
    if not painted or not painted <= folders.keys():
        return None
    wanted = sorted(set().union(*(folders[name] for name in painted)))
    for base in _bases():
        try:
            return _write(base, fonts, wanted)
        except OSError as error:
            logger.info("No fonts of a device's own in %s: %s", base, error.strerror)
    return None


def _bases() -> Iterator[Path]:
    yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mantis_crawler" / "fonts"
    # a home that cannot be written to: for this process alone, as others may write to the folder for all
    yield Path(tempfile.mkdtemp(prefix="mantis-fonts-"))


def _write(base: Path, fonts: Fonts, folders: Iterable[str]) -> Path:
    told = "\n".join((*map(_folder, folders), *_rules(fonts)))
    home = base / hashlib.sha256(told.encode()).hexdigest()[:16]
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = home / "fonts.conf"
    text = _DOCUMENT.format(told=told, cache=escape(str(home / "cache")))
    if not place.is_file() or place.read_text("utf-8") != text:
        handle, aside = tempfile.mkstemp(dir=home)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(aside).replace(place)
    return place


_DOCUMENT = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{told}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def _rules(fonts: Fonts) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for name, painted in fonts:
        names.setdefault(_family(painted), []).append(name)
    for family, called in names.items():
        yield _renamed(family, called)
    for name, painted in fonts:
        if weight := painted.partition(":")[2]:
            yield _weighted(name, weight)
    yield f'<match target="pattern">{_edit("family", [fonts[-1][0]], "append_last")}</match>'
    yield _chosen(name for name, _ in fonts)


def _renamed(family: str, called: list[str]) -> str:
    # a page may ask for a font by its full name, too: local("Roboto") in @font-face
    fields = ("family",) if family in called else ("family", "fullname", "postscriptname")
    edits = "".join(_edit(field, called) for field in fields)
    return f'<match target="scan">{_test(family)}{edits}</match>'


def _weighted(name: str, weight: str) -> str:
    edit = f'<edit name="weight" mode="assign"><const>{escape(weight)}</const></edit>'
    return f'<match target="pattern">{_test(name)}{edit}</match>'


def _chosen(names: Iterable[str]) -> str:
    kept = "".join(f"<pattern>{_element('family', _string(name))}</pattern>" for name in names)
    rest = "".join(
        f"<pattern>{_element('scalable', f'<bool>{is_so}</bool>')}</pattern>" for is_so in ("true", "false")
    )
    return f"<selectfont><acceptfont>{kept}</acceptfont><rejectfont>{rest}</rejectfont></selectfont>"


def _folder(path: str) -> str:
    return f"<dir>{escape(path)}</dir>"


def _test(family: str) -> str:
    return f'<test name="family">{_string(family)}</test>'


def _edit(field: str, values: Iterable[str], mode: str = "assign_replace") -> str:
    return f'<edit name="{field}" mode="{mode}" binding="strong">{"".join(map(_string, values))}</edit>'


def _element(name: str, value: str) -> str:
    return f'<patelt name="{name}">{value}</patelt>'


def _string(text: str) -> str:
    return f"<string>{escape(text)}</string>"


def _family(painted: str) -> str:
    return painted.partition(":")[0]
