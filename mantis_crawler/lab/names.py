"""Host names of the shapes that campaigns register."""

from random import Random
from string import ascii_lowercase


def letters(source: Random, count: int) -> str:
    """Return random letters."""
    return "".join(source.choice(ascii_lowercase) for _ in range(count))


def shaped(source: Random, shape: str) -> str:
    """Return a name of a shape: ``{5}`` stands for five random letters."""
    head, *rest = shape.split("{")
    for piece in rest:
        count, _, tail = piece.partition("}")
        head += letters(source, int(count)) + tail
    return head
