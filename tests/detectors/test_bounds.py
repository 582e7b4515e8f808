"""The worst pages cost a second of processor time and 300 MB: a child with hard limits proves it."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.detectors.test_limits import LOGIN

ROOT = Path(__file__).parents[2]
START = "from tests.detectors.test_bounds import child; child({name!r})"
MEMORY = 300 * 2**20
SECONDS = 1.0
PAGES = {
    "50 MB": lambda: "<p>" + "some words of text " * 2_700_000,
    "300,000 nodes": lambda: LOGIN + "<i>x</i>" * 300_000,
    "100,000 links": lambda: (
        LOGIN + "".join(f"<a href='/p/{n}'>Story {n} of the day</a>" for n in range(100_000))
    ),
    "10,000 levels": lambda: LOGIN + "<div>" * 10_000,
    "a megabyte of one word": lambda: LOGIN + "<p>" + "a" * 1_000_000,
    "a megabyte of one letter of the East": lambda: LOGIN + "<p>" + "登" * 1_000_000,
    "a broken encoding": lambda: (b"<title>\xff\xfe</title>" + bytes(range(256)) * 8_000).decode(
        "utf-8", "replace"
    ),
    "null bytes": lambda: LOGIN + "\0" * 1_000_000,
    "letters with a hundred marks": lambda: LOGIN + "<p>" + ("a" + "\u0301" * 100) * 20_000,
    "look-alike words": lambda: LOGIN + "<p>" + "pаsswоrd " * 200_000,
    "lone letters": lambda: LOGIN + "<p>" + "a b c d e f " * 100_000,
    "letters that run backwards": lambda: LOGIN + "<bdo dir=rtl>drowssap</bdo>" * 50_000,
}


def child(name: str) -> None:
    """Look at one page with every detector; runs in a process of its own, and dies past its limits."""
    from mantis_crawler.items import Page
    from mantis_crawler.judge import see
    from tests.builders import a_visit
    from tests.detectors.pages import DETECTORS

    list(see(Page(visit=a_visit(), html=LOGIN, text="Log in"), DETECTORS.values()))
    html = PAGES[name]()
    page = Page(visit=a_visit(title="Log in"), html=html, text=html)
    used = resource.getrusage(resource.RUSAGE_SELF)
    before, size = used.ru_utime + used.ru_stime, int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (size * resource.getpagesize() + MEMORY,) * 2)
    evidence = see(page, DETECTORS.values())
    used = resource.getrusage(resource.RUSAGE_SELF)
    failed = [item.reason for item in evidence if item.content_class == "detector_error"]
    assert not failed, failed
    spent = used.ru_utime + used.ru_stime - before
    assert spent < SECONDS, f"{spent:.2f} s of processor time"


@pytest.mark.parametrize("name", PAGES)
def test_the_worst_page_stays_within_its_bounds(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START.format(name=name)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)),
    )
    assert done.returncode == 0, done.stderr[-1_500:]
