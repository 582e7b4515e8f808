"""How much of a page is read, so that no page can hold a detector up."""

import re

from mantis_crawler.detectors.words import word_set

TEXT_LIMIT = 200_000
"""Characters of visible text that are read."""
HTML_LIMIT = 2_000_000
"""Characters of HTML that are read."""
_SMALL = 20_000
"""HTML that is too short to be slow, whatever is in it."""
_DEPTH = 1_000
_TAGS = 200_000
_FORMATTING_DEPTH = 100
_ATTRIBUTES = 2_000

# Possessive: never goes back, so that an unclosed quote cannot make it slow.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)")
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

    Parsing takes the square of the depth of nested elements and of the attributes of one
    tag (a hundred seconds for 200,000), so what goes beyond any honest page is cut off.
    """
    kept = html[:HTML_LIMIT].replace("\0", "")
    end, why = _bearable(kept) if len(kept) > _SMALL else (len(kept), "")
    if not why and len(html) <= HTML_LIMIT:
        return kept, ""
    return kept[:end], f"{end:,} of {len(html):,} characters of HTML{why}"


def _bearable(html: str) -> tuple[int, str]:
    depth = formatting = 0
    for count, tag in enumerate(_TAG.finditer(html)):
        if count == _TAGS:
            return tag.start(), f", up to {_TAGS:,} tags"
        closing, name, rest = tag.groups()
        name = name.lower()
        if len(rest) > 2 * _ATTRIBUTES and len(_QUOTED.sub("", rest).split()) > _ATTRIBUTES:
            return tag.start(), f", up to a tag of more than {_ATTRIBUTES:,} attributes"
        if name in _FLAT or rest.endswith("/"):
            continue
        step = -1 if closing else 1
        if name in _FORMATTING:
            formatting = max(formatting + step, 0)
        else:
            depth = max(depth + step, 0)
        if depth > _DEPTH or formatting > _FORMATTING_DEPTH:
            return tag.start(), ", up to elements nested too deep"
    return len(html), ""
