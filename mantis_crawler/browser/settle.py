"""When a page is done: nothing moves any more, or we have waited long enough, and which it was."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic

STEP = 0.05
TIMERS = re.compile(r"\bset(?:Timeout|Interval)\b|\brequest(?:AnimationFrame|IdleCallback)\b")
"""What a script that waits calls; nothing tells of the timer itself."""

LEADS_ON = re.compile(
    r"\bset(?:Timeout|Interval)\b.{0,400}?(?:\blocation\b|\.(?:href|submit|click|assign|replace)\b|\bopen\()"
    r"|(?:\blocation\b|\.(?:submit|click)\().{0,400}?\bset(?:Timeout|Interval)\b",
    re.DOTALL,
)
"""A timer, and close to it what leads to another page."""
NEAR = 120
"""Characters behind it in which its delay stands."""
DELAY = re.compile(r",\s*(\d{2,9})\s*\)")
OWN = 60_000
"""Characters of a script that a page's own author wrote; libraries are longer, and lead nowhere."""
READ = 500_000
"""Characters of all such scripts together that are searched, which takes half a second of the loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a visit waits. Seconds."""

    quiet: float = 1.5
    """Nothing new for so long means settled: late redirects come within half a second (measured on
    Roaming Mantis' 2019 page), slower ones are missed."""
    stalled: float = 4.0
    """Open connections without a byte for so long count as quiet."""
    cap: float = 10.0
    bides: bool = False
    """Whether a page that shows next to nothing, and may have set a timer, is waited for up to the cap."""
    navigation: float = 15.0
    deadline: float = 30.0
    """For the whole visit."""


def may_wait(sources: Iterable[str]) -> bool:
    """Return whether one of the scripts or documents may have set a timer."""
    return any(TIMERS.search(source) for source in sources)


def _own(sources: Iterable[str]) -> Iterator[str]:
    left = READ
    for source in sources:
        if len(source) <= min(OWN, left):
            left -= len(source)
            yield source


def leads_on_in(sources: Iterable[str], most: float) -> float | None:
    """Return after how many seconds a script or document may go to another page by a timer; `None`: never.

    Args:
        sources: What runs.
        most: How long is waited at most: where a countdown ends nobody can read.
    """
    found = [match for source in _own(sources) for match in LEADS_ON.finditer(source)]
    if not found:
        return None
    delays = []
    for match in found:
        text = match.string[match.start() : match.end() + NEAR]
        told = [int(delay) / 1000 for delay in DELAY.findall(text)]
        delays.append(most if "setInterval" in text or not told else max(told))
    soon = [delay for delay in delays if delay <= most]
    return max(soon) if soon else None


@dataclass(slots=True)
class Pulse:
    """When something last happened on a page."""

    clock: Callable[[], float] = monotonic
    last: float = 0.0
    open: set[str] = field(default_factory=set)
    """Requests that were sent and have not ended."""
    busy: int = 0
    """Dialogs and downloads in hand."""
    dead: bool = False
    due: float = 0.0
    """When the page goes on by itself, as it announced; 0 if it did not."""

    def announced(self, delay: float) -> None:
        """Note that the page will go on by itself in so many seconds."""
        self.due = self.clock() + delay + STEP
        self.beat()

    def beat(self) -> None:
        """Note that something happened."""
        self.last = self.clock()

    def sent(self, request: str) -> None:
        """Note a request."""
        self.open.add(request)
        self.beat()

    def ended(self, request: str) -> None:
        """Note the end of a request."""
        self.open.discard(request)
        self.beat()

    def verdict(self, patience: Patience, started: float) -> str:
        """Return why waiting is over; empty if it is not."""
        now = self.clock()
        if self.dead:
            return "dead"
        if now - started >= patience.cap:
            return "cap"
        if self.busy or now < self.due:
            return ""
        still = now - self.last
        if not self.open and still >= patience.quiet:
            return "quiet"
        return "stalled" if still >= patience.stalled else ""


async def settled(pulse: Pulse, patience: Patience) -> str:
    """Wait until the page is done and return why: ``quiet``, ``stalled``, ``cap`` or ``dead``."""
    started = pulse.clock()
    while not (reason := pulse.verdict(patience, started)):  # noqa: ASYNC110 - silence makes no event
        await asyncio.sleep(STEP)
    return reason
