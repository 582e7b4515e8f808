"""``scrapy lab``, as a person runs it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "lab_settings.py").write_text('COMMANDS_MODULE = "mantis_crawler.commands"\n')
    paths = os.pathsep.join((str(tmp_path), str(ROOT)))
    return {**os.environ, "PYTHONPATH": paths, "SCRAPY_SETTINGS_MODULE": "lab_settings"}


def scrapy(*words: str) -> list[str]:
    return [sys.executable, "-m", "scrapy", "lab", *words]


def test_the_feed_and_the_list_are_printed(environment: dict[str, str]) -> None:
    for option, expected in (
        ("--feed", "type,ioc,comment,country"),
        ("--list", "mantis-fr-alert"),
        ("--list", "//alert-storm."),
    ):
        shown = subprocess.check_output(scrapy(option), env=environment, text=True, timeout=60)
        assert expected in shown


def test_the_lab_serves_until_it_is_interrupted(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        scrapy("--seed", "3"), env=environment, stdout=PIPE, stderr=PIPE, text=True
    ) as served:
        assert served.stdout
        guide = [next(served.stdout) for _ in range(4)]
        served.send_signal(signal.SIGINT)
        _, errors = served.communicate(timeout=30)
    assert "seed 3" in guide[0]
    assert re.search(r"dig @127\.0\.0\.1 -p \d+", guide[1])
    assert served.returncode == 0
    assert "Traceback" not in errors
