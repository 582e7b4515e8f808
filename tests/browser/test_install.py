"""How a browser is installed: the commands are stand-ins that write down how they were called."""

import os
from pathlib import Path

import pytest

from mantis_crawler.browser import install
from mantis_crawler.browser.install import driver_steps, install_steps
from mantis_crawler.browser.places import revisions


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser, whose Python and apt-get are stand-ins; returns their log."""
    log = tmp_path / "log"
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    bodies = {
        "python": "echo 'Error: no way to the download'; exit 1",
        "apt-get": f': > "{tmp_path}/updated"',
        "apt-cache": f'[ -e "{tmp_path}/updated" ] || exit 1; case "$*" in *emoji*|*shell*) exit 1;; esac',
    }
    for name, body in bodies.items():
        path = bin_folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{log}"\n{body}\n')
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(bin_folder))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr("sys.executable", str(bin_folder / "python"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return log


def test_root_on_debian_falls_back_to_packages_that_exist(machine: Path) -> None:
    results = [step.run() for step in install_steps()]
    assert results == ["Error: no way to the download", "", ""]
    lines = machine.read_text().splitlines()
    assert lines[0] == "python -m playwright install --only-shell --no-progress chromium"
    assert lines[1] == "apt-get -qq update"
    packages = [name for name in ("chromium", *install.FONTS) if "emoji" not in name]
    assert lines[-1] == f"apt-get -qq install -y --no-install-recommends {' '.join(packages)}"


def test_libraries_are_completed_where_playwrights_own_does_not_start(machine: Path, tmp_path: Path) -> None:
    revision = revisions("chromium-headless-shell")[0]
    shell = tmp_path / f"playwright/chromium_headless_shell-{revision}/x/chrome-headless-shell"
    shell.parent.mkdir(parents=True)
    shell.touch(0o755)
    for step in install_steps():
        step.run()
    assert "python -m playwright install-deps chromium" in machine.read_text()


def test_root_on_debian_gets_the_drivers_library_from_lists_that_are_new(machine: Path) -> None:
    assert [step.run() for step in driver_steps()] == ["", ""]
    lines = machine.read_text().splitlines()
    assert lines == ["apt-get -qq update", "apt-get -qq install -y --no-install-recommends libatomic1"]


def test_others_than_root_never_call_apt_get(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    for step in (*driver_steps(), *install_steps()):
        step.run()
    assert "apt" not in machine.read_text()


def test_an_installation_that_hangs_is_ended(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = machine.parent / "bin/python"
    hanging.write_text("#!/bin/sh\nPATH=/usr/bin:/bin exec sleep 60\n")
    monkeypatch.setattr(install, "SHORT", 0.3)
    assert next(install_steps()).run() == "it took more than 0.3 seconds"


class Debian:
    """A Debian with packages of its own, whose dpkg-query, apt-cache and apt-get are stand-ins."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.log = folder / "calls"
        self.there = folder / "there"
        self.there.mkdir()
        (folder / "prefix").mkdir()
        commands = folder / "commands"
        commands.mkdir()
        bodies = {
            "dpkg-query": f'for p in "$@"; do [ -e "{self.there}/$p" ] && echo "$p installed"; done; exit 1',
            "apt-cache": 'case "$*" in *emoji*) exit 1;; esac',
            "apt-get": f'case "$*" in *install*) for p in "$@"; do : >"{self.there}/$p"; done;; esac',
        }
        for name, body in bodies.items():
            path = commands / name
            path.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.log}"\n{body}\n')
            path.chmod(0o755)
        monkeypatch.setenv("PATH", str(commands))
        monkeypatch.setattr("sys.prefix", str(folder / "prefix"))
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        self.told: list[str] = []

    def set_up(self, *, full: bool = False) -> None:
        """What set-up does once it has a browser."""
        self.told.clear()
        if lacking := install.extras(full=full):
            install.add_extras(lacking, told=self.told.append)

    @property
    def installations(self) -> list[str]:
        """How apt-get was asked to install something."""
        return [line for line in self.log.read_text().splitlines() if "install" in line.split()]


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Debian:
    return Debian(tmp_path, monkeypatch)


def test_set_up_adds_fonts_and_the_full_browser_to_a_browser_that_is_there(debian: Debian) -> None:
    debian.set_up()
    packages = " ".join(name for name in (*install.FONTS, "chromium") if "emoji" not in name)
    assert debian.installations == [f"apt-get -qq install -y --no-install-recommends {packages}"]


def test_a_package_that_cannot_be_had_is_tried_once_and_told_each_time(debian: Debian) -> None:
    debian.set_up()
    debian.set_up()
    assert len(debian.installations) == 1
    assert debian.told == [
        "for phones' own fonts and visits in depth, as root: apt-get install fonts-noto-color-emoji"
    ]


def test_what_is_there_is_not_installed_again(debian: Debian) -> None:
    for name in install.FONTS:
        (debian.there / name).touch()
    debian.set_up(full=True)
    assert debian.told == []
    assert "apt-get" not in debian.log.read_text()


def test_others_than_root_are_told_what_to_install(debian: Debian, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    debian.set_up(full=True)
    assert debian.told == [
        f"for phones' own fonts and visits in depth, as root: apt-get install {' '.join(install.FONTS)}"
    ]
    assert "apt-get" not in debian.log.read_text()


def test_a_machine_that_is_no_debian_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert install.extras(full=False) == []
