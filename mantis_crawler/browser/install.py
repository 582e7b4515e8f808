"""Installs a browser: Playwright's own, or the system's package where that is Debian and we are root."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mantis_crawler.browser.places import playwright_files

SHORT, LONG = 90.0, 900.0
"""Seconds for a download that something else can stand in for, and for one that nothing can."""

DRIVER_PACKAGE = "libatomic1"
"""What Playwright's driver needs and a bare Debian lacks (the browser does not ask for it)."""
PACKAGES = ("chromium-headless-shell", "chromium")
FONTS = (
    *("fontconfig", "fonts-roboto-unhinted", "fonts-noto-core", "fonts-noto-mono", "fonts-noto-cjk"),
    "fonts-noto-color-emoji",
)
"""What devices' fonts are painted with (``devices/fonts.py``); fontconfig tells which are there."""
FULL = "chromium"
"""For visits in depth."""
TRIED = "setup-extras"
"""In the environment's folder: which packages were tried in vain, so that only the first set-up waits."""


@dataclass(frozen=True, slots=True)
class Step:
    """One way to get a browser."""

    title: str
    run: Callable[[], str]
    """Returns why it failed; empty if it did not."""


def is_root() -> bool:
    """Return whether we are root: apt-get is then allowed, and Chromium has no sandbox."""
    return os.geteuid() == 0


def driver_steps() -> Iterator[Step]:
    """Yield what can be tried where Playwright's driver does not start."""
    if _apt():
        yield _apt_update()
        yield _apt_install(DRIVER_PACKAGE)


def install_steps() -> Iterator[Step]:
    """Yield what can be tried on this machine, in order; the caller stops when a browser starts."""
    apt = _apt()
    playwright = (sys.executable, "-m", "playwright")
    download = (*playwright, "install", "--only-shell", "--no-progress", "chromium")
    yield Step("installing Chromium with Playwright", lambda: _run(download, SHORT if apt else LONG))
    if not apt:
        return
    # apt-get gets no short limit: killed halfway, it leaves a system that needs repair
    if any(playwright_files()):
        libraries = (*playwright, "install-deps", "chromium")
        yield Step("installing the libraries that it needs", lambda: _run(libraries, LONG))
    yield _apt_update()
    for package in PACKAGES:
        if _exists(package):
            # a crawl takes the headless shell; visits in depth are made on the full browser
            yield _apt_install(package, *(other for other in PACKAGES if other != package), *FONTS)


def extras(*, full: bool) -> list[str]:
    """Return Debian's packages that make the phones better and are not there: fonts, and the full browser.

    Args:
        full: Whether there is a full browser already, wherever it is from.

    Returns:
        Their names; none where the machine is no Debian, as `scrapy doctor` tells what it lacks.
    """
    wanted = (*FONTS, *(() if full else (FULL,)))
    query = ("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", *wanted)
    try:
        done = subprocess.run(query, capture_output=True, check=False, timeout=SHORT)  # noqa: S603 - fixed
    except (OSError, subprocess.TimeoutExpired):
        return []
    there = {line.removesuffix(" installed") for line in done.stdout.decode(errors="replace").splitlines()}
    return [package for package in wanted if package not in there]


def add_extras(lacking: Sequence[str], *, told: Callable[[str], None]) -> None:
    """Install what makes the phones better, where that can be done; a set-up does not fail for it.

    Args:
        lacking: The packages.
        told: Is told what is done, and what is left for the user to do.
    """
    tried, names = Path(sys.prefix) / TRIED, " ".join(lacking)
    if _apt() and names != _read(tried):
        for step in (_apt_update(), _apt_extras(lacking)):
            told(step.title)
            if error := step.run():
                told(f"that failed: {error}")
        lacking = extras(full=FULL not in lacking)
        with suppress(OSError):
            tried.write_text(" ".join(lacking), "ascii")
    if lacking:
        told(f"for phones' own fonts and visits in depth, as root: apt-get install {' '.join(lacking)}")


def _apt_extras(packages: Sequence[str]) -> Step:
    def run() -> str:
        known = [package for package in packages if _exists(package)]
        command = ("apt-get", "-qq", "install", "-y", "--no-install-recommends", *known)
        return _run(command, LONG) if known else "apt-get knows none of them"

    return Step(f"installing {' '.join(packages)} with apt-get", run)


def _read(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, ValueError):
        return ""


def _apt() -> bool:
    return is_root() and shutil.which("apt-get") is not None


def _apt_update() -> Step:
    return Step("asking apt-get what there is", lambda: _run(("apt-get", "-qq", "update"), LONG))


def _apt_install(package: str, *others: str) -> Step:
    def run() -> str:
        # asked when the step is taken: before the update, a bare machine knows of no package
        known = (package, *filter(_exists, others))
        return _run(("apt-get", "-qq", "install", "-y", "--no-install-recommends", *known), LONG)

    return Step(f"installing {package} with apt-get", run)


def _exists(package: str) -> bool:
    return not _run(("apt-cache", "show", "--quiet", "--no-all-versions", package), SHORT)


def _run(command: Sequence[str], limit: float) -> str:
    """Run a command with a time limit and return why it failed; empty if it did not."""
    try:
        process = subprocess.Popen(  # noqa: S603 - fixed commands, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            start_new_session=True,
        )
    except OSError as error:
        return error.strerror or str(error)
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        return f"it took more than {limit:g} seconds"
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return _last_line(output) if process.returncode else ""


def _last_line(output: bytes) -> str:
    lines = [line.strip() for line in output.decode(errors="replace").splitlines()]
    telling = [line for line in lines if line.startswith(("Error", "E:"))] or [line for line in lines if line]
    return (telling or ["it failed without a word"])[-1][:200]
