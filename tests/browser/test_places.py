"""Where browsers lie."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.browser.places import playwright_files, playwright_folder, system_files, webkit_file

SHELL = "chrome-headless-shell-linux64/chrome-headless-shell"


def executable(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is Playwright's."""
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    return tmp_path


def locations(folder: Path) -> dict[str, Path]:
    """Where the driver itself says that it installs."""
    listed = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--dry-run", "chromium", "webkit"],
        env={**os.environ, "PLAYWRIGHT_BROWSERS_PATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = map(Path, re.findall(r"Install location:\s+(.+)", listed))
    return {path.name.rsplit("-", 1)[0]: path for path in paths}


def test_what_the_driver_installs_is_found_where_the_driver_puts_it(folder: Path) -> None:
    places = locations(folder)
    chrome = executable(places["chromium"] / "chrome-linux64/chrome")
    shell = executable(
        places["chromium_headless_shell"] / "chrome-headless-shell-linux64/chrome-headless-shell"
    )
    webkit = executable(places["webkit"] / "pw_run.sh")
    assert list(playwright_files()) == [shell, chrome]
    assert webkit_file() == webkit


def test_a_browser_of_another_playwright_is_not_taken(folder: Path) -> None:
    executable(folder / "chromium_headless_shell-1" / SHELL)
    assert list(playwright_files()) == []
    assert webkit_file() is None


def test_a_download_that_broke_off_is_not_taken(folder: Path) -> None:
    shell = locations(folder)["chromium_headless_shell"] / SHELL
    shell.parent.mkdir(parents=True)
    shell.write_text("half")
    assert list(playwright_files()) == []


def test_playwrights_folder_lies_in_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert playwright_folder() == tmp_path / ".cache/ms-playwright"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert playwright_folder() == tmp_path / "Library/Caches/ms-playwright"


def test_the_headless_shell_is_the_first_of_the_systems_browsers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    chromium = executable(tmp_path / "chromium")
    shell = executable(tmp_path / "chromium-headless-shell")
    assert list(system_files())[:2] == [shell, chromium]


def test_macos_keeps_browsers_among_its_applications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    chrome = executable(tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    assert chrome in system_files()
