"""Visits in depth: a browser and a profile of their own, thrown away whatever happens."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import pytest
from aiohttp import web

from mantis_crawler import devices
from mantis_crawler.browser import deep
from mantis_crawler.browser.deep import DeepPool
from mantis_crawler.browser.find import find_browser, fuller
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.catalog import discover
from mantis_crawler.items import CaptureKind, Depth, Device, Outcome, country
from tests.browser.stage import Stage, headers_of

SHELF = discover(devices, Device)
KEPT = """<p id=a>hello<script>
const left = Number(localStorage.visits || 0); localStorage.visits = left + 1;
document.getElementById('a').textContent = `visits before: ${left}, languages: ${navigator.languages}`;
</script>"""


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Stage(tmp_path / "store") as made:
        pool = DeepPool(made.visitor.pool.kind, fuller(find_browser(None)), made.visitor.gateway)
        made.visitor = Visitor(pool, made.visitor.gateway, made.store, made.patience)
        yield made


def made_profile() -> tuple[Path, IO[bytes]]:
    """Make a profile as a visit in depth does; it is in use as long as its lock is open."""
    return deep._made(SHELF["android"], country("fr"))


def profiles() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{deep.PREFIX}*"))


@pytest.mark.browser
def test_each_visit_has_a_profile_of_its_own_that_is_gone_after_it(stage: Stage) -> None:
    seen: list[Mapping[str, str]] = []
    stage.pages["/"] = KEPT
    stage.pages["/asked"] = headers_of(seen)
    texts = []
    for code in ("fr", "fr"):
        visit = stage.visit("/", code=code)
        assert visit.outcome is Outcome.LOADED, visit.error
        assert visit.depth is Depth.DEEP
        texts.append(stage.text(visit, CaptureKind.TEXT).strip())
        assert profiles() == []
    assert len(set(texts)) == 1
    assert texts[0].startswith("visits before: 0, languages: fr-FR,fr")
    stage.visit("/asked", code="fr")
    assert seen[0]["accept-language"].startswith("fr-FR,fr")
    assert "Headless" not in seen[0]["user-agent"]


@pytest.mark.browser
def test_what_a_page_does_is_seen_in_depth_too(stage: Stage) -> None:
    stage.pages["/"] = "<script>alert('update now'); location.replace('/app.apk')</script>"
    stage.pages["/app.apk"] = lambda _request: web.Response(
        body=b"PK\x03\x04", headers={"Content-Disposition": "attachment; filename=app.apk"}
    )
    visit = stage.visit("/")
    assert visit.outcome is Outcome.DOWNLOAD, visit.error
    assert [dialog.text for dialog in visit.dialogs] == ["update now"]
    assert [item.name for item in visit.downloads] == ["app.apk"]
    assert profiles() == []


def test_profiles_of_crawlers_that_were_killed_are_swept_and_those_in_use_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = "from tests.browser import test_deep as t; kept = t.made_profile(); t.os.kill(t.os.getpid(), 9)"
    killed = subprocess.run(
        [sys.executable, "-c", made], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    (left,) = profiles()
    used, lock = made_profile()
    deep.sweep()
    assert not left.exists()
    assert (used / "Default" / "Preferences").is_file()
    lock.close()


def test_a_profile_that_was_never_finished_is_swept_once_it_is_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young = (Path(tempfile.mkdtemp(prefix=deep.RAW)) for _ in range(2))
    past = time.time() - deep.STALE_SECONDS - 60
    os.utime(old, (past, past))
    deep.sweep()
    assert list(tmp_path.iterdir()) == [young]


@pytest.mark.browser
def test_a_visit_in_depth_on_the_headless_shell_says_so(stage: Stage) -> None:
    pool, found = stage.visitor.pool, find_browser(None)
    if not found.shell:
        pytest.skip("the machine has no headless shell")
    stage.visitor.pool = DeepPool(pool.kind, found, pool.gateway)
    stage.pages["/"] = "<p>hello"
    visit = stage.visit("/")
    assert (visit.depth, visit.outcome) == (Depth.DEEP, Outcome.LOADED)
    assert deep.ON_SHELL in visit.notes
