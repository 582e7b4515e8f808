"""Set-up on machines that lack something. Commands are stand-ins: the script's way is what counts."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = ("sh", "dirname", "cat", "rm", "mv", "mkdir", "cp")
PYTHON = """\
case "$1 $2" in
  *_base_executable*) echo "$0" ;;
  *"import venv, ensurepip"*) [ -e "$HERE/has-venv" ] ;;
  "-m venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip") echo "pip $*" >> "$HERE/log"; [ ! -e "$HERE/index-fails" ] ;;
  "-m mantis_crawler.browser.find") echo "browser $*" >> "$HERE/log" ;;
  *) exec "$REAL" "$@" ;;
esac"""
OLD_PYTHON = "exit 1"


class Machine:
    """A checkout in a folder with a space in its name, and nothing on the PATH but what is put there."""

    def __init__(self, folder: Path) -> None:
        self.here = folder
        self.checkout = folder / "a checkout"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in COMMANDS:
            (self.bin / name).symlink_to(str(shutil.which(name)))
        self.command("sleep", "")
        self.command("id", "echo 1000")
        self.command("python3", PYTHON)
        (folder / "has-venv").touch()
        (self.checkout / "requirements").mkdir(parents=True)
        shutil.copy(ROOT / "requirements/setup.sh", self.checkout / "requirements")
        self.lock = self.checkout / "requirements/locked.txt"
        self.lock.write_text("# empty\n")

    def command(self, name: str, body: str) -> Path:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
        return path

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {"PATH": str(self.bin), "REAL": sys.executable, "HERE": str(self.here)}
        return subprocess.run(
            [str(self.bin / "sh"), str(self.checkout / "requirements/setup.sh")],
            env={**own, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def log(self) -> list[str]:
        path = self.here / "log"
        return path.read_text().splitlines() if path.exists() else []

    def installs(self) -> int:
        return sum("pip install" in line for line in self.log())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_second_time_nothing_is_installed_but_the_browser_is_looked_for(machine: Machine) -> None:
    first, second = machine.run(), machine.run()
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "environment: .venv is ready" in first.stdout
    assert "environment: .venv is there" in second.stdout
    assert machine.installs() == 1
    assert machine.log()[-2:] == ["browser -m mantis_crawler.browser.find --install"] * 2


def test_packages_are_installed_by_their_hashes_alone(machine: Machine) -> None:
    machine.run()
    assert "--no-deps --require-hashes -r requirements/locked.txt" in machine.log()[0]


def test_what_is_half_done_does_not_count(machine: Machine) -> None:
    half = machine.checkout / ".venv/lib/half.py"
    half.parent.mkdir(parents=True)
    half.touch()
    assert machine.run().returncode == 0
    assert not half.exists()


def test_an_index_that_fails_is_asked_again_and_then_told(machine: Machine) -> None:
    (machine.here / "index-fails").touch()
    failed = machine.run()
    assert failed.returncode == 1
    assert machine.installs() == 3
    assert "run the same command again" in failed.stderr
    (machine.here / "index-fails").unlink()
    assert machine.run().returncode == 0
    assert machine.installs() == 4


def test_another_lock_needs_another_environment(machine: Machine) -> None:
    machine.run()
    machine.lock.write_text("# changed\n")
    machine.run()
    assert machine.installs() == 2


def test_a_checkout_that_was_moved_needs_another_environment(machine: Machine) -> None:
    machine.run()
    machine.checkout = machine.checkout.rename(machine.here / "moved")
    machine.run()
    assert machine.installs() == 2


def test_an_environment_whose_python_is_gone_is_made_anew(machine: Machine) -> None:
    machine.run()
    (machine.checkout / ".venv/bin/python").unlink()
    assert machine.run().returncode == 0
    assert machine.installs() == 2


def test_an_old_python_is_passed_over_for_a_newer_one(machine: Machine) -> None:
    machine.command("python3", OLD_PYTHON)
    machine.command("python3.12", PYTHON)
    assert machine.run().returncode == 0


def test_without_a_new_python_the_error_says_what_to_do(machine: Machine) -> None:
    machine.command("python3", OLD_PYTHON)
    failed = machine.run()
    assert failed.returncode == 1
    assert "no Python 3.11 or newer" in failed.stderr
    assert "sudo apt-get install python3 python3-venv" in failed.stderr
    assert "PYTHON=/path/to/python3" in failed.stderr


def test_a_python_that_the_user_names_is_the_only_one_tried(machine: Machine) -> None:
    named = machine.command("my python", OLD_PYTHON)
    failed = machine.run(PYTHON=str(named))
    assert failed.returncode == 1
    assert str(named) in failed.stderr


def test_a_python_that_the_user_names_later_replaces_the_environment(machine: Machine) -> None:
    machine.run()
    assert "is there" in machine.run(PYTHON=str(machine.bin / "python3")).stdout
    other = machine.command(
        "other python", PYTHON.replace("*) exec", '*hashlib*) echo "another" ;;\n  *) exec')
    )
    assert machine.run(PYTHON=str(other)).returncode == 0
    assert machine.installs() == 2


def test_without_venv_others_than_root_are_told_the_package(machine: Machine) -> None:
    (machine.here / "has-venv").unlink()
    machine.command("apt-get", 'echo "apt-get $*" >> "$HERE/log"')
    failed = machine.run()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert failed.returncode == 1
    assert f"sudo apt-get install python{version}-venv" in failed.stderr
    assert machine.log() == []
    assert not (machine.checkout / ".venv").exists()


def test_without_venv_root_on_debian_installs_it(machine: Machine) -> None:
    (machine.here / "has-venv").unlink()
    machine.command("id", "echo 0")
    installs = 'case "$*" in *install*-venv*) : > "$HERE/has-venv" ;; esac'
    machine.command("apt-get", f'echo "apt-get $*" >> "$HERE/log"\n{installs}')
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert machine.log()[0] == "apt-get -qq update"
    assert machine.installs() == 1


def test_without_venv_and_without_a_mirror_root_is_told_the_package(machine: Machine) -> None:
    (machine.here / "has-venv").unlink()
    machine.command("id", "echo 0")
    machine.command("apt-get", "exit 100")
    failed = machine.run()
    assert failed.returncode == 1
    assert "apt-get install python3" in failed.stderr


def test_root_on_debian_gets_what_reads_pictures_once(machine: Machine) -> None:
    machine.command("id", "echo 0")
    machine.command("timeout", 'shift; exec "$@"')
    machine.command("apt-get", 'echo "apt-get $*" >> "$HERE/log"')
    assert machine.run().returncode == 0
    assert sum("tesseract-ocr " in line for line in machine.log()) == 1
    machine.run()
    assert sum("tesseract-ocr " in line for line in machine.log()) == 1


def test_what_reads_pictures_is_not_needed(machine: Machine) -> None:
    machine.command("id", "echo 0")
    machine.command("apt-get", "exit 100")
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert "tesseract-ocr cannot be installed now" in done.stdout


def test_others_than_root_are_not_bothered_with_it(machine: Machine) -> None:
    machine.command("apt-get", 'echo "apt-get $*" >> "$HERE/log"')
    assert machine.run().returncode == 0
    assert not any("apt-get" in line for line in machine.log())
