"""What a page writes to its console, read in a way that no page can notice.

``Runtime.enable`` wraps what is logged, which runs getters of the page; ``Console.enable`` passes on
the text that the engine makes of it in any case. Uncaught errors are told by ``Runtime`` alone, but
those of the last document can be asked for afterwards: then the page is cut off from the network first.
"""

import json
from typing import Any

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.line import Session, ask
from mantis_crawler.browser.whispers import Whispers
from mantis_crawler.items import CaptureKind

LINES = 300
TEXT = 2000
"""Characters of a line that are kept."""
SECONDS = 1.0


class Console:
    """Lines of the console in their order; a cap on how many, and on each."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.lines: list[dict[str, Any]] = []
        self.whispers = Whispers()

    def listen(self, session: Session) -> None:
        """Take what is said in a page or frame; ``Console.enable`` is the caller's to send."""
        session.on("Console.messageAdded", lambda event: self._add(event["message"]))

    async def attach(self, session: Session) -> None:
        """Listen from before the first navigation."""
        self.listen(session)
        session.on("Log.entryAdded", lambda event: self._add(event["entry"]))
        await session.send("Console.enable")
        await session.send("Log.enable")

    async def errors(self, session: Session) -> None:
        """Ask for uncaught errors. The very last thing that is done to a page."""
        session.on("Runtime.exceptionThrown", self._thrown)
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        if await ask(session, "Network.emulateNetworkConditions", SECONDS, **offline) is not None:
            await ask(session, "Runtime.enable", SECONDS)

    async def keep(self) -> None:
        """Write down what was said."""
        if self.lines:
            cut = len(self.lines) > LINES
            lines = (json.dumps(line, ensure_ascii=True) + "\n" for line in self.lines[:LINES])
            await self.keeper.keep(CaptureKind.CONSOLE, "".join(lines).encode(), cut=cut)
            if cut:
                self.keeper.note(f"console cut at {LINES} lines")

    def _thrown(self, event: dict[str, Any]) -> None:
        details = event["exceptionDetails"]
        thrown = details.get("exception", {}).get("description") or details.get("text", "")
        place = {"url": details.get("url", ""), "line": details.get("lineNumber", 0) + 1}
        self._add({"source": "javascript", "level": "error", "text": thrown, **place})

    def _add(self, said: dict[str, Any]) -> None:
        if self.whispers.heard(str(said.get("text", ""))) or len(self.lines) > LINES:
            return
        line = {"at": self.keeper.now, "source": said.get("source", ""), "level": said.get("level", "")}
        line["text"] = str(said.get("text", ""))[:TEXT]
        line["url"] = str(said.get("url", ""))[:TEXT]
        line["line"] = int(said.get("line") or said.get("lineNumber") or 0)
        self.lines.append(line)
