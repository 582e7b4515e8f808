"""Scripts and parsers of others, where they can be had."""

import importlib.util
from pathlib import Path

import pytest

from mantis_crawler.lab.phones.others.install import BUNDLE, OURS, OthersError, bundle, install
from mantis_crawler.lab.phones.parsers import PARSERS, parse
from tests.lab.phones.bench import others

AGENT = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile Safari/537.36"
)


def test_installed_scripts_are_one_file() -> None:
    if why := others():
        pytest.skip(f"the scripts of others cannot be had: {why}")
    script = bundle()
    assert script is not None
    assert b"readOthers" in script


def test_a_bundle_of_another_set_is_not_used(tmp_path: Path) -> None:
    for name in (*OURS, BUNDLE):
        (tmp_path / name).write_text("{}")
    assert bundle(tmp_path) is None
    assert bundle(tmp_path / "nowhere") is None


def test_without_npm_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OthersError, match="npm is not installed"):
        install(tmp_path)


def test_a_parser_that_is_not_installed_says_nothing() -> None:
    there = {name for name, (module, _) in PARSERS.items() if importlib.util.find_spec(module)}
    assert set(parse(AGENT)) == there


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ua_parser", ["Android", "Chrome Mobile"]),
        ("device_detector", ["Android", "smartphone", False]),
        ("user_agents", [True, True, False, False]),
        ("crawlerdetect", False),
        ("httpagentparser", "Android"),
    ],
)
def test_a_parser_sees_a_phone(name: str, said: object) -> None:
    pytest.importorskip(PARSERS[name][0])
    assert parse(AGENT)[name] == said
