"""Geolocation by a provider: only where our own data is silent, and many addresses as one order."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from mantis_crawler.enrichment.base import EnrichmentError
from mantis_crawler.enrichment.geo import SETTING
from mantis_crawler.enrichment.place import Placed
from mantis_crawler.items import Ask, Hold, Outcome, Place, Question, Record, Reply, Resolution
from tests.builders import a_record, a_resolution, an_artifact
from tests.enrichment.test_geo import FLAT, a_database

PAID = {"MANTIS_PAID_ENRICHMENT": "True"}


class Atlas:
    """Knows every address; an order makes its addresses free."""

    def __init__(self) -> None:
        self.asked: list[tuple[Ask, str]] = []
        self.ordered: set[str] = set()

    async def look(self, question: Question, *, paid: bool = False) -> tuple[Reply, ...]:
        self.asked.append((question.ask, question.subject))
        if question.ask is Ask.PLACES:
            self.ordered |= {*question.subject.split()}
            return ()
        found = Place(address=question.subject, country="is", asn=64500, network="N")
        return (Reply(question=question, provider="atlas", findings=(found,)),)

    def price(self, question: Question) -> dict[str, float]:
        return {"atlas": float(question.subject not in self.ordered)}

    def orders(self) -> list[str]:
        return [subject for ask, subject in self.asked if ask is Ask.PLACES]


def a_place(atlas: Atlas, **options: Any) -> Placed:
    placed = Placed()
    placed.configure(PAID | options)
    placed.meet(atlas)
    return placed


def at(*addresses: str, **more: Any) -> Record:
    return a_record(
        artifact=an_artifact("http://a.top/", **more), resolution=a_resolution("a.top", *addresses)
    )


def test_it_is_on_where_enrichments_may_cost_something() -> None:
    placed = Placed()
    for setting, on in ((None, False), (False, False), ("True", True), (True, True)):
        placed.configure({"MANTIS_PAID_ENRICHMENT": setting})
        assert placed.on is on


def test_nobody_is_asked_about_what_our_own_data_tells(tmp_path: Path) -> None:
    atlas = Atlas()
    own = {SETTING: str(a_database(tmp_path, {"8.8.8.0/24": FLAT}))}
    found = asyncio.run(a_place(atlas, **own).facts(at("8.8.8.8", "9.9.9.9")))
    assert [row["address"] for row in found["addresses"]] == ["9.9.9.9"]
    assert found["addresses"][0] | {"by": "atlas", "country": "is", "asn": 64500} == found["addresses"][0]
    assert atlas.asked == [(Ask.PLACE, "9.9.9.9")]


def test_many_at_the_same_time_are_one_order_and_few_are_none() -> None:
    atlas = Atlas()
    placed = a_place(atlas)

    async def many(count: int) -> None:
        records = [at(f"9.9.9.{number}", "9.9.8.1") for number in range(count)]
        await asyncio.gather(*map(placed.facts, records))

    asyncio.run(many(5))
    assert atlas.orders() == []
    asyncio.run(many(30))
    (order,) = atlas.orders()
    assert len(order.split()) == 31


def test_red_and_private_addresses_are_in_no_order_and_no_address_is_an_error() -> None:
    atlas = Atlas()
    placed = a_place(atlas)
    with pytest.raises(EnrichmentError, match="PAP:RED"):
        asyncio.run(placed.facts(at("9.9.9.9", hold=Hold.PAP_RED)))
    assert asyncio.run(placed.facts(at("10.0.0.1"))) == {"addresses": [], "unknown": {}}
    dead = Resolution(host="a.top", outcome=Outcome.NXDOMAIN)
    record = a_record(artifact=an_artifact("http://a.top/"), resolution=dead)
    with pytest.raises(EnrichmentError, match="no address"):
        asyncio.run(placed.facts(record))
    assert atlas.asked == []
