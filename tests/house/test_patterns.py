"""No text holds a regular expression of any module up: each takes time that grows with its length."""

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from inspect import getsource
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import mantis_crawler

ROOT = Path(__file__).parents[2]
LENGTH = 20_000
"""Characters: what takes the square of that takes seconds, what takes its length, milliseconds."""
SECONDS = 0.15
PIECES = (
    *(
        "a",
        "A",
        "0",
        "1.",
        " ",
        "\n",
        "\t",
        "a.",
        "a-",
        "-",
        ".",
        "/",
        "://",
        "http://",
        "on",
        "onx =",
        "<script",
    ),
    *(
        "data:",
        "@",
        "a@",
        "a@a.",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "'",
        '"',
        "\\",
        "\\.",
        "[.]",
        " dot ",
        "a dot ",
    ),
    *(
        "+a",
        "*",
        "#",
        ";",
        "|",
        "。",
        "あ",
        "\u3000",
        "é",
        "\u0301",
        "0;url='",
        "a=b ",
        "=",
        "%2",
        "0x",
        "1-",
    ),
    *("xn--", ":", "a:", "<a ", "<!--", "--", '="', " type=a", "bidi-override", '"@type":', "\u202e", "登"),
)
AROUND = (("", ""), ("http://x", "!\n"))
"""What a repeated piece stands between: a beginning that is let in, an end that is not."""
CUT = {"mantis_crawler.report.text._ADDRESS": 2_000}
"""Patterns that only read text which was cut before, and to how much."""
ANYWHERE = "search|sub|subn|finditer|findall|split"


def patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Every pattern of a module with its name, and whether it is looked for anywhere in a text."""
    for info in walk_packages(mantis_crawler.__path__, "mantis_crawler."):
        module = import_module(info.name)
        source = getsource(module) if any(isinstance(it, re.Pattern) for it in vars(module).values()) else ""
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                anywhere = bool(re.search(rf"\b{name}\.(?:{ANYWHERE})\b", source))
                yield f"{info.name}.{name}", value, anywhere


def spent(pattern: re.Pattern[str], text: str, *, anywhere: bool) -> float:
    """Processor time that a pattern takes over a text."""
    read: Any = text if isinstance(pattern.pattern, str) else text.encode()
    before = time.process_time()
    pattern.match(read)
    pattern.fullmatch(read)
    if anywhere:
        sum(1 for _ in pattern.finditer(read))
    return time.process_time() - before


def child() -> None:
    """Try every pattern; runs in a process of its own, which dies if one never ends."""
    count = 0
    for name, pattern, anywhere in patterns():
        count += 1
        for piece in PIECES:
            for before, after in AROUND:
                sys.stdout.write(f"{name} {piece!r}\n")
                sys.stdout.flush()
                length = CUT.get(name, LENGTH)
                text = before + piece * (length // len(piece)) + after
                took = spent(pattern, text, anywhere=anywhere)
                assert took < SECONDS, f"{took:.2f} s"
    sys.stdout.write(f"{count}\n")


def test_hostile_text_holds_no_pattern_of_any_module_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from tests.house.test_patterns import child; child()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (120, 120)),
    )
    last = done.stdout.splitlines()[-1]
    assert done.returncode == 0, f"{last}: {done.stderr[-600:]}"
    assert int(last) > 100


def test_the_trial_finds_what_takes_the_square_of_a_text() -> None:
    assert spent(re.compile(r"a+b"), "a" * LENGTH, anywhere=True) > SECONDS
