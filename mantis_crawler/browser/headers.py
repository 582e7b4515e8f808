"""The headers of Safari, made of those that Chromium is about to send."""

Headers = dict[str, str]

DOCUMENT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
IMAGE = (
    "image/webp,image/avif,image/jxl,image/heic,image/heic-sequence,video/*;q=0.8,"
    "image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
)
STYLE = "text/css,*/*;q=0.1"
ACCEPT = {"Document": DOCUMENT, "Image": IMAGE, "Stylesheet": STYLE}
CHROMIUM = frozenset(
    {"device-memory", "dpr", "viewport-width", "width", "rtt", "downlink", "ect", "save-data"}
)
"""Client hints from before they had a prefix."""


def safari_headers(headers: Headers, kind: str, url: str) -> Headers:
    """Return the headers as Safari sends them.

    Args:
        headers: As Chromium means to send them.
        kind: DevTools' ``Network.ResourceType``.
        url: Where they go.
    """
    kept: Headers = {}
    for name, value in headers.items():
        low = name.lower()
        if low.startswith("sec-ch-") or low in CHROMIUM:
            continue
        if low == "upgrade-insecure-requests" and url.startswith("https:"):
            continue
        kept[name] = ACCEPT.get(kind, value) if low == "accept" else value
    return kept
