"""What is really behind the lab's names: for tests and for measuring accuracy, never for a run."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mantis_crawler.lab.feed import url_of
from mantis_crawler.lab.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What sites of one design show, and what they are."""

    name: str
    shown: Mapping[str, str]
    """Content class by device; also ``blank``, ``error``, ``challenge`` and ``other``."""
    lure: bool
    """Whether it is out to harm the victim."""
    cloaked: bool
    """Whether devices are shown different things."""
    benign: bool
    """Whether its name on a blocklist would harm somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthRow:
    """What is behind one name."""

    host: str
    url: str
    family: str
    language: str
    country: str | None
    design: Design


def truth(seed: int) -> list[TruthRow]:
    """Return the ground truth of every live site of a world, in the order of its families.

    Raises:
        KeyError: a site has a design that the table does not know.
    """
    return [
        TruthRow(
            host=site.host,
            url=url_of(site),
            family=family,
            language=site.language,
            country=site.country,
            design=designs()[site.design],
        )
        for family, sites in World(seed).families.items()
        for site in sites
    ]


@cache
def designs() -> dict[str, Design]:
    """Return the table by design.

    Raises:
        ValueError: the table has two rows for one design.
    """
    table = files("mantis_crawler.lab").joinpath("truth.csv").read_text(encoding="utf-8")
    rows = [_design(row) for row in csv.DictReader(table.splitlines())]
    known = {row.name: row for row in rows}
    if len(known) < len(rows):
        names = [row.name for row in rows]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ValueError(f"truth.csv has more than one row for {', '.join(twice)}")
    return known


def _design(row: Mapping[str, str]) -> Design:
    return Design(
        name=row["design"],
        shown={device: row[device] for device in ("android", "iphone", "desktop")},
        lure=row["lure"] == "yes",
        cloaked=row["cloaked"] == "yes",
        benign=row["benign"] == "yes",
    )
