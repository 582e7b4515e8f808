"""What a newcomer clones speaks of the project alone, and works anywhere."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOREIGN = {
    # with brackets, or this file would be the first to be found
    "a folder of one machine": re.compile(r"(?<![\w./-])/(?:wor[k]|far[m]|root/[.]pyen[v]|opt/pyp[i])\b"),
    "a home folder": re.compile(r"(?<![\w./-])/(?:hom[e]|User[s])/\w+"),
    "a package index": re.compile(
        r"pyp[i]\.org|pythonhoste[d]\.org|--(?:extra-)?inde[x]-url|--trusted-hos[t]"
    ),
}


def files() -> list[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a clone: which files belong to the project is not known")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what: str) -> None:
    found = []
    for path in files():
        text = path.read_bytes().decode(errors="replace")
        if match := FOREIGN[what].search(text):
            found.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert found == []


def test_patterns_find_what_they_look_for() -> None:
    samples = {
        "a folder of one machine": "cd {}work/main",
        "a home folder": "open {}home/somebody/file",
        "a package index": "pip {}index-url x",
    }
    samples = {what: text.format("--" if "pip" in text else "/") for what, text in samples.items()}
    assert [what for what in FOREIGN if not FOREIGN[what].search(samples[what])] == []


def test_no_run_and_no_environment_is_kept() -> None:
    names = {str(path.relative_to(ROOT)) for path in files()}
    assert {name for name in names if name.startswith("outputs/")} == {"outputs/README.md"}
    assert not {name for name in names if name.startswith((".venv/", "build/")) or "__pycache__" in name}


def test_every_locked_package_has_a_hash() -> None:
    lock = (ROOT / "requirements/locked.txt").read_text()
    entries = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []
