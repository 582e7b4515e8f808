"""`scrapy phones` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def phones(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "phones", *arguments],
        env={**os.environ, "SCRAPY_SETTINGS_MODULE": "mantis_crawler.settings", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.browser
def test_a_phone_is_printed_and_written(tmp_path: Path) -> None:
    done = phones(
        "--device", "android", "--country", "jp", "--failing", "--json", str(tmp_path / "seen.json")
    )
    assert done.returncode == 0, done.stderr
    (android,) = json.loads((tmp_path / "seen.json").read_text())
    checks = {check["id"]: check for check in android["checks"]}
    assert len(checks) == 172
    assert checks["C10"]["seen"] == ["ja-JP", "ja"]
    assert f"{android['passed']} of {android['passed'] + android['failed']} checks pass" in done.stdout
    assert "A28" in done.stdout
    assert "C01" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [(("--device", "nokia"), "no device nokia"), (("--country", "zz"), "no country 'zz'")],
)
def test_a_wrong_word_is_told_before_a_browser_starts(arguments: tuple[str, ...], complaint: str) -> None:
    done = phones(*arguments)
    assert done.returncode == 2
    assert complaint in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
