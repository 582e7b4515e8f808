"""The page's icon: as the browser itself loaded it, or as the page carries it; it is never asked for."""

import base64
import binascii
from urllib.parse import unquote_to_bytes, urljoin

from mantis_crawler.browser.keeper import Keeper
from mantis_crawler.browser.traffic import Traffic
from mantis_crawler.items import CaptureKind

ICON = 256 * 1024
"""Bytes."""


async def keep_icon(url: str, traffic: Traffic, keeper: Keeper) -> None:
    """Keep the icon if its bytes are at hand.

    Args:
        url: As the page names it; empty: browsers look for ``/favicon.ico``.
        traffic: What the browser loaded.
        keeper: Takes it.
    """
    if url.startswith("data:"):
        content = _carried(url)
    else:
        document = next((one.url for one in traffic.exchanges if one.kind == "Document"), "")
        found = traffic.find(url or urljoin(document, "/favicon.ico"))
        content = found.body if found is not None and found.status < 400 else None
    if content:
        await keeper.keep(CaptureKind.FAVICON, content[:ICON], cut=len(content) > ICON)


def _carried(url: str) -> bytes | None:
    head, comma, data = url.partition(",")
    if not comma:
        return None
    raw = unquote_to_bytes(data)
    if not head.endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw)
    except binascii.Error:
        return None
