"""What detectors read of a page: cut to a size that any page can be read at, parsed and folded once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mantis_crawler.detectors.limits import cut_html, cut_text
from mantis_crawler.detectors.pictures import read
from mantis_crawler.detectors.words import fold
from mantis_crawler.items import Page, Signal

NODE_LIMIT = 3_000
"""Nodes of one kind (links, fields, ...) that are looked at."""
SILENT = 20
"""Letters below which a page's text is silent, and its picture is read where that can be done."""
_SLOT = "mantis_crawler.detectors.view"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link or button: where it leads and what stands on it."""

    href: str
    """As written; empty for a button."""
    label: str
    """Folded."""
    button: bool = False


@dataclass(frozen=True, kw_only=True)
class View:
    """A page, ready to read."""

    page: Page
    html: str
    text: str
    cut: str
    """What was left out, in words; empty if nothing."""

    @cached_property
    def dom(self) -> LexborHTMLParser:
        """The DOM of the part of the HTML that is read."""
        dom = LexborHTMLParser(self.html)
        for node in _turned(self.html, dom):
            for child in [child for child in node.iter(include_text=True) if child.tag == "-text"][:20]:
                child.replace_with((child.text_content or "")[::-1])
        return dom

    @cached_property
    def source(self) -> str:
        """The HTML in lower case: what signatures are looked for in."""
        return self.html.lower()

    @cached_property
    def words(self) -> str:
        """Title, visible text and dialogs, folded."""
        return fold(f"{self.title_text} . {self.text} . {self.dialog_text}")

    @cached_property
    def hidden_words(self) -> str:
        """What the page says where nobody looks: description, keywords, pictures' texts; folded."""
        said = [attribute(node, "content") for node in self.nodes(_ABOUT, 8)]
        said += [attribute(node, "alt", 100) for node in self.nodes("img[alt]", 60)]
        return fold(" . ".join(said))

    @cached_property
    def opening(self) -> str:
        """The first 1,500 characters of visible text, folded."""
        return fold(self.text[:1_500])

    @cached_property
    def title_text(self) -> str:
        """The title, at most 300 characters of it."""
        return self.page.title[:300] or next(self.texts("title", 1), "")

    @cached_property
    def title(self) -> str:
        """The title, folded."""
        return fold(self.title_text)

    @cached_property
    def dialog_text(self) -> str:
        """The texts of the first dialogs."""
        return " . ".join(dialog.text[:2_000] for dialog in self.page.dialogs[:20])

    @cached_property
    def dialogs(self) -> str:
        """The texts of the first dialogs, folded."""
        return fold(self.dialog_text)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """First and second headings, folded."""
        return tuple(fold(text) for text in self.texts("h1, h2, legend", 12))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links, then buttons."""
        anchors = (
            Link(href=attribute(node, "href"), label=fold(label_of(node))) for node in self.nodes("a[href]")
        )
        pushed = (Link(href="", label=fold(label_of(node)), button=True) for node in self.nodes(_BUTTONS))
        return (*anchors, *pushed)

    @cached_property
    def buttons(self) -> tuple[str, ...]:
        """What stands on buttons, folded."""
        return tuple(link.label for link in self.links if link.button)

    @cached_property
    def link_count(self) -> int:
        """Links that lead somewhere."""
        nowhere = ("#", "javascript:")
        return sum(not link.button and not link.href.startswith(nowhere) for link in self.links)

    @cached_property
    def path(self) -> str:
        """Path and file name of the page's address, folded."""
        try:
            return fold(urlsplit(self.page.url[:2_000]).path)
        except ValueError:
            return " "

    @cached_property
    def schema_types(self) -> frozenset[str]:
        """What the page says it is by schema.org, in JSON-LD or microdata; lower case."""
        said = set(_SCHEMA.findall(self.source)[:200])
        items = (attribute(node, "itemtype", 80) for node in self.nodes("[itemtype]", 60))
        return frozenset(said | {item.rstrip("/").rsplit("/", 1)[-1].lower() for item in items})

    @cached_property
    def og_type(self) -> str:
        """What the page says it is by Open Graph, in lower case."""
        nodes = self.nodes("meta[property='og:type']", 1)
        return attribute(nodes[0], "content", 40).lower() if nodes else ""

    @cached_property
    def made_with(self) -> str:
        """The software that the page says it was made with, in lower case."""
        nodes = self.nodes("meta[name=generator], meta[name=Generator]", 1)
        return attribute(nodes[0], "content", 80).lower() if nodes else ""

    @property
    def length(self) -> int:
        """Characters of visible text."""
        return len(self.text)

    def nodes(self, selector: str, limit: int = NODE_LIMIT) -> list[LexborNode]:
        """Return the first nodes that a CSS selector matches, each once."""
        found = {node.mem_id: node for node in self.dom.css(selector)[: 2 * limit]}
        return list(found.values())[:limit]

    def texts(self, selector: str, limit: int) -> Iterator[str]:
        """Yield the first 300 characters of the first nodes that a CSS selector matches."""
        return (short_text(node) for node in self.nodes(selector, limit))

    def signal(self, name: str, weight: float, reason: str) -> Signal:
        """Return a signal; its reason says so if a part of the page was not read."""
        note = f" ({self.cut})" if self.cut else ""
        return Signal(weight=round(min(max(weight, 0.0), 1.0), 3), reason=reason + note, name=name)


_SCHEMA = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([a-z]{2,40})"')
_TURNED_CLASS = re.compile(r"\.([a-z_][\w-]{0,40})\s{0,5}\{[^{}]{0,300}bidi-override", re.IGNORECASE)
_ABOUT = (
    "meta[name=description], meta[name=keywords], meta[property='og:title'], meta[property='og:description']"
)
_BUTTONS = "button, input[type=submit], input[type=button], input[type=image], [role=button]"


def view(page: Page) -> View:
    """Return the view of a page, made once: like a cached property, it lives as long as its page."""
    slots = vars(page)
    if _SLOT not in slots:
        slots[_SLOT] = _view(page)
    found = slots[_SLOT]
    assert isinstance(found, View)
    return found


def _turns(html: str) -> bool:
    return "bidi-override" in html or "<bdo" in html


def _turned(html: str, dom: LexborHTMLParser) -> list[LexborNode]:
    """Return the nodes whose letters run from right to left, whatever they are."""
    if not _turns(html):
        return []
    classes = (f".{name}" for name in _TURNED_CLASS.findall(html)[:10])
    where = ("bdo[dir=rtl]", "[style*=bidi-override][style*=rtl]", *classes)
    return [node for selector in where for node in dom.css(selector)[:50]]


def _as_read(html: str, text: str) -> str:
    """Return the text with what is shown backwards turned round."""
    if not _turns(html):
        return text
    for node in _turned(html, LexborHTMLParser(html)):
        said = short_text(node)
        if len(said) > 2:
            text = text.replace(said, said[::-1], 1)
    return text


def _view(page: Page) -> View:
    html, html_note = cut_html(page.html)
    text, text_note = cut_text(page.text)
    text = _as_read(html, text)
    if page.picture and sum(map(str.isalnum, text[:200])) < SILENT and (shown := read(page.picture)).strip():
        text, text_note = f"{text}\n{shown}", "text in the picture too, by OCR"
    notes = " and ".join(note for note in (text_note, html_note) if note)
    return View(page=page, html=html, text=text, cut=f"read: {notes}" if notes else "")


def attribute(node: LexborNode, name: str, limit: int = 500) -> str:
    """Return an attribute, trimmed and cut; empty if it is missing or has no value."""
    return (node.attributes.get(name) or "")[:limit].strip()


def short_text(node: LexborNode, limit: int = 300) -> str:
    """Return the beginning of a node's text.

    Walks no further than needed: nested nodes, each with the text of all within, would
    otherwise cost the square of the page.
    """
    parts: list[str] = []
    size = 0
    for step, child in enumerate(node.traverse(include_text=True)):
        if child.tag == "-text":
            parts.append(child.text_content or "")
            size += len(parts[-1])
        if size >= limit or step >= 100:
            break
    return " ".join(" ".join(parts).split())[:limit]


def label_of(node: LexborNode) -> str:
    """Return what a person reads on a link or button."""
    said = (attribute(node, name, 100) for name in ("aria-label", "value", "title", "alt"))
    return short_text(node, 100) or next((text for text in said if text), "")
