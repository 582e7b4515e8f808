"""The page about evidence against the code: every kind, every file's end, every limit, every field."""

import re
from dataclasses import fields
from importlib import import_module
from pathlib import Path

from mantis_crawler.items import CaptureKind, Visit
from mantis_crawler.store import SUFFIXES

TEXT = (Path(__file__).parents[2] / "docs/evidence.md").read_text(encoding="utf-8")
GENERAL = {
    *(
        "device",
        "outcome",
        "url",
        "final_url",
        "status",
        "title",
        "started",
        "browser",
        "profile",
        "languages",
    ),
    *("time_zone", "exit", "country", "captures", "error", "verdict", "depth"),
}
"""Fields that say what was visited, how, and how it ended: no evidence of their own."""


LIMITS = re.compile(r"^\| `(\w+)\.(\w+)` \| (\d+) \|", re.MULTILINE)
NO_LIMITS = {
    *("bodies.AT_ONCE", "pictures.LINK_LIMIT", "pictures.SLIGHT"),
    *("tap.CLICKABLES", "tap.PRESSABLE", "visit.ATTEMPTS"),
}
"""Numbers that cut nothing of what is kept."""


def test_the_page_tells_every_kind_of_capture_and_how_its_file_ends() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| `(\.[\w.]+)` \|", TEXT, re.MULTILINE))
    assert told == {str(kind): SUFFIXES[kind] for kind in CaptureKind}


def test_the_limits_of_the_page_are_those_of_the_code() -> None:
    told = LIMITS.findall(TEXT)
    assert len(told) >= 25
    for module, name, value in told:
        assert getattr(import_module(f"mantis_crawler.browser.{module}"), name) == int(value), name


def test_the_page_tells_every_limit_of_what_is_kept() -> None:
    told = {f"{module}.{name}" for module, name, _ in LIMITS.findall(TEXT)}
    found = set()
    for module in sorted({one.partition(".")[0] for one in told}):
        part = import_module(f"mantis_crawler.browser.{module}")
        for name in re.findall(r"^([A-Z_]+) = ", Path(str(part.__file__)).read_text("utf-8"), re.MULTILINE):
            if isinstance(getattr(part, name), int):
                found.add(f"{module}.{name}")
    assert found - told == NO_LIMITS


def test_the_page_tells_every_fact_of_a_visit_that_is_evidence() -> None:
    (table,) = re.findall(r"## Facts in the visit\n(.*?)\n## ", TEXT, re.DOTALL)
    told = set(re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE))))
    assert told == {field.name for field in fields(Visit)} - GENERAL
