"""What a browser takes of the machine: limits for its renderers, and what is done when it falls silent."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil

RENDERER_BYTES = 2 * 2**30
"""Memory that one renderer may write to. The kernel refuses more, the renderer ends itself, and its page
with it; a bomb took 7 GB without. Ordinary pages take a tenth."""
NICE = 10
"""Of renderers: pages that burn all cores let the browser, its driver and us go first."""
HEAVY_BYTES = 800 * 2**20
"""Memory of a browser's renderers from which the scripts of its one page are stopped."""
LOOK_SECONDS = 0.1
"""Between two looks at a page that has killed its renderer before: it may take 2 GB in a second."""
GONE = (psutil.Error, OSError)


def process_of(signed: str) -> psutil.Process | None:
    """Return the process of the browser below us that was started with a flag; `None` if it is gone."""
    for process in psutil.Process().children(recursive=True):
        with suppress(*GONE):
            command = process.cmdline()
            if signed in command and not any(part.startswith("--type=") for part in command):
                return process
    return None


def limit(browser: psutil.Process) -> bool:
    """Limit what the renderers take that the browser will start; return whether that could be done.

    Renderers are forked from zygotes, and take the limit over from them.
    """
    done = False
    for process in _children(browser, "zygote"):
        with suppress(*GONE, AttributeError):
            process.nice(NICE)
            process.rlimit(psutil.RLIMIT_DATA, (RENDERER_BYTES, RENDERER_BYTES))
            done = True
    return done


def renew_painter(browser: psutil.Process) -> bool:
    """End the process that paints for all pages; the browser starts another. Return whether there was one.

    One page can keep it busy for minutes, and no other gets its picture meanwhile.
    """
    found = False
    for process in _children(browser, "gpu-process"):
        with suppress(*GONE):
            process.kill()
            found = True
    return found


def end(browser: psutil.Process) -> None:
    """End a browser with all below it, whatever it is busy with."""
    with suppress(*GONE):
        for process in (*browser.children(recursive=True), browser):
            with suppress(*GONE):
                process.kill()


def weight(browser: psutil.Process) -> int:
    """Return the bytes that the browser's renderers hold for themselves alone."""
    held = 0
    for process in _children(browser, "renderer"):
        with suppress(*GONE):
            info = process.memory_info()
            held += info.rss - getattr(info, "shared", 0)
    return held


async def watch_weight(browser: psutil.Process, heavy: Callable[[], None]) -> None:
    """Call *heavy* once, when the browser's renderers hold more than `HEAVY_BYTES`."""
    while await asyncio.to_thread(weight, browser) < HEAVY_BYTES:  # noqa: ASYNC110 - the kernel sends no event
        await asyncio.sleep(LOOK_SECONDS)
    heavy()


def _children(browser: psutil.Process, kind: str) -> Iterator[psutil.Process]:
    with suppress(*GONE):
        for process in browser.children(recursive=True):
            with suppress(*GONE):
                if f"--type={kind}" in process.cmdline():
                    yield process
