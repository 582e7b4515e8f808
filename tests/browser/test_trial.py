"""Trial starts leave nothing behind, and are not fooled."""

import time
from pathlib import Path

import psutil
import pytest

from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.install import is_root
from mantis_crawler.browser.trial import LaunchError, try_launch, version_of


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.browser
def test_a_browser_leaves_neither_a_profile_nor_a_process(temporary: Path) -> None:
    browser = find_browser(None)
    assert browser.path
    try_launch(browser.path, sandbox=browser.sandbox)
    assert list(temporary.iterdir()) == []
    left = [process for process in psutil.Process().children(recursive=True) if process.is_running()]
    assert left == []


@pytest.mark.browser
@pytest.mark.skipif(not is_root(), reason="others may have a sandbox")
def test_chromium_refuses_the_sandbox_to_root() -> None:
    browser = find_browser(None)
    assert browser.path
    with pytest.raises(LaunchError):
        try_launch(browser.path, sandbox=True)


def test_a_program_that_repeats_its_arguments_is_no_browser(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="showed no page"):
        try_launch(script(tmp_path / "echo", 'echo "$@"'), sandbox=False)


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path, temporary: Path) -> None:
    pid_file = tmp_path / "pid"
    path = script(tmp_path / "hangs", f'sleep 60 & echo $! > "{pid_file}"; wait')
    with pytest.raises(LaunchError, match="did not answer"):
        try_launch(path, sandbox=False, limit=0.5)
    assert _gone(int(pid_file.read_text()))
    assert list(temporary.iterdir()) == []


def test_a_child_that_a_program_leaves_behind_is_ended(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    path = script(tmp_path / "leaves", f'sleep 60 >/dev/null 2>&1 & echo $! > "{pid_file}"; exit 3')
    with pytest.raises(LaunchError, match="exit code 3"):
        try_launch(path, sandbox=False)
    assert _gone(int(pid_file.read_text()))


def test_a_file_that_is_no_program_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("hello")
    with pytest.raises(LaunchError, match="Permission denied"):
        try_launch(str(path), sandbox=False)


def test_the_reason_is_the_line_that_tells_most(tmp_path: Path) -> None:
    noise = "ERROR:dbus/bus.cc Failed to connect: No such file or directory"
    cause = "error while loading shared libraries: libnss3.so"
    path = script(tmp_path / "lacks", f'echo "{noise}" >&2; echo "{cause}" >&2; exit 127')
    with pytest.raises(LaunchError, match="libnss3"):
        try_launch(path, sandbox=False)


def test_the_version_is_read_from_what_the_browser_tells(tmp_path: Path) -> None:
    path = script(tmp_path / "tells", "echo 'Google Chrome 159.0.8154.6 beta'")
    assert version_of(path) == "159.0.8154.6"


def test_a_browser_that_does_not_tell_has_an_unknown_version(tmp_path: Path) -> None:
    assert version_of(script(tmp_path / "mute", "exit 0")) == "unknown"
    assert version_of(str(tmp_path / "gone")) == "unknown"


def _gone(pid: int) -> bool:
    """Whether a process that was killed is dead; the system may take a moment."""
    for _ in range(50):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.1)
    return False
