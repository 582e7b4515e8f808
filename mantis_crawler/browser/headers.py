"""What a request's headers become where no override reaches them."""

from collections.abc import Iterable, Mapping
from typing import Any

from mantis_crawler.browser import agent
from mantis_crawler.items import Device

Headers = dict[str, str]

DOCUMENT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
IMAGE = (
    "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,"
    "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
)
STYLE = "text/css,*/*;q=0.1"
ACCEPT = {"Document": DOCUMENT, "Image": IMAGE, "Stylesheet": STYLE}
HINTS = frozenset({"device-memory", "dpr", "viewport-width", "width", "rtt", "downlink", "ect", "save-data"})
"""Client hints from before they had a prefix."""
ASKS = frozenset({"accept-ch", "critical-ch"})
LAST_WORDS = ("Ping", "XHR")
"""Requests that can outlive their page."""
SAID = ("user-agent", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform")
"""What every document is asked for with."""
MEMORY = frozenset({"device-memory", "sec-ch-device-memory"})
FIRST = ("user-agent", "accept")
"""Safari's order, of the headers that are ours to set."""


def patterns(device: Device) -> list[dict[str, Any]]:
    """Return which requests are paused to be changed; each costs a way to us and back."""
    documents = {"urlPattern": "http*", "resourceType": "Document"}
    # what a site asks for is read before its page can go on to the next
    asked = [documents, {**documents, "requestStage": "Response"}]
    # of a page that is left nobody else tells what it sends at last
    asked += [{"urlPattern": "http*", "resourceType": kind} for kind in LAST_WORDS]
    # Safari accepts other documents and images than Chromium, and the same of everything else
    return [*asked, {**documents, "resourceType": "Image"}] if device.engine == "webkit" else asked


def kept(device: Device, answered: Iterable[Mapping[str, str]]) -> list[dict[str, str]] | None:
    """Return a document's response headers without what the engine is not to heed; `None` if there is none.

    A site that asks for client hints would get them from Chromium, whosever clothes it wears; and one that
    asks for the memory gets the machine's with every picture and script.
    """
    lines = [dict(line) for line in answered]
    if device.engine == "webkit":
        left = [line for line in lines if line["name"].lower() not in ASKS]
    else:
        left = [_without_memory(line) if line["name"].lower() in ASKS else line for line in lines]
    return left if left != lines else None


def _without_memory(line: dict[str, str]) -> dict[str, str]:
    wanted = [token.strip() for token in line["value"].split(",")]
    left = [token for token in wanted if token.lower() not in MEMORY]
    return line if left == wanted else {**line, "value": ", ".join(left)}


def dressed(device: Device, version: str, headers: Headers) -> Headers | None:
    """Return the headers of a request that went out before its target was dressed; `None` if it is.

    A new tab runs as soon as the quicker of the browser's two clients lets it go.
    """
    hints = agent.hint_headers(device, version)
    names = SAID if device.client_hints else SAID[:1]
    if all(hints[name.lower()] == value for name, value in headers.items() if name.lower() in names):
        return None
    return {name: hints.get(name.lower(), value) for name, value in headers.items()}


def changed(device: Device, headers: Headers, kind: str, url: str) -> Headers | None:
    """Return the headers as the device sends them; `None` if they are right (and in order) as they are.

    Args:
        device: Whose request it is.
        headers: As Chromium means to send them.
        kind: DevTools' ``Network.ResourceType``.
        url: Where they go.
    """
    if device.engine == "webkit":
        return _safari(headers, kind, url)
    if not MEMORY & {name.lower() for name in headers}:
        return None
    told = f"{device.memory:g}"
    return {name: told if name.lower() in MEMORY else value for name, value in headers.items()}


def _safari(headers: Headers, kind: str, url: str) -> Headers:
    kept: Headers = {}
    for name, value in sorted(headers.items(), key=lambda item: _place(item[0])):
        low = name.lower()
        if low.startswith("sec-ch-") or low in HINTS:
            continue
        if low == "upgrade-insecure-requests" and url.startswith("https:"):
            continue
        kept[name] = ACCEPT.get(kind, value) if low == "accept" else value
    return kept


def _place(name: str) -> int:
    low = name.lower()
    return FIRST.index(low) if low in FIRST else len(FIRST)
