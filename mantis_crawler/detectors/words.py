"""Lexicons: which of many languages' terms a text holds, in linear time."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from mantis_crawler.detectors.lookalikes import latin, seen, unspaced

_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]+")
# Vowel signs of India, Thailand and Laos are marks, not letters, and part of their words.
_GAPS = re.compile("[^\\w+\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff]+")
_LONG = 2_000
"""Characters from which it pays to look at a text's words first."""
_SPACELESS = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
_PLAIN = str.maketrans({"ı": "i", "đ": "d", "ł": "l", "ø": "o", "_": " "})


def fold(text: str) -> str:
    """Return the words of a text in the form that lexicons are matched in.

    Lower case, compatibility forms (full-width letters) and Latin accents undone, one space
    between words and at both ends; tricks that hide a word from programs are undone.
    ``"ＧİRİŞ yap!"`` becomes ``" giris yap "``, ``"P a s s w о r d"`` becomes ``" password "``.
    """
    if text.isascii():
        return unspaced(f" {_GAPS.sub(' ', text.lower().replace('_', ' ')).strip()} ")
    plain = latin(_ACCENTS.sub("", unicodedata.normalize("NFKD", seen(text))))
    # Again: a script capital (𝓐) is a capital only once it is plain, and folding makes new marks.
    plain = unicodedata.normalize("NFKD", plain.casefold())
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", plain)).translate(_PLAIN)
    return unspaced(f" {_GAPS.sub(' ', bare).strip()} ")


def _needle(term: str) -> str:
    """Return what to look for: whole words (``*`` ends a stem), or anywhere in scripts without spaces."""
    stem = term.endswith("*")
    folded = fold(term.removesuffix("*")).strip()
    if _SPACELESS.search(folded):
        return folded
    return f" {folded}" if stem else f" {folded} "


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text, parted by spaces, as a set."""
    return frozenset(words.split())


@lru_cache(maxsize=4)
def _index(folded: str) -> tuple[frozenset[str], bool]:
    """Return the words of a long text, and whether it has letters of scripts without spaces."""
    return frozenset(folded.split()), bool(_SPACELESS.search(folded))


class Lexicon:
    """A set of terms of any languages."""

    def __init__(self, *groups: str) -> None:
        """Take groups of terms, parted by commas: one group a language is a good habit."""
        terms = (term.strip() for group in groups for term in group.split(","))
        self._needles = {_needle(term): term.removesuffix("*") for term in terms if term}
        self._by_word: dict[str, list[str]] = {}
        for needle in self._needles:
            word = needle.split()[0] if needle.endswith(" ") or " " in needle.strip() else ""
            self._by_word.setdefault("" if _SPACELESS.search(needle) else word, []).append(needle)
        self._spaceless = frozenset(needle for needle in self._needles if _SPACELESS.search(needle))

    def found(self, folded: str, limit: int = 40) -> tuple[str, ...]:
        """Return the distinct terms in a folded text, at most *limit* of them."""
        hits: list[str] = []
        for needle in self._needles if len(folded) < _LONG else self._likely(folded):
            if needle in folded:
                hits.append(self._needles[needle])
                if len(hits) == limit:
                    break
        return tuple(hits)

    def _likely(self, folded: str) -> list[str]:
        """Return the terms whose first word a long text has, and those that could stand within words."""
        words, spaceless = _index(folded)
        inside = self._by_word.get("", [])
        likely = inside if spaceless else [needle for needle in inside if needle not in self._spaceless]
        return likely + [needle for word in self._by_word.keys() & words for needle in self._by_word[word]]

    def first(self, folded: str) -> str:
        """Return one term that the folded text holds, or an empty string."""
        return next(iter(self.found(folded, 1)), "")

    def any_of(self, texts: Iterable[str]) -> str:
        """Return one term that one of the folded texts holds, or an empty string."""
        return next((hit for text in texts if (hit := self.first(text))), "")


def quote(text: str, limit: int = 60) -> str:
    """Return text of a page as it may stand in a reason: one line, cut, in quotes, controls escaped."""
    line = " ".join(text[: limit * 4].split())
    return repr(line if len(line) <= limit else f"{line[:limit]}…")


def listed(terms: Iterable[str], limit: int = 6) -> str:
    """Return terms as a person lists them, the first few."""
    every = list(terms)
    more = f" and {len(every) - limit} more" if len(every) > limit else ""
    return ", ".join(every[:limit]) + more
