"""Which browser is used: looks for one, starts it to be sure, and installs one if asked to.

`make` runs this file; it knows nothing of Scrapy, so that it works before anything else does.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from mantis_crawler.browser.install import (
    DRIVER_PACKAGE,
    Step,
    add_extras,
    driver_steps,
    extras,
    install_steps,
    is_root,
)
from mantis_crawler.browser.places import driver_file, playwright_files, system_files
from mantis_crawler.browser.trial import LaunchError, run_once, try_launch, version_of

REMEDY = """\
Do one of these, then run the same command again:
  1. .venv/bin/playwright install --with-deps chromium
  2. install Chromium or Chrome (Debian, as root: apt-get install chromium-headless-shell fonts-noto-cjk)
  3. name one that works: export MANTIS_BROWSER=/path/to/chrome"""


class BrowserNotFoundError(Exception):
    """No browser here starts; the message says what was tried and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser that was seen to start."""

    path: str | None
    """What to give Playwright as ``executable_path``; ``None`` for its own default."""
    source: str
    """Where it comes from: ``setting``, ``playwright`` or ``system``."""
    engine: str
    version: str
    """Four numbers with dots; ``unknown`` if it does not tell."""
    sandbox: bool
    """Whether it starts with its sandbox. Chromium refuses that to root."""

    @property
    def shell(self) -> bool:
        """Whether it is Chromium's headless shell."""
        return _is_shell(self.path or "")

    def __str__(self) -> str:
        sandbox = "on" if self.sandbox else "off"
        return f"{self.engine} {self.version} ({self.source}: {self.path}), sandbox {sandbox}"


def find_browser(setting: str | None, *, install: bool = False) -> Browser:
    """Return the first browser that starts.

    Asked in this order: the setting; Playwright's own; the system's; then, with *install*,
    whatever can be installed. Blocks for up to a second for each browser that it starts, or
    for minutes if it installs. Each start is remembered while the process lives.

    Args:
        setting: A path that the user named; nothing else is tried then. Empty or ``None``: look for one.
        install: Whether to install a browser where none starts.

    Raises:
        BrowserNotFoundError: no browser starts, or Playwright's driver, which speaks to it, does not.
    """
    _check_driver(install=install)
    if setting:
        return _named(setting)
    tried: list[str] = []
    if found := _first(tried):
        return found
    for step in install_steps() if install else ():
        if error := _take(step):
            tried.append(f"{step.title}: {error}")
        elif found := _first(tried):
            return found
    lines = "".join(f"\n  - {line}" for line in dict.fromkeys(tried)) or " nothing was found to try."
    raise BrowserNotFoundError(f"No browser starts here:{lines}\n{REMEDY}")


def fuller(found: Browser) -> Browser:
    """Return a full browser that starts, for visits in depth; the one that was found where there is none.

    A browser that a user named is used for everything.
    """
    if not found.shell or found.source == "setting":
        return found
    for path, source in _candidates():
        with suppress(LaunchError):
            if not _is_shell(path):
                return _start(path, source)
    return found


def _is_shell(path: str) -> bool:
    return "headless" in path.rsplit("/", maxsplit=1)[-1].lower()


def _take(step: Step) -> str:
    print(f"setup: {step.title}", file=sys.stderr)  # noqa: T201 - minutes pass, the user must see why
    return step.run()


def _check_driver(*, install: bool) -> None:
    error = _driver_error()
    if error and install:
        failures = [failure for step in driver_steps() if (failure := _take(step))]
        error = "; ".join((error, *failures)) if _driver_error() else ""
    if error:
        raise BrowserNotFoundError(
            f"Playwright's driver, which speaks to browsers, does not start: {error}\n"
            f"If it lacks libatomic: sudo apt-get install {DRIVER_PACKAGE}. "
            "If it is not there: make clean setup."
        )


def _driver_error() -> str:
    try:
        run_once(driver_file(), "--version")
    except LaunchError as error:
        return str(error)
    return ""


def _named(path: str) -> Browser:
    try:
        return _start(os.path.expanduser(path), "setting")  # noqa: PTH111 - Path() would drop a trailing slash
    except LaunchError as error:
        raise BrowserNotFoundError(
            f"MANTIS_BROWSER names {path!r}, which does not start: {error}\n"
            "Name another one, or leave the setting empty to let one be found."
        ) from error


def _first(tried: list[str]) -> Browser | None:
    for path, source in _candidates():
        try:
            return _start(path, source)
        except LaunchError as error:
            tried.append(f"{path}: {error}")
    return None


def _candidates() -> Iterator[tuple[str, str]]:
    yield from ((path, "playwright") for path in playwright_files())
    yield from ((path, "system") for path in system_files())


@cache  # of what started only: an exception is not kept, so that a repaired browser is seen
def _start(path: str, source: str) -> Browser:
    sandbox = not is_root()
    try:
        try_launch(path, sandbox=sandbox)
    except LaunchError:
        if not sandbox:
            raise
        sandbox = False
        try_launch(path, sandbox=sandbox)
    return Browser(path=path, source=source, engine="chromium", version=version_of(path), sandbox=sandbox)


def main() -> int:
    """Print one line about the browser that is used, and return an exit code."""
    parser = ArgumentParser(description="Looks for a browser that starts.")
    parser.add_argument("--install", action="store_true", help="install one where none starts")
    options = parser.parse_args()
    try:
        browser = find_browser(os.environ.get("MANTIS_BROWSER"), install=options.install)
    except BrowserNotFoundError as error:
        print(f"setup: {error}", file=sys.stderr)  # noqa: T201 - a command's output
        return 1
    if options.install and (lacking := extras(full=_has_full(browser))):
        add_extras(lacking, told=lambda line: print(f"setup: {line}", file=sys.stderr))  # noqa: T201 - as above
    print(f"setup: browser: {browser}")  # noqa: T201 - a command's output
    return 0


def _has_full(browser: Browser) -> bool:
    """Return whether visits in depth have what they want: a full browser, or one that a user chose."""
    if browser.source == "setting" or not browser.shell:
        return True
    return any(not _is_shell(path) for path, _ in _candidates())


if __name__ == "__main__":
    raise SystemExit(main())
