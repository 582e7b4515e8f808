"""The bulk service of WhoisXML API's IP Geolocation: many addresses in one order, fetched when ready."""

import json
from dataclasses import dataclass, replace
from typing import Any

from mantis_crawler.items import Ask, Place, Question
from mantis_crawler.providers.base import About, Call, Keyed, KeyPlace, Other, Page, member, unreadable
from mantis_crawler.providers.whoisxml import GET_ONE, KEY, WhoisXml, read
from mantis_crawler.providers.whoisxml_geolocation import IpGeolocation, place

_MOST = 100_000
"""Addresses of one order."""
_HEADERS = (("Content-Type", "application/json"),)
_BETWEEN = 5.0
"""Seconds between two looks at whether it is ready."""
_ORDERS = 50
"""Orders a page of the list."""


@dataclass(frozen=True, slots=True)
class _Found:
    places: tuple[Place, ...]
    others: tuple[Other, ...]


class BulkGeolocation(WhoisXml):
    """An order, the list of orders until ours is ready, and what it holds.

    What comes is kept as if each address had been asked about alone.
    """

    name = "whoisxml_geolocation_bulk"
    about = About(
        title="WhoisXML API IP Geolocation, bulk service",
        gives="country, network and provider of up to 100,000 addresses at once",
        costs="1 credit an address",
        sends="the addresses; they are stored for 7 days",
        get=GET_ONE,
    )
    asks = frozenset((Ask.PLACES,))
    hosts = ("ip-geolocation.whoisxmlapi.com",)
    keyed = Keyed(key=KEY, place=KeyPlace.JSON, field="apiKey")
    rate = 2.0

    def call(self, question: Question) -> Call | None:
        """Order them, if they are not too many."""
        terms = question.subject.split()
        if not 0 < len(terms) <= _MOST:
            return None
        order = {"terms": terms, "reverseIp": 0, "format": "json"}
        return self._call("request", order, cost=float(len(terms)))

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read the order's number, or whether it is ready, or what it holds."""
        answer = read(body)
        step, _, number = call.step.partition(" ")
        if step == "request":
            number = str(member(member(answer, "response", dict), "id", int))
            return Page(next=self._list(number, 1))
        if step == "list":
            return Page(next=self._after(member(answer, "response", dict), int(number)))
        found = _found(member(answer, "response", list))
        return Page(findings=found.places, total=len(found.places), others=found.others)

    def _after(self, listed: dict[str, Any], number: int) -> Call:
        """Return what to do next: fetch the order, turn the list's page, or look again later."""
        rows = [row for row in member(listed, "data", list) if isinstance(row, dict)]
        row = next((row for row in rows if row.get("id") == number), None)
        if row is not None and row.get("ready") == 1:
            return self._call("completed", {"id": number, "format": "json"})
        here, last = listed.get("current_page"), listed.get("last_page")
        if row is None and isinstance(here, int) and isinstance(last, int) and here < last:
            return replace(self._list(str(number), here + 1), wait=0.0)
        return self._list(str(number), 1)

    def _list(self, number: str, page: int) -> Call:
        call = self._call("list", {"page": page, "perPage": _ORDERS, "onlyIds": False})
        return replace(call, step=f"list {number}", wait=_BETWEEN, kept=False)

    def _call(self, step: str, body: dict[str, Any], cost: float = 0.0) -> Call:
        url = f"https://{self.hosts[0]}/api/bgservice/{'request' if step == 'request' else f'request/{step}'}"
        return Call(url=url, method="POST", body=json.dumps(body), headers=_HEADERS, cost=cost, step=step)


def _found(terms: list[Any]) -> _Found:
    """Return the places of an order: a list a term, as a name may have several addresses.

    A row without a place, as of an address that is nowhere, takes none of the others with it.
    """
    alone = IpGeolocation()
    places: list[Place] = []
    others: list[Other] = []
    for rows in terms:
        if not isinstance(rows, list):
            raise unreadable("its answer is no list of lists")
        for row in rows:
            address = member(row, "term", str)
            if not isinstance(row.get("location"), dict):
                continue
            places.append(place(row, address))
            asked = alone.call(Question(ask=Ask.PLACE, subject=address))
            others.append(Other(provider=alone.name, call=asked, body=json.dumps(row)))
    return _Found(tuple(places), tuple(others))
