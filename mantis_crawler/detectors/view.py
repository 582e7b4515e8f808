"""What detectors read of a page: cut to a size that any page can be read at, parsed and folded once."""

import re
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mantis_crawler.detectors.hosts import same_site
from mantis_crawler.detectors.limits import HTML_LIMIT, cut_html, cut_text
from mantis_crawler.detectors.lookalikes import joined
from mantis_crawler.detectors.pictures import read
from mantis_crawler.detectors.words import fold
from mantis_crawler.items import LaidField, Page, Part, Signal, host_of

NODE_LIMIT = 3_000
"""Nodes of one kind (links, fields, ...) that are looked at."""
PART_LIMIT = 40
"""Frames and shadow trees of a page that are read."""
EMBEDDED = 200
"""Letters of a page's own from which the frames of other sites in it are others' affairs: an advertisement,
a map, a chat. Below that, such a frame is what a person sees."""
SILENT = 20
"""Letters below which a page's text is silent, and its picture is read where that can be done."""
FEW = 200
"""Letters below which a page's picture is read, where one picture or canvas is most of its first window."""
LARGE = 0.5
"""Share of the window from which one is."""
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
    htmls: tuple[str, ...]
    """The page's own HTML, then that of frames and shadow trees in it, as far as they are read."""
    text: str
    """What a person can see, in frames and shadow trees too."""
    cut: str
    """What was left out, in words; empty if nothing."""

    @cached_property
    def doms(self) -> tuple[LexborHTMLParser, ...]:
        """The DOM of each document and tree."""
        return tuple(_dom(html) for html in self.htmls)

    @cached_property
    def source(self) -> str:
        """The HTML in lower case: what signatures are looked for in."""
        return "\n".join(self.htmls).lower()

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
        unseen = self.unseen_links
        anchors = (
            Link(href=attribute(node, "href"), label=fold(label_of(node)))
            for node in self.nodes("a[href]")
            if node.mem_id not in unseen
        )
        pushed = (Link(href="", label=fold(label_of(node)), button=True) for node in self.nodes(_BUTTONS))
        return (*anchors, *pushed)

    @cached_property
    def unseen_links(self) -> frozenset[int]:
        """Links that nobody can see, by the id of their nodes."""
        flags = self.page.layout.links if self.page.layout else ""
        anchors = self._laid("a[href]")
        known = zip(anchors, flags, strict=False) if _told(anchors, flags, whole=not self.cut) else ()
        return frozenset(node.mem_id for node, flag in known if flag == "0")

    @cached_property
    def laid_fields(self) -> dict[int, LaidField]:
        """What the browser told of the fields of the page's own document, by the id of their nodes."""
        told = self.page.layout.fields if self.page.layout else ()
        nodes = self._laid(LAID_FIELDS)
        if not _told(nodes, told, whole=not self.cut):
            return {}
        pairs = list(zip(nodes, told, strict=False))
        if any(node.tag != one.tag for node, one in pairs):
            return {}
        return {node.mem_id: one for node, one in pairs}

    def _laid(self, selector: str) -> list[LexborNode]:
        """Return nodes of the page's own document in its order, but for what no browser shows."""
        dom = self.doms[0]
        inert = {
            node.mem_id
            for around in ("noscript", "template")
            if f"<{around}" in self.source
            for part in selector.split(",")
            for node in dom.css(f"{around} {part}")
        }
        found = {node.mem_id: node for node in dom.css(selector)}
        return [node for mem_id, node in found.items() if mem_id not in inert]

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

    @cached_property
    def money(self) -> bool:
        """Whether the beginning of the text names a sum of money."""
        return bool(_MONEY.search(self.text[:1_500]))

    @property
    def length(self) -> int:
        """Characters of visible text."""
        return len(self.text)

    def nodes(self, selector: str, limit: int = NODE_LIMIT) -> list[LexborNode]:
        """Return the first nodes that a CSS selector matches, each once."""
        found: dict[int, LexborNode] = {}
        for dom in self.doms:
            found |= {node.mem_id: node for node in dom.css(selector)[: 2 * limit]}
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def texts(self, selector: str, limit: int) -> Iterator[str]:
        """Yield the first 300 characters of the first nodes that a CSS selector matches."""
        return (short_text(node) for node in self.nodes(selector, limit))

    def signal(self, name: str, weight: float, reason: str) -> Signal:
        """Return a signal; its reason says so if a part of the page was not read."""
        note = f" ({self.cut})" if self.cut else ""
        return Signal(weight=round(min(max(weight, 0.0), 1.0), 3), reason=reason + note, name=name)


_CURRENCY = r"(?:[$€£¥₩₺₽₹฿₫]|\b(?:USD|EUR|GBP|CHF|PLN|zł|kr|TL|руб|Rp|RM|R\$|CAD|AUD)\b|円|元|원|đ\b)"
_MONEY = re.compile(rf"{_CURRENCY}\s?\d|\d\s?{_CURRENCY}", re.IGNORECASE)
_SCHEMA = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([a-z]{2,40})"')
_TURNED_CLASS = re.compile(r"\.([a-z_][\w-]{0,40})\s{0,5}\{[^{}]{0,300}bidi-override", re.IGNORECASE)
LAID_FIELDS = "input, textarea, select, [contenteditable], [role=textbox]"
"""The fields that a browser is asked about, in the order of its document."""
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


def _told(nodes: Sized, told: Sized, *, whole: bool) -> bool:
    """Whether what a browser told is of these nodes: of each, or of the first where not all were told."""
    return len(nodes) == len(told) or (len(nodes) < len(told) and not whole) or len(told) in {300, NODE_LIMIT}


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


def _dom(html: str) -> LexborHTMLParser:
    dom = LexborHTMLParser(html)
    for node in _turned(html, dom):
        for child in [child for child in node.iter(include_text=True) if child.tag == "-text"][:20]:
            child.replace_with((child.text_content or "")[::-1])
    return dom


def _view(page: Page) -> View:
    parts, parts_note = _parts(page)
    (html, *inner), html_note = _htmls([page.html, *(part.html for part in parts)])
    own, text_note = cut_text(joined(page.seen))
    said = (_as_read(*both) for both in zip(inner, (part.text for part in parts), strict=True))
    text, cut_note = cut_text("\n".join(filter(None, (_as_read(html, own), *said))))
    if _pictured(page, text) and (shown := read(page.picture)).strip():
        text, text_note = f"{text}\n{shown}", "text in the picture too, by OCR"
    notes = " and ".join(note for note in (text_note or cut_note, html_note, parts_note) if note)
    return View(page=page, htmls=(html, *inner), text=text, cut=f"read: {notes}" if notes else "")


def _pictured(page: Page, text: str) -> bool:
    """Whether what a page says may stand in a picture alone."""
    letters = sum(map(str.isalnum, text[: 2 * FEW]))
    large = page.layout is not None and page.layout.pictured >= LARGE
    return bool(page.picture) and letters < (FEW if large else SILENT)


def _htmls(htmls: list[str]) -> tuple[list[str], str]:
    """Return as much of each HTML as is read, together no more than of one, and what was left out."""
    kept, note = cut_html(htmls[0])
    taken, left = [kept], HTML_LIMIT - len(kept)
    for html in htmls[1:]:
        inner, cut = cut_html(html[:left])
        taken.append(inner)
        left -= len(inner)
        if (cut or len(html) > len(inner)) and not note:
            note = f"{len(inner):,} of {len(html):,} characters of the HTML of a frame or shadow tree"
    return taken, note


def _parts(page: Page) -> tuple[list[Part], str]:
    """Return the frames and trees that are the page's own, or all that it shows; and what was left out."""
    silent = sum(map(str.isalnum, page.seen[: 5 * EMBEDDED])) < EMBEDDED
    own = [part for part in page.parts if silent or _inside(page, part)]
    note = f"{PART_LIMIT} of {len(own)} frames and shadow trees" if len(own) > PART_LIMIT else ""
    return own[:PART_LIMIT], note


def _inside(page: Page, part: Part) -> bool:
    """Whether a part is of the page's own site, or has no address of its own, as a ``srcdoc`` has not."""
    host = host_of(part.url)
    return part.kind != "frame" or not host or same_site(host, page.host)


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


def own_text(node: LexborNode, limit: int = 20) -> str:
    """Return the text of a node that holds nothing else; empty if it holds elements or more text."""
    child = node.child
    if child is None or child.tag != "-text" or child.next is not None:
        return attribute(node, "value", limit) if node.tag == "input" else ""
    text = (child.text_content or "").strip()
    return text if len(text) <= limit else ""


def label_of(node: LexborNode) -> str:
    """Return what a person reads on a link or button."""
    said = (attribute(node, name, 100) for name in ("aria-label", "value", "title", "alt"))
    return short_text(node, 100) or next((text for text in said if text), "")
