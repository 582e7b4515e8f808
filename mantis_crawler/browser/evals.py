"""Scripts that a page made at run time: what an obfuscated lure decodes itself to.

The debugger is switched on once everything else is kept, and the engine then names all scripts it
still holds: nothing is slower, and no ``debugger`` statement is stopped at, while a page can measure it.
"""

import asyncio
import re
from typing import Any

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Session, ask
from mantis_crawler.items import CaptureKind

SCRIPTS = 20
SCRIPT_LIMIT = 512 * 1024
"""Characters of one script that are kept."""
SHORTEST = 12
"""Characters: ``return this`` tells nothing."""
MAKERS = re.compile(
    r"eval|Function|constructor|atob|fromCharCode|unescape|javascript:|\\[xu]"
    r"|set(?:Timeout|Interval)\(\s*[\"'`]"
)
"""What a script has in it that makes another, in clear or hidden."""
SECONDS = 1.5
ALL_SECONDS = 4.0


def makes_scripts(text: str) -> bool:
    """Return whether a page or script has in it what makes another script."""
    return MAKERS.search(text) is not None


async def keep_evaluated(session: Session, keeper: Keeper, ours: str) -> None:
    """Keep what was given to ``eval``, ``Function`` and timers in the page's own world.

    Args:
        session: Of the page.
        keeper: Takes the scripts.
        ours: The script that we ran in each frame ourselves.
    """
    parsed: dict[str, dict[str, Any]] = {}
    session.on("Debugger.scriptParsed", lambda event: _note(parsed, event))
    calls: tuple[tuple[str, dict[str, Any]], ...]
    calls = ("Debugger.enable", {}), ("Debugger.setSkipAllPauses", {"skip": True}), ("Debugger.resume", {})
    try:
        async with asyncio.timeout(ALL_SECONDS):
            await asyncio.gather(*(ask(session, method, SECONDS, **options) for method, options in calls))
            for script in list(parsed.values())[:SCRIPTS]:
                await _kept(session, keeper, script["scriptId"], ours)
    except TimeoutError:
        keeper.note("not all scripts made at run time could be had in time")
    if len(parsed) > SCRIPTS:
        keeper.note(f"scripts made at run time cut at {SCRIPTS}")
    await ask(session, "Debugger.disable", SECONDS)


async def _kept(session: Session, keeper: Keeper, script: str, ours: str) -> None:
    answer = await ask(session, "Debugger.getScriptSource", SECONDS, scriptId=script)
    source = answer["scriptSource"] if answer else ""
    if source and ours not in source:
        content = source[:SCRIPT_LIMIT].encode("utf-8", "replace")
        await keeper.keep(CaptureKind.SCRIPT, content, cut=len(source) > SCRIPT_LIMIT)


def _note(parsed: dict[str, dict[str, Any]], event: dict[str, Any]) -> None:
    """Take a script without a URL that ran in the page's own world, once a content."""
    if event.get("url") or event.get("length", 0) < SHORTEST or len(parsed) > 4 * SCRIPTS:
        return
    if event.get("executionContextAuxData", {}).get("isDefault"):
        parsed.setdefault(event.get("hash") or event["scriptId"], event)
