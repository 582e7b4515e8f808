"""A disk that fills up under a run: it ends with a sentence, and goes on where it was when there is room."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mantis_crawler.lab.feed import listed, url_of
from mantis_crawler.lab.world import World
from mantis_crawler.ledger import Ledger
from tests.spiders.runs import crawl, feed_of

pytestmark = pytest.mark.browser


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    options = ("-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder))
    if subprocess.run(("mount", *options), capture_output=True, check=False).returncode:
        pytest.skip("this system allows no disk of one's own")
    yield folder
    subprocess.run(("umount", "--lazy", str(folder)), check=True)


def test_a_run_on_a_full_disk_says_so_and_loses_nothing(small: Path, tmp_path: Path) -> None:
    rows = [f"url,{url_of(site)},," for site in listed(World(1)) if site.scheme == "http"][:24]
    seeds = feed_of(tmp_path / "seeds.csv", rows)
    first = crawl(small, f"seeds={seeds}", "lab=yes", "devices=android")
    assert first.code != 0
    assert "The disk takes no more evidence" in first.said
    assert "make room, then resume" in first.said
    assert "Traceback" not in first.said
    assert first.folder is not None
    before = Ledger.open(first.folder / "ledger.sqlite").open_units()
    assert 0 < len(before) < 24

    subprocess.run(("mount", "-o", "remount,size=200m", str(small)), check=True)
    again = crawl(small, f"resume={first.folder.name}")
    assert again.code == 0
    assert len(again.records) == 24
    assert {len(record.visits) for record in again.records} == {1}
