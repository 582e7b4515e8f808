"""What of a page a person could see, as the browser laid it out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidField:
    """One field of the top frame, in the order of the document."""

    tag: str
    seen: bool
    masked: bool
    """Whether a style sheet, not its type, hides what is typed."""
    width: int
    """CSS pixels."""
    kind: str = ""
    """Its type, as the browser takes it."""
    hints: str = ""
    """Its names and placeholder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Told by geometry and style: a document's text is laid out where nobody can read it, too."""

    text: str | None = None
    """What can be read, if that is not the text of the document."""
    unseen: Mapping[str, int] = field(default_factory=dict)
    """Characters that cannot, by the reason, such as ``tiny``."""
    drawn: tuple[str, ...] = ()
    """Texts that style sheets draw."""
    fields: tuple[LaidField, ...] = ()
    links: str = ""
    """``1`` for each link with an address that can be seen, ``0`` for another; in order."""
    pictured: float = 0.0
    """Share of the first window that one picture, canvas or frame takes, 0 to 1."""
    cut: bool = False
    """Whether the page was too large to be gone through in time; its text is that of the document then."""


def layout_of(kept: str) -> Layout | None:
    """Return what a visit kept of what a person could see; ``None`` if nothing that can be read."""
    try:
        told = json.loads(kept)
        return Layout(
            text=None if told["text"] is None else str(told["text"]),
            unseen={str(why): int(count) for why, count in told["why"].items()},
            drawn=tuple(map(str, told["drawn"])),
            fields=tuple(
                LaidField(
                    tag=str(tag),
                    seen=bool(seen),
                    masked=bool(masked),
                    width=int(width),
                    kind=str(kind),
                    hints=str(hints),
                )
                for tag, seen, masked, width, kind, hints in told["fields"]
            ),
            links=str(told["links"]),
            pictured=float(told["pictured"]),
            cut=bool(told["cut"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
