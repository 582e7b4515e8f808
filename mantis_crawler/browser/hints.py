"""Client hints of the network: the headless shell sends none of them, however a site asks.

It has nobody who measures the network, and no flag or override puts one there. So what a site asks for
is read from its documents' responses, and its later documents are asked for with it, as Chrome does.
What those documents load goes without: only a cross-check of many requests would miss it.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from mantis_crawler.items import Device

NETWORK = ("rtt", "downlink", "ect")
"""In Chrome's order, which puts them before the hints that have a prefix."""
BEFORE = "sec-ch-ua"


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
            hints = tuple(name for name in NETWORK if name in wanted)
            self._asked.setdefault(context, {})[_origin(url)] = hints

    def added(
        self, context: str, url: str, device: Device, headers: Mapping[str, str]
    ) -> dict[str, str] | None:
        """Return the headers with the hints that the origin asked for; ``None`` if it asked for none."""
        asked = self._asked.get(context, {}).get(_origin(url), ())
        there = {name.lower() for name in headers}
        lacking = {name: told(device)[name] for name in asked if name not in there}
        if not lacking:
            return None
        whole: dict[str, str] = {}
        for name, value in headers.items():
            if name.lower() == BEFORE:
                whole |= lacking
            whole[name] = value
        return whole | lacking

    def forget(self, context: str) -> None:
        """Let go of a context that ends."""
        self._asked.pop(context, None)


def told(device: Device) -> dict[str, str]:
    """Return what ``navigator.connection`` says, too: the shell has 0 ms, which no mobile network has."""
    return {"rtt": "100" if device.connection else "0", "downlink": "10", "ect": "4g"}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
