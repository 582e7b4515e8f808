"""Which artifacts deserve a second look: made visits, judged beforehand by who stands in for the judge."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from mantis_crawler import devices
from mantis_crawler.catalog import discover
from mantis_crawler.items import Device, Dialog, Download, Outcome, Verdict, Visit
from mantis_crawler.spiders.depth import SecondLook

SHELF = discover(devices, Device)
URL = "https://parcel.test/a"
AWAY = "https://bread.example/"


class Judged:
    """Stands where the judge is: the visits have their verdicts."""

    def judged(self, visit: Visit) -> Visit:
        return visit


def visit(device: str = "android", outcome: Outcome = Outcome.LOADED, **facts: object) -> Visit:
    made = Visit(device=device, outcome=outcome, url=URL, started="2026-11-24T10:00:00.000Z")
    return replace(made, **facts)  # type: ignore[arg-type]


def shown(content_class: str, final: str = URL, device: str = "android") -> Visit:
    return visit(device, verdict=Verdict(content_class=content_class, confidence=0.9), final_url=final)


def wanted(*visits: Visit) -> bool:
    return SecondLook(Judged(), SHELF.values()).wanted(visits)  # type: ignore[arg-type]


BLANK = visit(outcome=Outcome.BLANK)
DIALOG = Dialog(kind="alert", text="update", order=1, url=URL)
FILE = Download(url=URL, name="a.apk", sha256=None, size=0, type="unknown")


@pytest.mark.parametrize(
    "visits",
    [
        [BLANK],
        [visit(outcome=Outcome.CHALLENGE)],
        [visit(outcome=Outcome.HTTP_ERROR)],
        [shown("news", AWAY)],
        [shown("unknown", AWAY)],
        [BLANK, visit("iphone", Outcome.TIMEOUT)],
        [BLANK, shown("login", device="desktop")],
    ],
    ids=[
        "blank",
        "challenge",
        "error",
        "news elsewhere",
        "unclear elsewhere",
        "blank, failed",
        "desktop alone",
    ],
)
def test_phones_that_were_shown_nothing_look_again(visits: Iterable[Visit]) -> None:
    assert wanted(*visits)


@pytest.mark.parametrize(
    "visits",
    [
        [],
        [shown("login")],
        [shown("other")],
        [shown("login", AWAY)],
        [replace(BLANK, dialogs=(DIALOG,))],
        [replace(BLANK, downloads=(FILE,))],
        [BLANK, shown("login", device="iphone")],
        [visit(outcome=Outcome.TIMEOUT)],
        [visit("desktop", Outcome.BLANK)],
    ],
    ids=[
        "none",
        "lure",
        "its own site",
        "lure elsewhere",
        "dialog",
        "file",
        "one phone",
        "failed",
        "desktop",
    ],
)
def test_phones_that_saw_something_or_never_arrived_do_not(visits: Iterable[Visit]) -> None:
    assert not wanted(*visits)
