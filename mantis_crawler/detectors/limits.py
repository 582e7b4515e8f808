"""How much of a page is read, so that no page can hold a detector up."""

import re

from mantis_crawler.detectors.words import word_set

TEXT_LIMIT = 200_000
"""Characters of visible text that are read."""
HTML_LIMIT = 2_000_000
"""Characters of HTML that are read."""
MOST = 8_000_000
"""Characters of HTML that are looked through for what is worth reading."""
_SMALL = 20_000
"""HTML that is too short to be slow, whatever is in it."""
_DEPTH = 1_000
_TAGS = 200_000
_FORMATTING_DEPTH = 100
_ATTRIBUTES = 2_000

# Possessive: never goes back, so that an unclosed quote cannot make it slow.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)")
_FILE = re.compile(r"(data:[a-z]{1,20}/[^\"'<>\s]{200})[^\"'<>\s]*+")
_TELLING = re.compile(
    r"(?i:\s(type|name|id|placeholder|autocomplete|value|href|src|action|style|class|role|maxlength|for|alt"
    r"|aria-label|contenteditable|hidden)\s{0,5}(?:=\s{0,5}(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']++))?+(?=[\s/>]|$))"
)
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_FORMATTING = word_set("a b big code em font i nobr s small strike strong tt u")
# Tags that close by themselves, or that close one of their kind: they cannot nest.
_FLAT = word_set(
    "area base br col embed hr img input link meta param source track wbr html head body option "
    "optgroup p li dt dd tr td th thead tbody tfoot colgroup path rect circle line polygon polyline use "
    "stop"
)


def cut_text(text: str) -> tuple[str, str]:
    """Return as much of a text as is read, and what was left out in words."""
    note = f"{TEXT_LIMIT:,} of {len(text):,} characters of text" if len(text) > TEXT_LIMIT else ""
    return text[:TEXT_LIMIT].replace("\0", ""), note


def cut_html(html: str) -> tuple[str, str]:
    """Return as much of an HTML text as is parsed, and what was left out in words.

    Comments and files written out in attributes are left out first: nobody sees them, and they
    would push what is seen beyond the limit. Parsing takes the square of the depth of nested
    elements and of the attributes of one tag (a hundred seconds for 200,000), so elements
    beyond any honest depth are read as if they stood less deep, and of a tag with more
    attributes than any honest one, those are read that say what it is.
    """
    if len(html) <= _SMALL:
        return html.replace("\0", ""), ""
    whole = html.replace("\0", "")
    if len(whole) > HTML_LIMIT:
        whole = _FILE.sub(r"\1", _without_remarks(whole[:MOST]))
    kept, why = _bearable(whole[:HTML_LIMIT])
    if len(whole) <= HTML_LIMIT and len(html) <= MOST:
        return kept, f"HTML{why}" if why else ""
    return kept, f"{min(len(whole), HTML_LIMIT):,} of {len(html):,} characters of HTML{why}"


def _without_remarks(html: str) -> str:
    """Return HTML without its comments; of one that does not end, the rest of the document is part."""
    parts: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        parts.append(html[at:start])
        end = html.find("-->", start + 4)
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join((*parts, html[at:]))


def _bearable(html: str) -> tuple[str, str]:
    depth = formatting = start = 0
    parts: list[str] = []
    notes: set[str] = set()
    for count, tag in enumerate(_TAG.finditer(html)):
        if count == _TAGS:
            return "".join((*parts, html[start : tag.start()])), "".join(
                sorted(notes)
            ) + f", up to {_TAGS:,} tags"
        closing, name, rest = tag.groups()
        name = name.lower()
        if len(rest) > 2 * _ATTRIBUTES and len(_QUOTED.sub("", rest).split()) > _ATTRIBUTES:
            parts += (html[start : tag.start()], f"<{name}{_telling(rest)}")
            start = tag.end()
            notes.add(f", but for attributes of a tag of more than {_ATTRIBUTES:,}")
        if name in _FLAT or rest.endswith("/"):
            continue
        step = -1 if closing else 1
        deepest = max(depth, depth + step)
        if name in _FORMATTING:
            crowded = max(formatting, formatting + step) > _FORMATTING_DEPTH
            formatting = max(formatting + step, 0)
        else:
            crowded = deepest > _DEPTH
            depth = max(depth + step, 0)
        if crowded and tag.start() >= start:
            parts.append(html[start : tag.start()])
            start = tag.end() + (html[tag.end() : tag.end() + 1] == ">")
            notes.add(", but for the tags of elements nested too deep")
    if not parts:
        return html, ""
    return "".join((*parts, html[start:])), "".join(sorted(notes))


def _telling(rest: str) -> str:
    """Return the attributes of a tag that say what it is: those that detectors read, the first of each."""
    found: dict[str, str] = {}
    for attribute in _TELLING.finditer(rest):
        found.setdefault(attribute[1].lower(), attribute[0])
    return "".join(found.values())
