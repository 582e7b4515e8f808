"""Whether a button's words are those on the one thing that a page wants its visitor to press."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

LONGEST = 40
"""Characters: a sentence is no button."""


def is_call(label: str) -> bool:
    """Return whether a button's words ask for the one thing that is to be done."""
    words = normal(label)
    if not words or len(words) > LONGEST:
        return False
    return words in _calls() or any(words.startswith(f"{call} ") for call in _calls() if len(call) > 3)


def normal(label: str) -> str:
    """Return words in small letters without signs around them."""
    text = unicodedata.normalize("NFKC", label).casefold()
    return re.sub(r"\s+", " ", re.sub(r"^[\W_]+|[\W_]+$", "", text))


@cache
def _calls() -> frozenset[str]:
    lines = files(__package__).joinpath("calls.txt").read_text(encoding="utf-8").splitlines()
    phrases = (phrase for line in lines if not line.startswith("#") for phrase in line.split(";"))
    return frozenset(filter(None, map(normal, phrases)))
