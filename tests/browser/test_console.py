"""Whether a page can tell that its console is read and its scripts are listed."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest

from mantis_crawler import devices
from mantis_crawler.browser.bare import Undressed
from mantis_crawler.browser.console import Console
from mantis_crawler.browser.dress import Call
from mantis_crawler.browser.endpoint import PORT_FILE, _told
from mantis_crawler.browser.evals import keep_evaluated
from mantis_crawler.browser.find import find_browser
from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Line
from mantis_crawler.browser.targets import Targets
from mantis_crawler.catalog import discover
from mantis_crawler.items import CaptureKind, Device, country
from mantis_crawler.store import CaptureStore

pytestmark = pytest.mark.browser

TRAPS = """<p id=told>nothing</p><script>
  let noticed = [];
  const trap = new Error('x'); Object.defineProperty(trap, 'stack', {get() { noticed.push('stack'); }});
  Error.prepareStackTrace = () => { noticed.push('prepared'); return ''; };
  const bait = {get inside() { noticed.push('getter'); return 1; }};
  const sly = new Proxy({}, {get() { noticed.push('proxy'); },
    ownKeys() { noticed.push('keys'); return []; }});
  const look = () => {
    console.log(trap); console.debug(new Error('y')); console.debug(bait);
    console.dir(bait); console.table([bait]); console.log(sly);
    const start = performance.now(); debugger; if (performance.now() - start > 100) noticed.push('debugger');
    told.textContent = noticed.join() || 'nothing'; noticed = []; };
  look(); setInterval(look, 50); eval("var made = 1; /* at run time */");
</script>"""
LOOKED = "document.getElementById('told').textContent"


@asynccontextmanager
async def page() -> AsyncIterator[Line]:
    """Open a page in a browser of its own: Playwright has ``Runtime`` enabled, which pages notice."""
    found = find_browser(None)
    assert found.path is not None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        flags = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--no-first-run"]
        flags += [] if found.sandbox else ["--no-sandbox"]
        process = await asyncio.create_subprocess_exec(
            found.path, *flags, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            targets = await Targets.open(await told(Path(folder, PORT_FILE)), bare())
            try:
                yield await opened(targets)
            finally:
                await targets.close()
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # a wrapper may stand before the browser
            await process.wait()


async def told(file: Path) -> str:
    for _ in range(200):
        if endpoint := _told(file):
            return endpoint
        await asyncio.sleep(0.05)
    raise TimeoutError


def bare() -> Undressed:
    return Undressed(device=discover(devices, Device)["android"], country=country("us"), version="1.0")


async def opened(targets: Targets) -> Line:
    context = (await targets.call("Target.createBrowserContext", {}))["browserContextId"]
    came: asyncio.Queue[Line] = asyncio.Queue()

    def joined(line: Line) -> list[Call]:
        came.put_nowait(line)
        return []

    targets.watch(context, joined)
    await targets.call("Target.createTarget", {"url": "about:blank", "browserContextId": context})
    return await asyncio.wait_for(came.get(), 10)


async def shown(line: Line, seconds: float = 0.4) -> str:
    await asyncio.sleep(seconds)
    answer = await line.send("Runtime.evaluate", {"expression": LOOKED, "returnByValue": True})
    return str(answer["result"]["value"])


def test_no_page_notices_that_its_console_is_read_and_its_scripts_are_listed(tmp_path: Path) -> None:
    keeper = Keeper(CaptureStore(tmp_path))

    async def visit() -> list[str]:
        async with page() as line:
            await line.send("Page.navigate", {"url": f"data:text/html,{quote(TRAPS)}"})
            looks = [await shown(line)]
            await Console(keeper).attach(line)
            looks.append(await shown(line))
            await keep_evaluated((line,), keeper, ())
            looks.append(await shown(line))
            await line.send("Runtime.enable")
            return [*looks, await shown(line)]

    alone, read, listed, wrapped = asyncio.run(visit())
    assert read == alone
    assert listed == alone
    assert wrapped != alone, "the traps must be able to catch somebody"
    kept = [keeper.store.get(item) for item in keeper.captures if item.kind is CaptureKind.SCRIPT]
    assert b"var made = 1; /* at run time */" in kept
