"""IP Geolocation of WhoisXML API: one address at once, or an order of many that takes its time."""

from itertools import count
from typing import TYPE_CHECKING, Any

from mantis_crawler.lab.addresses import block_of
from mantis_crawler.lab.providers.service import Service, as_json, in_json, key_of, parameters
from mantis_crawler.lab.site import Reply, Request

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World

_HOST = "ip-geolocation.whoisxmlapi.com"
_LOOKS = 2
"""Looks at the list of orders after which one is ready."""


class IpGeolocation(Service):
    """Where an address of the lab is."""

    name = "ip_geolocation"
    hosts = (_HOST,)

    def answer(self, asked: Request, world: "World") -> Reply:  # noqa: ARG002 - its addresses are the same in all
        """Answer with the block's country and holder."""
        place = _place(parameters(asked).get("ipAddress", ""))
        return as_json(place) if place else as_json({"code": 422, "messages": "Invalid IP address"}, 422)


class BulkGeolocation(Service):
    """Orders by number, the newest first on the list; each is ready when it was looked for twice."""

    name = "ip_geolocation_bulk"
    hosts = (_HOST,)
    path = "/api/bgservice"

    def __init__(self) -> None:
        self._numbers = count(1)
        self._orders: dict[int, list[str]] = {}
        self._looks: dict[int, int] = {}

    def answer(self, asked: Request, world: "World") -> Reply:  # noqa: ARG002 - its addresses are the same in all
        """Answer by the step that the path names."""
        given, step = in_json(asked), asked.path.rpartition("/")[2]
        if step == "request":
            number = next(self._numbers)
            self._orders[number], self._looks[number] = [str(term) for term in given.get("terms", [])], 0
            return as_json({"response": {"id": number}})
        if step == "list":
            never = key_of(asked).startswith("lab-endless")
            return self._list(int(given.get("page", 1)), int(given.get("perPage", 10)), never=never)
        terms = self._orders.get(given.get("id", 0))
        if terms is None:
            return as_json({"response": {"errors": ["The request is not valid"]}}, 400)
        places = [{**place, "term": term} for term in terms if (place := _place(term))]
        return as_json({"response": [[place] for place in places]})

    def _list(self, page: int, size: int, *, never: bool) -> Reply:
        newest = sorted(self._orders, reverse=True)
        shown = newest[(page - 1) * size : page * size]
        for number in shown:
            self._looks[number] += 1
        rows = [
            {
                "id": number,
                "date_start": "1640995200",
                "total_terms": len(self._orders[number]),
                "invalid_terms": 0,
                "failed_terms": 0,
                "processed_terms": len(self._orders[number]),
                "ready": int(self._looks[number] >= _LOOKS and not never),
            }
            for number in shown
        ]
        last = -(-len(newest) // size) or 1
        listed = {"current_page": page, "data": rows, "last_page": last, "per_page": size}
        return as_json({"response": {**listed, "total": len(newest)}})

    def refusal(self, status: int, words: str) -> Reply:  # noqa: ARG002 - it has words of its own
        """Return an error as this service does."""
        return as_json({"response": {"error": "Authorisation or authentication failed"}}, 401)


def _place(address: str) -> dict[str, Any]:
    """Return what is known of an address; empty if it is none."""
    try:
        block = block_of(address)
    except ValueError:
        return {}
    country = block.country.upper() if block else ""
    network = {"asn": block.asn, "name": block.holder, "route": str(block.network)} if block else None
    location = {"country": country, "region": "", "city": "", "timezone": "+00:00"}
    isp = block.holder if block else ""
    return {"ip": address, "location": location, "domains": [], "as": network, "isp": isp}
