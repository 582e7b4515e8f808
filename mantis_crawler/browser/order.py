"""What is to be visited, as whom, how."""

from dataclasses import dataclass
from typing import Any

from mantis_crawler.items import Country, Depth, Device


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be visited, how."""

    url: str
    device: Device
    country: Country
    """Of languages, clock and place; the exit's own where there is one."""
    exit: str = ""
    """Country of the exit that the visit goes out through; empty: none."""
    depth: Depth = Depth.DEFAULT
    """How much the visit may cost."""


def place_options(order: Order) -> dict[str, Any]:
    """Return where the phone is; a page's wish to know stays unanswered, as no permission is granted."""
    if not order.exit:
        return {}
    country = order.country
    return {"geolocation": {"latitude": country.latitude, "longitude": country.longitude, "accuracy": 50}}
