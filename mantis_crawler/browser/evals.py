"""Scripts that a page made at run time: what an obfuscated lure decodes itself to.

The debugger is switched on once everything else is kept, and the engine then names all scripts it
still holds: nothing is slower, and no ``debugger`` statement is stopped at, while a page can measure it.
"""

import asyncio
import re
from collections.abc import Iterable
from typing import Any

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Session, ask
from mantis_crawler.items import CaptureKind

SCRIPTS = 30
SCRIPT_LIMIT = 512 * 1024
"""Characters of one script that are kept."""
NAMED = 2000
"""Scripts that are looked through for the longest."""
SHORTEST = 12
"""Characters: ``return this`` tells nothing."""
RUNS = re.compile(r"<script|\bon[a-z]+\s*=|javascript:", re.IGNORECASE)
"""What a page has in it that runs any script."""
MADE = ("blob:", "data:")
"""Addresses of scripts that no server gave."""
SECONDS = 1.5
ALL_SECONDS = 4.0


def runs_scripts(html: str) -> bool:
    """Return whether a page runs scripts: how one makes another can be hidden in many ways."""
    return RUNS.search(html) is not None


async def keep_evaluated(sessions: Iterable[Session], keeper: Keeper, ours: Iterable[str]) -> None:
    """Keep what was given to ``eval``, ``Function``, timers and blobs in worlds of the page's own.

    Args:
        sessions: Of the page, of its frames in other processes, and of its workers.
        keeper: Takes the scripts.
        ours: The scripts that we ran there ourselves.
    """
    every, ours = tuple(sessions), frozenset(ours)
    try:
        async with asyncio.timeout(ALL_SECONDS):
            found = await asyncio.gather(*(_parsed(session, ours) for session in every))
            made = [(session, one) for session, parsed in zip(every, found, strict=True) for one in parsed]
            longest = sorted(range(len(made)), key=lambda at: -made[at][1]["length"])[:SCRIPTS]
            wanted = [made[at] for at in sorted(longest)]
            for session, one in wanted:
                await _kept(session, one, keeper, ours)
            if len(made) > len(wanted):
                keeper.note(f"of {len(made)} scripts made at run time the longest {SCRIPTS} are kept")
    except TimeoutError:
        keeper.note("not all scripts made at run time could be had in time")
    await asyncio.gather(*(ask(session, "Debugger.disable", SECONDS) for session in every))


async def _parsed(session: Session, ours: Iterable[str]) -> list[dict[str, Any]]:
    """Return the scripts that were made at run time, each content once, in their order."""
    parsed: dict[str, dict[str, Any]] = {}
    session.on("Debugger.scriptParsed", lambda event: _note(parsed, event))
    calls: tuple[tuple[str, dict[str, Any]], ...]
    calls = ("Debugger.enable", {}), ("Debugger.setSkipAllPauses", {"skip": True}), ("Debugger.resume", {})
    await asyncio.gather(*(ask(session, method, SECONDS, **options) for method, options in calls))
    lengths = {len(one) for one in ours}
    return [one for one in parsed.values() if one["length"] not in lengths]


async def _kept(session: Session, script: dict[str, Any], keeper: Keeper, ours: Iterable[str]) -> None:
    answer = await ask(session, "Debugger.getScriptSource", SECONDS, scriptId=script["scriptId"])
    source = answer["scriptSource"] if answer else ""
    if source and not any(one in source for one in ours):
        content = source[:SCRIPT_LIMIT].encode("utf-8", "replace")
        await keeper.keep(CaptureKind.SCRIPT, content, cut=len(source) > SCRIPT_LIMIT)


def _note(parsed: dict[str, dict[str, Any]], event: dict[str, Any]) -> None:
    """Take a script that no document and no server gave; a comment in it may name it as it likes."""
    given = event.get("embedderName", "")
    if given and not given.startswith(MADE):
        return
    if event.get("length", 0) < SHORTEST or len(parsed) >= NAMED:
        return
    if event.get("executionContextAuxData", {}).get("isDefault", True):
        parsed.setdefault(event.get("hash") or event["scriptId"], event)
