"""What a page asks for and no browser tells: our script in the page whispers it.

Which permission a page wants, and which new tab it was refused, reaches no DevTools event. The script
that dresses the page stands over the functions that ask (they look like the engine's own), and says so
on the console as it was before the page could change it; what begins with our sign is taken out there.
"""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.browser.chain import URL_LIMIT

SIGN = secrets.token_hex(16)
"""What no page can know, so that none whispers to us."""
PERMISSIONS = 20
BLOCKED = 50
"""New tabs that a page was refused, of which the URL is kept."""


@dataclass(slots=True)
class Whispers:
    """What was whispered in one visit, each once."""

    permissions: dict[str, None] = field(default_factory=dict)
    blocked: dict[str, None] = field(default_factory=dict)

    def heard(self, text: str) -> bool:
        """Take a line of the console; return whether it was a whisper."""
        if not text.startswith(SIGN):
            return False
        try:
            said: dict[str, Any] = json.loads(text[len(SIGN) :])
            what, more = str(said["what"]), str(said["more"])
            kept, most = {"asks": (self.permissions, PERMISSIONS), "opens": (self.blocked, BLOCKED)}[what]
        except (ValueError, LookupError, TypeError):  # a page can have a say in what JSON is made of
            return True
        if len(kept) < most:
            kept.setdefault(more[:URL_LIMIT])
        return True
