"""Traits of a page, as names: its words by where they stand, its fields and parts, how much there is."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from mantis_crawler.detectors.forms import Form, forms
from mantis_crawler.detectors.view import View, attribute
from mantis_crawler.detectors.words import fold

KINDS = {
    "t": "title",
    "h": "heading",
    "b": "button",
    "w": "text",
    "d": "description",
    "q": "form",
    "f": "field",
    "n": "parts",
    "x": "length",
    "y": "links",
    "s": "schema.org",
    "o": "Open Graph",
    "m": "meta",
    "g": "software",
    "c": "class or id",
}
"""First letter of a trait, and where that was seen."""
SILENT = 20
"""Characters of text below which a page without a form has no traits: nothing is no sign of anything."""
_TEXT = 6_000
_SOURCE = 300_000
_MANY_NAMES = 3_000
_EAST = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]{2,24}")
_NAMED = re.compile(r"""\b(?:class|id)=["']([^"'<>]{1,200})""")
_PART = re.compile(r"[a-z]{3,20}")
_TAGS = {
    "p": (3, 10, 30),
    "a": (5, 20, 60, 150),
    "img": (3, 15, 40),
    "form": (1, 2),
    "input": (1, 3, 8),
    "li": (10, 50),
    "h2": (1, 5),
    "h3": (3,),
    "article": (1, 3),
    "time": (1,),
    "iframe": (1,),
    "video": (1,),
    "select": (1,),
    "table": (1,),
    "button": (1, 4),
    "label": (1, 4),
    "nav": (1,),
    "footer": (1,),
}
_LENGTHS = (100, 300, 700, 1_500, 3_000, 6_000, 12_000)
_LINKS = (3, 10, 25, 60, 120)


def traits(seen: View) -> tuple[str, ...]:
    """Return the traits of a page, each once; none of a page that shows nothing."""
    asked = forms(seen)
    if seen.length < SILENT and not asked:
        return ()
    return tuple(dict.fromkeys((*_said(seen), *_asked(asked), *_built(seen))))


def _words(kind: str, folded: str) -> Iterator[str]:
    """Yield words; of scripts without spaces every two letters that follow each other."""
    for word in _WORD.findall(folded):
        if _EAST.search(word):
            yield from (f"{kind}:{word[at : at + 2]}" for at in range(len(word) - 1))
        else:
            yield f"{kind}:{word}"


def _said(seen: View) -> Iterator[str]:
    yield from _words("t", seen.title)
    for heading in seen.headings[:6]:
        yield from _words("h", heading)
    for label in seen.buttons[:12]:
        yield from _words("b", label[:60])
    yield from _words("w", fold(seen.text[:_TEXT]))
    yield from _words("d", seen.hidden_words[:1_500])


def _asked(asked: Iterable[Form]) -> Iterator[str]:
    none = True
    for form in list(asked)[:6]:
        none = False
        yield from (f"f:{field.asks}" for field in form.fields)
        yield f"f:fields={min(len(form.fields), 8)}"
        yield from _words("q", form.words[:600])
    if none:
        yield "f:none"


def _built(seen: View) -> Iterator[str]:
    for tag, steps in _TAGS.items():
        yield from _steps(f"n:{tag}", len(seen.nodes(tag, steps[-1])), steps)
    yield from _steps("x:", seen.length, _LENGTHS)
    yield from _steps("y:", seen.link_count, _LINKS)
    yield from (f"s:{kind}" for kind in sorted(seen.schema_types))
    if seen.og_type:
        yield f"o:{seen.og_type}"
    for node in seen.nodes("meta[property], meta[name]", 60):
        yield f"m:{(attribute(node, 'property', 40) or attribute(node, 'name', 40)).lower()}"
    yield from (f"g:{maker}" for maker in _PART.findall(seen.made_with)[:2])
    named = " ".join(_NAMED.findall(seen.source[:_SOURCE])[:_MANY_NAMES])
    yield from (f"c:{word}" for word in dict.fromkeys(_PART.findall(named)))


def _steps(name: str, many: int, steps: tuple[int, ...]) -> Iterator[str]:
    return (f"{name}>={step}" for step in steps[: bisect_right(steps, many)])
