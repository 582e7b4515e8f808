"""A sanity floor on real saved pages, of sources that no rule was tuned on. Skipped where there are none."""

import csv
import os
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from tests.detectors.pages import a_page, verdict_on

SHARED = Path(os.environ.get("MANTIS_SHARED", Path(__file__).resolve().parents[2] / "../shared"))
PAGES = SHARED / "data" / "pages"
KITS = {"htr-tech/zphisher", "DarkSecDevelopers/HiddenEye", "An0nUD4Y/blackeye"}
"""Kits that clone the same brands stay in one half."""
NAMED = ("login", "download", "parked", "gambling", "adult", "news")
pytestmark = pytest.mark.skipif(not (PAGES / "manifest.csv").is_file(), reason=f"no saved pages in {PAGES}")


def for_checking(source: str) -> bool:
    """Whether a source lies in the half that rules are only checked on."""
    name = "kits" if source in KITS else source
    return sha256(f"295:{name}".encode()).digest()[0] % 2 == 1


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[str, str, bool]]:
    """What each page is, what we say, and whether it is a hard one that is no login."""
    with (PAGES / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if for_checking(row["repo"])]
    told = []
    for row in rows:
        if "AMBIG" in row["notes"]:
            continue
        html = (PAGES / row["file"]).read_text(encoding="utf-8", errors="replace")
        verdict = verdict_on(a_page(html, url=row["url"] or "https://site.example/"))
        said = verdict.content_class if verdict.content_class in NAMED else "others"
        told.append((row["class"], said, "HARDNEG" in row["notes"]))
    return told


def f1(told: list[tuple[str, str, bool]], name: str) -> float:
    counts = Counter((true == name, said == name) for true, said, _ in told)
    return 2 * counts[True, True] / max(2 * counts[True, True] + counts[True, False] + counts[False, True], 1)


def test_the_classes_are_told_apart_on_pages_of_unseen_sources(outcomes: list[tuple[str, str, bool]]) -> None:
    scores = {name: round(f1(outcomes, name), 3) for name in (*NAMED, "others")}
    assert sum(scores.values()) / len(scores) > 0.75, scores
    assert scores["login"] > 0.85, scores


def test_a_login_box_registration_or_checkout_is_seldom_called_a_login(
    outcomes: list[tuple[str, str, bool]],
) -> None:
    hard = [said for _, said, is_hard in outcomes if is_hard]
    assert hard.count("login") / len(hard) < 0.1


def test_what_we_call_parked_gambling_or_download_is_seldom_anything_else(
    outcomes: list[tuple[str, str, bool]],
) -> None:
    for name in ("parked", "gambling", "download"):
        said = [true for true, told, _ in outcomes if told == name]
        assert said.count(name) / max(len(said), 1) > 0.85, name
