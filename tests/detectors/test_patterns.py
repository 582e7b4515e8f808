"""No page can make a regular expression run for ever: by its shape, and by the work that it is seen to do."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mantis_crawler import detectors
from mantis_crawler.judge import see
from tests.detectors.pages import DETECTORS, a_page

MODULES = [import_module(info.name) for info in iter_modules(detectors.__path__, "mantis_crawler.detectors.")]
PATTERNS = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
PARSER: Any = import_module("re._parser")
CODES: Any = import_module("re._constants")
REPEATS = {CODES.MAX_REPEAT, CODES.MIN_REPEAT}
POSSESSIVE = CODES.POSSESSIVE_REPEAT
BOUND = 600
"""Most that a repeat which can go back may take: an attempt costs no more than this."""


def repeats(tree: Any, inside: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the work of each repeat that can go back: the product of the bounds around it."""
    for kind, value in tree:
        if kind in REPEATS or kind is POSSESSIVE:
            _, most, body = value
            work = inside if kind is POSSESSIVE else inside * int(most)
            if kind in REPEATS and int(most) > 1:
                yield work, str(body)
            yield from repeats(body, work)
        elif kind is CODES.SUBPATTERN:
            yield from repeats(value[-1], inside)
        elif kind is CODES.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, inside)
        elif kind in {CODES.ASSERT, CODES.ASSERT_NOT}:
            yield from repeats(value[1], inside)
        elif kind is CODES.ATOMIC_GROUP:
            yield from repeats(value, inside)


def followed(pattern: re.Pattern[str]) -> bool:
    """Whether anything stands after a pattern's repeat: a repeat at the very end never goes back."""
    tree = list(PARSER.parse(pattern.pattern, pattern.flags))
    return not (len(tree) == 1 and tree[0][0] in REPEATS)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_a_bounded_number_of_steps_from_each_place(name: str) -> None:
    pattern = PATTERNS[name]
    if followed(pattern):
        worst = max((work for work, _ in repeats(PARSER.parse(pattern.pattern, pattern.flags))), default=1)
        assert worst <= BOUND, f"{pattern.pattern!r} could take {worst} steps from each place"


def test_the_check_of_shapes_finds_what_runs_for_ever() -> None:
    for evil in (r"(a+)+b", r"(?:\w*\s*)*x", r"(a{0,90}){0,90}b"):
        assert max(work for work, _ in repeats(PARSER.parse(evil))) > BOUND


def test_no_pattern_is_made_at_call_time() -> None:
    """Only module-level patterns are checked above, so there may be no others but those that split names."""
    folder = Path(detectors.__file__).parent
    calls = {
        f"{path.stem}: {line.strip()}"
        for path in folder.glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bre\.(?:search|match|findall|sub|split|finditer|fullmatch)\(", line)
    }
    assert all(re.search(r're\.(?:split|sub)\(r"[^"+*{]*\+?"', call) for call in calls), calls


PIECES = [
    *(
        "<",
        ">",
        "'",
        '"',
        "=",
        "/",
        "{",
        "}",
        "(",
        ")",
        " ",
        "\n",
        "\0",
        "\u202e",
        "\u0301",
        "a",
        "1",
        ".",
        "—",
    ),
    *(
        "<div",
        "<input type=password",
        "<a href=",
        "@type",
        '"@type":"',
        "eval(",
        "oncontextmenu=",
        "saved from url=(",
    ),
    *(
        "bidi-override",
        "<bdo dir=rtl>",
        "LONDON (",
        "12:34 ",
        "2024-",
        "v1.2.",
        "登录",
        "раss",
        "http://",
        "mirrored from ",
    ),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.integers(1, 40)), max_size=30))
def test_pages_of_repeated_pieces_are_read_without_a_failure(parts: list[tuple[str, int]]) -> None:
    html = "".join(piece * times for piece, times in parts)
    evidence = see(a_page(html, text=html, title=html[:300]), DETECTORS.values())
    assert not [item.reason for item in evidence if item.content_class == "detector_error"]


@settings(max_examples=30, deadline=None)
@given(
    st.binary(max_size=2_000),
    st.sampled_from(["utf-8", "utf-16", "shift_jis", "euc-kr", "gb18030", "latin-1"]),
)
def test_bytes_of_any_encoding_are_read_without_a_failure(data: bytes, encoding: str) -> None:
    text = data.decode(encoding, "replace")
    evidence = see(a_page(text, text=text), DETECTORS.values())
    assert not [item.reason for item in evidence if item.content_class == "detector_error"]
