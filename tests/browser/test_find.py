"""Which browser is used. Broken browsers are small scripts; the working one is the real one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.browser.find import Browser, BrowserNotFoundError, find_browser
from mantis_crawler.browser.install import is_root
from mantis_crawler.browser.places import COMMANDS, revisions

SNAP = 'echo "Command $0 requires the chromium snap to be installed." >&2; exit 1'


def script(folder: Path, name: str, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser; its only PATH is the folder returned."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    monkeypatch.setenv("PATH", str(bin_folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(sys, "platform", "linux")
    return bin_folder


@pytest.fixture(scope="module")
def real() -> Browser:
    return find_browser(None)


def wrapper(folder: Path, name: str, real: Browser) -> Path:
    return script(folder, name, f'PATH=/usr/bin:/bin exec "{real.path}" "$@"')


@pytest.mark.browser
def test_a_browser_is_found_with_its_version(real: Browser) -> None:
    assert real.engine == "chromium"
    assert real.source in {"playwright", "system"}
    assert [part.isdigit() for part in real.version.split(".")] == [True] * 4


@pytest.mark.browser
@pytest.mark.skipif(not is_root(), reason="only root is refused the sandbox for certain")
def test_root_gets_no_sandbox(real: Browser) -> None:
    assert real.sandbox is False
    assert "sandbox off" in str(real)


@pytest.mark.browser
def test_the_setting_comes_before_all_others(bare: Path, real: Browser) -> None:
    wrapper(bare, "chromium", real)
    named = wrapper(bare, "my own browser", real)
    browser = find_browser(str(named))
    assert (browser.path, browser.source) == (str(named), "setting")


@pytest.mark.browser
def test_playwrights_own_comes_before_the_systems(bare: Path, real: Browser) -> None:
    revision = revisions("chromium-headless-shell")[0]
    own = bare.parent / f"playwright/chromium_headless_shell-{revision}/chrome-headless-shell-linux64"
    own.mkdir(parents=True)
    path = wrapper(own, "chrome-headless-shell", real)
    wrapper(bare, "chromium", real)
    browser = find_browser(None)
    assert (browser.path, browser.source) == (str(path), "playwright")


@pytest.mark.browser
def test_a_stub_that_does_not_start_is_passed_over(bare: Path, real: Browser) -> None:
    script(bare, COMMANDS[0], SNAP)
    path = wrapper(bare, COMMANDS[-1], real)
    assert find_browser(None).path == str(path)


@pytest.mark.browser
def test_a_browser_that_is_repaired_is_seen(bare: Path, real: Browser) -> None:
    script(bare, "chromium", SNAP)
    with pytest.raises(BrowserNotFoundError):
        find_browser(None)
    path = wrapper(bare, "chromium", real)
    assert find_browser(None).path == str(path)


def test_a_named_browser_that_does_not_start_is_an_error_even_if_others_would(bare: Path) -> None:
    named = script(bare, "named", SNAP)
    with pytest.raises(BrowserNotFoundError, match="MANTIS_BROWSER names") as caught:
        find_browser(str(named))
    assert "requires the chromium snap" in str(caught.value)


@pytest.mark.usefixtures("bare")
def test_a_named_browser_that_is_not_there_is_an_error() -> None:
    with pytest.raises(BrowserNotFoundError, match="No such file"):
        find_browser("/no/such/browser")


def test_without_a_browser_the_error_says_what_was_tried_and_what_to_do(bare: Path) -> None:
    stub = script(bare, "chromium-browser", SNAP)
    with pytest.raises(BrowserNotFoundError) as caught:
        find_browser(None)
    text = str(caught.value)
    assert f"{stub}: Command" in text
    assert "playwright install" in text
    assert "apt-get install chromium-headless-shell" in text
    assert "export MANTIS_BROWSER=" in text


def test_a_driver_that_lacks_a_library_is_told_before_any_browser_is_tried(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cause = "error while loading shared libraries: libatomic.so.1: cannot open"
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(script(bare, "node", f'echo "{cause}" >&2; exit 127')))
    with pytest.raises(BrowserNotFoundError, match="shared libraries") as caught:
        find_browser(None)
    assert "apt-get install libatomic1" in str(caught.value)


@pytest.mark.browser
def test_set_up_completes_a_driver_that_lacks_a_library(
    bare: Path, real: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = script(bare, "node", f'[ -e "{bare}/libatomic1" ]')
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(driver))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    script(bare, "apt-get", f'case "$*" in *"install"*" libatomic1") : > "{bare}/libatomic1" ;; esac')
    wrapper(bare, "chromium", real)
    assert find_browser(None, install=True).source == "system"


@pytest.mark.usefixtures("bare")
def test_the_command_ends_with_an_error_where_the_named_browser_does_not_start() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mantis_crawler.browser.find"],
        env={**os.environ, "MANTIS_BROWSER": "/no/such/browser"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "No such file" in done.stderr
    assert "Traceback" not in done.stderr
