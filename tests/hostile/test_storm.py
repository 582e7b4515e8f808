"""The hostile web, visited by the real browser side by side; whoever reaches a forbidden place is heard."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mantis_crawler.lab.hostile import hostile_pages
from mantis_crawler.lab.hostile.island import ferry

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
LIMIT = 400
DEADLINE, GRACE = 20, 5
PLACES = {"to-ten", "to-mapped", "to-decimal", "to-localhost-dot", "to-both", "to-rebinding", "to-six-unique"}
"""Of the pages that lead their top frame to a forbidden place; `scrapy hostile` visits all."""
SLOW = frozenset(
    """
    brotli-bomb deep-stack dialog-mix dom-grows drip-head error-flood eval-flood fonts-and-text frame-storm
    frames-by-meta frames-by-refresh frames-by-script memory-canvas page-100-megabytes page-changes page-tall
    password-storm reload-loop request-storm slow-hops spin-in-css spin-in-promises spin-in-wasm spin-later
    svg-bomb tab-fork url-megabytes frames-by-form gzip-bomb page-endless spin-in-gpu spin-in-regex
    download-odd-name http-3-told status-continues head-folded two-answers multipart file-chooser
    xsl-bomb payment-request encoding-sixteen length-twice status-304 null-bytes css-bomb script-hops
    """.split()  # noqa: SIM905 - one a line would fill the page
)
"""Pages that keep a core busy for many seconds, or like others that are visited here."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    names = [name for name in hostile_pages() if name not in SLOW and (name in PLACES or name[:3] != "to-")]
    file = tmp_path_factory.mktemp("hostile") / "seen.json"
    settings = {"MANTIS_VISIT_SECONDS": DEADLINE, "MANTIS_SETTLE_SECONDS": 4, "MANTIS_QUIET_SECONDS": 0.6}
    options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    line = [
        sys.executable,
        "-m",
        "scrapy",
        "hostile",
        *names,
        "--json",
        str(file),
        "--at-once",
        "7",
        *options,
    ]
    ended = subprocess.run(
        line,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert file.exists(), ended.stdout[-2000:] + ended.stderr[-2000:]
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def visits(seen: dict[str, Any]) -> list[dict[str, Any]]:
    return [visit for visits in seen["rounds"] for visit in visits]


def test_at_least_sixty_pages_end_with_an_outcome_within_the_deadline(seen: dict[str, Any]) -> None:
    assert len(visits(seen)) >= 60
    assert {
        visit["page"]: visit["seconds"] for visit in visits(seen) if visit["seconds"] > DEADLINE + GRACE
    } == {}
    assert [visit["page"] for visit in visits(seen) if visit["outcome"] == "error"] == []


def test_nobody_reaches_a_forbidden_place(seen: dict[str, Any]) -> None:
    if ferry():
        assert seen["places"][0] == "0.0.0.0"
    assert seen["places"]
    assert seen["reached"] == []


def test_the_listeners_would_have_heard(seen: dict[str, Any]) -> None:
    asked = {result for visit in visits(seen) for result in visit["connections"]}
    assert {"127.0.0.1: not_public", "10.0.0.138: not_public", "169.254.169.254: not_public"} <= asked
    assert {"::ffff:7f00:1: not_public", "64:ff9b::7f00:1: not_public", "localhost.: not_public"} <= asked


def test_nearly_all_that_have_something_to_show_have_a_picture(seen: dict[str, Any]) -> None:
    showing = [visit for visit in visits(seen) if visit["shows"]]
    without = [visit["page"] for visit in showing if "screenshot" not in visit["captures"]]
    assert len(showing) - len(without) >= 55
    # a tree too deep for the browser's own stack ends its process at every try
    assert len(without) <= len(showing) // 12, without


def test_pages_that_lead_inside_are_kept_as_they_were_seen(seen: dict[str, Any]) -> None:
    (login,) = (visit for visit in visits(seen) if visit["page"] == "to-mapped")
    assert login["outcome"] == "loaded"
    assert "screenshot" in login["captures"]
    assert "gateway does not let it go" in " ".join(login["notes"])


def test_ordinary_visits_beside_them_end_as_they_do_alone(seen: dict[str, Any]) -> None:
    assert len(seen["beside"]) == len(seen["alone"]) > 3
    for alone, beside in zip(seen["alone"], seen["beside"], strict=True):
        same = [
            (visit["url"], visit["outcome"], visit["captures"].get("dom"), visit["captures"].get("text"))
            for visit in (alone, beside)
        ]
        assert same[0] == same[1]


def test_nothing_is_left_behind(seen: dict[str, Any]) -> None:
    before, after = seen["left"][0], seen["left"][-1]
    assert after["processes"] <= before["processes"] + 3
    assert after["temporary"] <= before["temporary"] + 2
    assert after["files"] <= before["files"] + 15
    assert after["tasks"] <= before["tasks"] + 6
