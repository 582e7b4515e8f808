"""Where a load went and how it ended, from what the browser and the gateway tell."""

import re
from dataclasses import dataclass, replace

from mantis_crawler.browser.gateway import Door
from mantis_crawler.browser.outcome import Ending, outcome_of, refusal_of
from mantis_crawler.browser.recorder import Recorder
from mantis_crawler.items import Hop, Outcome

CALL = re.compile(r"^[A-Za-z]+\.[a-zA-Z_]+: ")
"""The call that a message of Playwright's begins with, such as ``Page.goto:``."""


@dataclass(slots=True)
class Course:
    """The way of one load."""

    url: str
    """What was ordered."""
    recorder: Recorder
    door: Door
    error: str = ""
    shown: bool = False
    """Whether a document of the site came to be looked at."""
    empty: bool = False
    """Whether there was nothing to see in it."""
    _ended: Ending | None = None
    _hops: tuple[Hop, ...] | None = None

    def freeze(self) -> None:
        """Let what comes from now on change neither the ending nor the chain: it comes of a tap of ours."""
        self._ended, self._hops = self.ending(), self.recorder.chain.hops

    def hops(self) -> tuple[Hop, ...]:
        """The redirect chain up to the tap: what came of that is the tap's."""
        hops = self.recorder.chain.hops if self._hops is None else self._hops
        # what the gateway answered, no site did
        return tuple(replace(hop, status=None) if self._held(hop) else hop for hop in hops)

    def since(self) -> tuple[Hop, ...]:
        """What was added to the chain since it was frozen."""
        return self.recorder.chain.hops[len(self._hops or ()) :]

    def ending(self) -> Ending:
        """What is known for the outcome."""
        if self._ended is not None:
            return self._ended
        hops = self._web()
        shown = next((hop for hop in reversed(hops) if hop.status and not self._held(hop)), None)
        last = hops[-1] if hops else None
        if last is not None and shown is not None and self._stayed(last):
            last = shown
        return Ending(
            url=last.url if last else self.url,
            error=self.error,
            status=(last or shown).status if (last or shown) else None,  # type: ignore[union-attr]
            shown=self.shown,
            empty=self.empty,
            crashed=self.recorder.crashed,
            downloads=tuple(self.recorder.downloads),
            connections=self.door.log,
        )

    def answered(self) -> bool:
        """Whether the last document came from the site, not from the gateway."""
        return outcome_of(replace(self.ending(), shown=True, downloads=())) in {
            Outcome.LOADED,
            Outcome.HTTP_ERROR,
            Outcome.BLANK,
        }

    def notes(self) -> tuple[str, ...]:
        """What could not be had, and which limits cut the evidence."""
        cuts = [f"the gateway cut the visit: {self.door.cut}"] if self.door.cut else []
        hops = self._web()
        if hops and self._stayed(hops[-1]):
            cuts.append(f"the page led on to where the gateway does not let it go: {hops[-1].url[:200]}")
        if self.recorder.chain.cut:
            cuts.append("more hops than are kept")
        if self.door.exit_error:
            cuts.append(f"the exit failed: {self.door.exit_error}")
        return (*self.recorder.notes, *cuts)

    def _web(self) -> list[Hop]:
        return [hop for hop in self.recorder.chain.hops if hop.url.startswith(("http:", "https:"))]

    def _held(self, hop: Hop) -> bool:
        """Whether the gateway kept the browser from going on into our network."""
        refusal = refusal_of(Ending(url=hop.url, connections=self.door.log))
        return refusal is Outcome.BLOCKED_BY_GATEWAY

    def _stayed(self, last: Hop) -> bool:
        """Whether a page of the site is still there after the gateway refused where it led to."""
        landed = self.recorder.landed
        return self._held(last) and bool(landed) and bool(landed[-1])


def plain(error: BaseException) -> str:
    """What a message of Playwright's says, without the call it came from, its log and the URL; cut."""
    text = str(error).strip() or type(error).__name__
    return CALL.sub("", text.splitlines()[0]).split(" at http", 1)[0][:300]
