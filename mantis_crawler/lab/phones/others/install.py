"""Scripts by others, fetched with npm into a cache folder and bundled for the page; nothing is shipped."""

import os
import shutil
import subprocess
from importlib import resources
from pathlib import Path

NPM_SECONDS = 300.0
BUNDLE = "others.js"
COMPAT = Path("node_modules/@mdn/browser-compat-data/data.json")


class OthersError(Exception):
    """The scripts cannot be had here; the message says why."""


def cache_folder() -> Path:
    """Return where the scripts are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "mantis_crawler" / "phones"


def bundle(folder: Path | None = None) -> bytes | None:
    """Return the scripts as one; ``None`` if they are not installed, or another set of them is."""
    folder = folder or cache_folder()
    place = folder / BUNDLE
    return place.read_bytes() if place.is_file() and _current(folder) else None


def install(folder: Path | None = None) -> Path:
    """Fetch and bundle the scripts unless they are there, and return their folder. Takes up to minutes.

    No script of a package is run while it is installed.

    Raises:
        OthersError: there is no npm, or its registry does not answer.
    """
    folder = folder or cache_folder()
    if bundle(folder) is not None:
        return folder
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise OthersError("npm is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "entry.js"):
        (folder / name).write_bytes(_ours(name))
    options = ("--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock", "--prefer-offline")
    _run([npm, "install", *options, "--fetch-retries=0", "--fetch-timeout=30000"], folder)
    builder = str(folder / "node_modules" / ".bin" / "esbuild")
    wanted = ["entry.js", "--bundle", "--format=iife", "--log-level=error", f"--outfile={BUNDLE}"]
    _run([builder, *wanted], folder)
    return folder


def _current(folder: Path) -> bool:
    return all((folder / name).is_file() and (folder / name).read_bytes() == _ours(name) for name in OURS)


OURS = ("package.json", "entry.js")


def _ours(name: str) -> bytes:
    return (resources.files("mantis_crawler.lab.phones") / "others" / name).read_bytes()


def _run(command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            command, cwd=folder, capture_output=True, text=True, timeout=NPM_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OthersError(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "failed").splitlines()
        raise OthersError(f"{Path(command[0]).name}: {last[-1][:300]}")
