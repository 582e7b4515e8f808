"""Where browsers lie: Playwright's own folder, the PATH, the applications folder of macOS."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

COMMANDS = (
    "chromium-headless-shell",
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
)
APPLICATIONS = ("Google Chrome", "Chromium")
SHELLS = ("*/chrome-headless-shell", "*/headless_shell")
CHROMES = ("*/chrome", "*/*.app/Contents/MacOS/Google Chrome for Testing", "*/*.app/Contents/MacOS/Chromium")


def playwright_files() -> Iterator[str]:
    """Yield Playwright's own Chromium, the headless shell first, if its file exists."""
    for name, patterns in (("chromium-headless-shell", SHELLS), ("chromium", CHROMES)):
        yield from _executables(name, patterns)


def driver_file() -> str:
    """Return Playwright's driver, the program that speaks to browsers, whether it exists or not."""
    return os.environ.get("PLAYWRIGHT_NODEJS_PATH") or str(_driver() / "node")


def webkit_file() -> str | None:
    """Return Playwright's WebKit, the iPhone's engine, if its file exists."""
    return next(_executables("webkit", ("pw_run.sh",)), None)


def system_files() -> Iterator[str]:
    """Yield the system's browsers: what the PATH has, then what macOS keeps among its applications."""
    yield from filter(None, map(shutil.which, COMMANDS))
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            paths = (folder / f"{name}.app/Contents/MacOS/{name}" for name in APPLICATIONS)
            yield from (str(path) for path in paths if path.is_file())


def playwright_folder() -> Path:
    """Return the folder in which Playwright keeps browsers on this machine, whether it exists or not."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        return _driver() / "package/.local-browsers"
    if named:
        return Path(named).resolve()
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def revisions(name: str) -> list[str]:
    """Return the builds of a browser that fit the installed Playwright; empty if it is not installed."""
    try:
        listed = json.loads((_driver() / "package/browsers.json").read_bytes())["browsers"]
        entry = next(entry for entry in listed if entry["name"] == name)
    except (OSError, ValueError, KeyError, StopIteration):
        return []
    return [entry["revision"], *entry.get("revisionOverrides", {}).values()]


def _executables(name: str, patterns: tuple[str, ...]) -> Iterator[str]:
    # reading the driver's list takes a millisecond; asking the driver would start Node, half a second
    for revision in revisions(name):
        folder = playwright_folder() / f"{name.replace('-', '_')}-{revision}"
        for pattern in patterns:
            yield from (str(path) for path in sorted(folder.glob(pattern)) if os.access(path, os.X_OK))


def _driver() -> Path:
    spec = find_spec("playwright")
    return Path(spec.origin if spec and spec.origin else "playwright").parent / "driver"
