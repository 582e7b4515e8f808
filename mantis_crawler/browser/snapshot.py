"""A DevTools ``DOMSnapshot`` read as trees: documents of frames and shadow trees, also closed ones."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from math import inf
from typing import Any

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"}
    | {"wbr"}
)
RAW = frozenset({"SCRIPT", "STYLE", "NOSCRIPT", "XMP", "IFRAME", "NOEMBED", "NOFRAMES", "PLAINTEXT"})
"""Elements whose text is not escaped when HTML is written (HTML standard, 13.3)."""
STYLES = ["visibility", "font-size", "opacity"]
TOUCH = 4.0
"""CSS pixels below which nobody reads."""
CLEAR = 0.1
"""Opacity below which nobody sees."""
ELEMENT, TEXT, COMMENT, DOCTYPE = 1, 3, 8, 10
SAME_LINE = 2.0
"""CSS pixels."""
Root = tuple[int, str]
"""Host of a tree and its kind."""
DOCUMENT: Root = (0, "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One document or shadow tree."""

    kind: str
    """``document``, ``open shadow`` or ``closed shadow``."""
    url: str
    html: str
    text: str
    """What is laid out and visible of it."""


class Document:
    """One document of a snapshot."""

    def __init__(self, document: dict[str, Any], strings: list[str]) -> None:
        nodes = document["nodes"]
        self.strings = strings
        self.names: list[int] = nodes["nodeName"]
        self.values: list[int] = nodes["nodeValue"]
        self.types: list[int] = nodes["nodeType"]
        self.attributes: list[list[int]] = nodes["attributes"]
        self.url = self._text(document["documentURL"])
        self.parents: list[int] = nodes["parentIndex"]
        shadows = nodes.get("shadowRootType", {"index": [], "value": []})
        inside = {at: self._text(kind) for at, kind in zip(shadows["index"], shadows["value"], strict=True)}
        self.entries = {
            at: f"{kind} shadow" for at, kind in inside.items() if inside.get(self.parents[at]) != kind
        }
        """Nodes at the top of a shadow tree: a snapshot makes them children of the host. A tree in a
        tree of the same kind is not told apart from it."""
        self.children: dict[int, list[int]] = defaultdict(list)
        for at, parent in enumerate(self.parents):
            if parent >= 0:
                self.children[parent].append(at)
        self.layout = document["layout"]

    def trees(self, limit: int) -> Iterator[Tree]:
        """Return the document itself and each shadow tree that the page made in it."""
        seen = self._seen()
        tops: dict[Root, list[int]] = {DOCUMENT: self._light(0)}
        for at, kind in self.entries.items():
            tops.setdefault((self.parents[at], kind), []).append(at)
        for root, nodes in tops.items():
            text = "\n".join(seen.get(root, ()))[:limit]
            yield Tree(kind=root[1], url=self.url, html=self.html(nodes, limit), text=text)

    def html(self, nodes: list[int], limit: int) -> str:
        """Write a tree as HTML, without the shadow trees in it; no longer than about the limit."""
        parts: list[str] = []
        size = 0
        work: list[int | str] = list(reversed(nodes))
        while work and size < limit:
            item = work.pop()
            text = self._open(item, work) if isinstance(item, int) else item
            parts.append(text)
            size += len(text)
        return "".join(parts)[:limit]

    def _light(self, at: int) -> list[int]:
        return [child for child in self.children[at] if child not in self.entries]

    def _open(self, at: int, work: list[int | str]) -> str:
        """Return what a node begins with; what follows is put on the pile."""
        kind = self.types[at]
        if kind == TEXT:
            text = self._text(self.values[at])
            return text if self._text(self.names[self.parents[at]]) in RAW else escape(text, quote=False)
        if kind == COMMENT:
            return f"<!--{self._text(self.values[at])}-->"
        if kind == DOCTYPE:
            return f"<!DOCTYPE {self._text(self.names[at])}>"
        if kind != ELEMENT:
            return ""
        name = self._text(self.names[at])
        name = name.lower() if name.isupper() else name
        listed = self.attributes[at]
        pairs = zip(listed[::2], listed[1::2], strict=False)
        attributes = "".join(f' {self._text(key)}="{escape(self._text(value))}"' for key, value in pairs)
        if name not in VOID:
            work.append(f"</{name}>")
            work.extend(reversed(self._light(at)))
        return f"<{name}{attributes}>"

    def _seen(self) -> dict[Root, list[str]]:
        """Return the lines of visible text by the root of their tree."""
        layout = self.layout
        found: dict[Root, list[str]] = defaultdict(list)
        heights: dict[Root, float] = {}
        owners: dict[int, Root] = {}
        left = self._left()
        for at, text, styles, bounds in zip(
            layout["nodeIndex"], layout["text"], layout["styles"], layout["bounds"], strict=True
        ):
            if text < 0 or not self._readable(styles, bounds) or left(at) < CLEAR:
                continue
            root, line = self._root(at, owners), self._text(text).strip()
            if not line:
                continue
            if found[root] and abs(heights[root] - bounds[1]) < SAME_LINE:
                found[root][-1] += f" {line}"
            else:
                found[root].append(line)
            heights[root] = bounds[1]
        return found

    def _readable(self, styles: list[int], bounds: list[float]) -> bool:
        """Whether a piece of text is neither hidden, tiny nor off the page."""
        across, down, width, height = bounds
        if height < TOUCH or across + width <= 0 or down + height <= 0:
            return False
        if not styles:
            return True
        seen, size, *_ = map(self._text, styles)
        return seen == "visible" and not _pixels(size) < TOUCH

    def _left(self) -> Callable[[int], float]:
        """Return what tells how much is left of a node, as all around it let through."""
        own = {
            at: float(self._text(styles[2]) or 1)
            for at, styles in zip(self.layout["nodeIndex"], self.layout["styles"], strict=True)
            if len(styles) > 2 and self._text(styles[2]) not in {"1", ""}
        }
        known: dict[int, float] = {-1: 1.0}

        def left(at: int) -> float:
            path = []
            while at not in known:
                path.append(at)
                at = self.parents[at]
            for node in reversed(path):
                known[node] = known[at] * own.get(node, 1.0)
                at = node
            return known[at]

        return left if own else lambda _at: 1.0

    def _root(self, at: int, owners: dict[int, Root]) -> Root:
        path = []
        while at > 0 and at not in owners and at not in self.entries:
            path.append(at)
            at = self.parents[at]
        top = (self.parents[at], self.entries[at]) if at in self.entries else DOCUMENT
        root = owners.get(at, top)
        owners.update(dict.fromkeys(path, root))
        return root

    def _text(self, index: int) -> str:
        return self.strings[index] if index >= 0 else ""


def _pixels(size: str) -> float:
    """Return a computed length; infinite where there is none."""
    try:
        return float(size.removesuffix("px"))
    except ValueError:
        return inf


def trees(snapshot: dict[str, Any], limit: int) -> Iterator[tuple[int, Tree]]:
    """Return the trees of a snapshot, each with the number of its document.

    Args:
        snapshot: Answer of ``DOMSnapshot.captureSnapshot`` with the computed styles `STYLES`.
        limit: Characters of each tree that are written.
    """
    for number, document in enumerate(snapshot["documents"]):
        for tree in Document(document, snapshot["strings"]).trees(limit):
            yield number, tree
