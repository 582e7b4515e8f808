"""TLP and PAP: what a feed allows to do with its values, wherever it says so.

A marking holds for the value whose line, cells or fields name it; one on a line of its own (a comment, a
heading) holds for what follows, until the next. Of several, the strictest holds.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mantis_crawler.items import Indicator, Pap, Skip, SkipReason, Tlp
from mantis_crawler.sources.base import Entry

_WRITTEN = re.compile(
    r"\b(?P<scheme>tlp|pap)(?:[ _-]?(?:v?2(?:\.0)?|level))?\s{0,2}[:=_-]?\s{0,2}[\"']?"
    r"(?P<colour>amber[ _+-]?strict|clear|white|green|amber|red)\b",
    re.IGNORECASE,
)
_COLOURS = ("clear", "green", "amber", "amber+strict", "red")
"""From loose to strict."""
_TELLING = frozenset((SkipReason.COMMENT, SkipReason.HEADER, SkipReason.NO_INDICATOR))


@dataclass(frozen=True, slots=True)
class Marking:
    """What is allowed, as far as it is said."""

    tlp: Tlp | None = None
    pap: Pap | None = None

    def __bool__(self) -> bool:
        return self.tlp is not None or self.pap is not None

    def over(self, other: "Marking") -> "Marking":
        """Return this marking, the other where this says nothing."""
        return Marking(self.tlp or other.tlp, self.pap or other.pap)


def marking_in(text: str) -> Marking:
    """Return the marking that a text names, such as ``TLP:AMBER`` or ``pap=red``."""
    found = [(match["scheme"].lower(), _colour(match["colour"])) for match in _WRITTEN.finditer(text)]
    tlp = max((colour for scheme, colour in found if scheme == "tlp"), key=_COLOURS.index, default=None)
    pap = max((colour for scheme, colour in found if scheme == "pap"), key=_COLOURS.index, default=None)
    return Marking(Tlp(tlp) if tlp else None, Pap(pap.removesuffix("+strict")) if pap else None)


def marking_of(context: Mapping[str, str]) -> Marking:
    """Return the marking that the other cells or fields of a value name."""
    return marking_in(" ".join(f"{_field(name)}{value}" for name, value in context.items()))


def marked(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries in order, indicators with their markings."""
    above = Marking()
    for entry in entries:
        if isinstance(entry, Indicator):
            own = marking_of(entry.context) if entry.context else above
            whole = own.over(above)
            yield replace(entry, tlp=whole.tlp, pap=whole.pap) if whole else entry
            continue
        if isinstance(entry, Skip) and entry.reason in _TELLING and not entry.detail:
            above = marking_in(entry.raw).over(above)
        yield entry


def _colour(text: str) -> str:
    lower = text.lower()
    return "clear" if lower == "white" else "amber+strict" if lower.endswith("strict") else lower


def _field(name: str) -> str:
    """A column named ``tlp`` holds bare colours."""
    return f"{name}:" if name.strip().lower() in {"tlp", "pap"} else ""
