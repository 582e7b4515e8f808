"""Both drivers make the same visits; only the console tells a page of the stock one."""

from pathlib import Path

import pytest
from aiohttp import web

from mantis_crawler.browser.driver import PATCHED, installed, name_of
from mantis_crawler.items import CaptureKind, Outcome
from tests.browser.stage import STOCK, Stage

CONSOLE = """<p id=a>?<script>
let read = 0;
Error.prepareStackTrace = () => { read += 1; return ''; };
console.debug(new Error('x'));
setTimeout(() => {
  document.getElementById('a').textContent =
    `read: ${read}, webdriver: ${navigator.webdriver}, fingers: ${navigator.maxTouchPoints}`;
}, 200);
</script>"""
OPENS = "<p>here<script>alert('one'); confirm('two') && (location = '/app.apk')</script>"


def drivers() -> list[str]:
    return ["", STOCK] if installed()[0] == PATCHED else [STOCK]


def file(_request: web.Request) -> web.Response:
    return web.Response(body=b"PK\x03\x04", headers={"Content-Disposition": "attachment; filename=app.apk"})


@pytest.mark.browser
@pytest.mark.parametrize("provider", drivers(), ids=lambda name: name.rpartition(".")[2] or "default")
def test_a_visit_is_the_same_with_either_driver(tmp_path: Path, provider: str) -> None:
    with Stage(tmp_path, provider=provider) as stage:
        stage.pages |= {"/": CONSOLE, "/lure": OPENS, "/app.apk": file}
        page, lure, missing = stage.visit("/"), stage.visit("/lure"), stage.visit("/none", device="iphone")
        text = stage.text(page, CaptureKind.TEXT)
        patched = name_of(stage.visitor.pool.kind) == PATCHED
    assert patched is not bool(provider) or installed()[0] != PATCHED
    assert page.outcome is Outcome.LOADED, page.error
    assert f"read: {0 if patched else 1}, webdriver: false, fingers: 5" in text
    assert page.capture(CaptureKind.SCREENSHOT)
    assert lure.outcome is Outcome.DOWNLOAD, lure.error
    assert [dialog.kind for dialog in lure.dialogs] == ["alert", "confirm"]
    assert missing.outcome is Outcome.HTTP_ERROR
