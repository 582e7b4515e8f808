"""`scrapy doctor` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mantis_crawler.commands.checks import Finding, Mark
from mantis_crawler.commands.doctor import as_text

ROOT = Path(__file__).parents[2]


def doctor(*arguments: str, settings: Path) -> subprocess.CompletedProcess[str]:
    (settings / "doctor_settings.py").write_text('COMMANDS_MODULE = "mantis_crawler.commands.doctor"\n')
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "doctor", *arguments],
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "doctor_settings", "PYTHONPATH": str(settings)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.browser
def test_a_machine_that_passes_the_tests_is_ready(tmp_path: Path) -> None:
    done = doctor("--json", "-s", f"MANTIS_OUTPUTS={tmp_path / 'runs'}", settings=tmp_path)
    facts = json.loads(done.stdout)
    marks = {finding["name"]: finding["mark"] for finding in facts["findings"]}
    assert {"python", "scrapy", "browser", "sandbox", "webkit", "outputs", "disk", "loopback"} <= marks.keys()
    assert marks["browser"] == "ok"
    assert done.returncode == (1 if "fail" in marks.values() else 0)


def test_the_exit_code_is_one_if_something_must_be_put_right(tmp_path: Path) -> None:
    done = doctor("-s", "MANTIS_BROWSER=/no/such/browser", settings=tmp_path)
    assert done.returncode == 1
    assert "FAIL  browser" in done.stdout
    assert done.stdout.endswith("Not ready: put right what is marked FAIL.\n")
    assert "Traceback" not in done.stderr


def test_a_remedy_stands_below_what_is_wrong() -> None:
    text = as_text([Finding("disk", Mark.WARN, "little", "Free some.\nOr else."), Finding("x", Mark.OK, "y")])
    assert text.splitlines()[1:] == [
        "warn  disk  little",
        "            Free some.",
        "            Or else.",
        "ok    x     y",
        "Ready. What is marked warn works less well or less safely.",
    ]
