"""Client hints that no override reaches: the network's, and the memory.

The headless shell sends none of the network's, as it has nobody who measures it; of the memory, every
engine sends the machine's. So what a site asks for is read from its documents' responses, and its later
documents are asked for with it, as Chrome does. What those documents load goes without: only a cross-check
of many requests would miss it.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from mantis_crawler.items import Device

PLACES = {
    "device-memory": ("dpr", "width", "viewport-width", "rtt", "downlink", "ect", "sec-ch-ua"),
    "rtt": ("downlink", "ect", "sec-ch-ua"),
    "downlink": ("ect", "sec-ch-ua"),
    "ect": ("sec-ch-ua",),
    "sec-ch-device-memory": ("sec-ch-dpr", "sec-ch-width", "sec-ch-viewport-width"),
}
"""The hints, each with those that Chrome sends after it."""


class NetworkHints:
    """Which origins asked for which, by browser context: a visit's context forgets what others were asked."""

    def __init__(self) -> None:
        self._asked: dict[str, dict[str, tuple[str, ...]]] = {}

    def learn(self, context: str, url: str, headers: Iterable[Mapping[str, str]]) -> None:
        """Note what the response to a top-level document asks for; without a word on it, all stays.

        Args:
            context: DevTools' id of the browser context.
            url: Whose response it is.
            headers: DevTools' ``name`` and ``value`` of each.
        """
        lines = [one["value"] for one in headers if one["name"].lower() == "accept-ch"]
        if lines and url.startswith("https:"):
            wanted = {token.strip().lower() for line in lines for token in line.split(",")}
            hints = tuple(name for name in PLACES if name in wanted)
            self._asked.setdefault(context, {})[_origin(url)] = hints

    def added(
        self, context: str, url: str, device: Device, headers: Mapping[str, str]
    ) -> dict[str, str] | None:
        """Return the headers with the hints that the origin asked for; ``None`` if it asked for none."""
        asked = self._asked.get(context, {}).get(_origin(url), ())
        there = {name.lower() for name in headers}
        lacking = [name for name in asked if name not in there]
        if not lacking:
            return None
        whole = list(headers.items())
        for name in lacking:
            place = next((at for at, (one, _) in enumerate(whole) if one.lower() in PLACES[name]), len(whole))
            whole.insert(place, (name, told(device)[name]))
        return dict(whole)

    def forget(self, context: str) -> None:
        """Let go of a context that ends."""
        self._asked.pop(context, None)


def told(device: Device) -> dict[str, str]:
    """Return what ``navigator`` says, too: the shell has 0 ms, which no mobile network has."""
    memory = f"{device.memory:g}"
    network = {"rtt": "100" if device.connection else "0", "downlink": "10", "ect": "4g"}
    return {**network, "device-memory": memory, "sec-ch-device-memory": memory}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
