"""Visits in depth: a browser and a profile of their own, thrown away whatever happens."""

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from aiohttp import web

from mantis_crawler.browser import deep
from mantis_crawler.browser.deep import DeepPool
from mantis_crawler.browser.find import find_browser, fuller
from mantis_crawler.browser.visit import Visitor
from mantis_crawler.items import CaptureKind, Depth, Outcome
from tests.browser.stage import Stage, headers_of

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


def test_profiles_of_crawlers_that_were_killed_are_swept_and_young_ones_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young = (Path(tempfile.mkdtemp(prefix=deep.PREFIX)) for _ in range(2))
    (old / "Default").mkdir()
    past = time.time() - deep.STALE_SECONDS - 60
    os.utime(old, (past, past))
    deep.sweep()
    assert profiles() == [young]
