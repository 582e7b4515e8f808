"""The last step before the network: here a provider's key gets into a request, and nowhere before.

Nearer to the wire than every middleware, so that no cache, log, stats or exception of Scrapy's has seen it.
"""

import base64
import json
from urllib.parse import quote, urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Request, Response

from mantis_crawler.providers.base import SCHEME, Keyed, KeyPlace
from mantis_crawler.providers.keys import Keys, keys_of


class WireHandler(BaseDownloadHandler):
    """Sends requests of the scheme ``ask``: to the provider by https, or to the lab by http."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._inner = HTTP11DownloadHandler.from_crawler(crawler)
        self._keys: dict[bool, Keys] = {}

    async def download_request(self, request: Request) -> Response:
        """Return the answer as if the request had been sent as it is shown: without its key.

        Raises:
            DownloadFailedError: no answer came; the message holds no key.
        """
        lab_port: int | None = request.meta["mantis_lab_port"]
        keys = self._known(lab=lab_port is not None)
        sent = on_wire(request, request.meta["mantis_keyed"], keys, lab_port)
        try:
            response = await self._inner.download_request(sent)
        except Exception as error:  # noqa: BLE001 - whatever it is, its text may hold the URL with the key
            why = keys.hide(f"{type(error).__name__}: {error}")[:300]
            raise DownloadFailedError(why) from None
        return response.replace(url=request.url, request=request, body=keys.hide_bytes(response.body))

    def _known(self, *, lab: bool) -> Keys:
        if lab not in self._keys:
            self._keys[lab] = keys_of(self._crawler.settings, lab=lab)
        return self._keys[lab]

    async def close(self) -> None:
        """Close the connections."""
        await self._inner.close()


def on_wire(request: Request, keyed: Keyed, keys: Keys, lab_port: int | None) -> Request:
    """Return the request as it is sent: with its key, to whom it is for.

    Args:
        request: As it is shown and kept.
        keyed: Where the key goes.
        keys: Of the run.
        lab_port: Port of loopback at which the lab answers for every provider; `None`: the real one.
    """
    key = keys.of(keyed.key)
    url = request.url.replace(f"{SCHEME}://", "https://", 1)
    headers, body = request.headers.copy(), request.body
    if keyed.place is KeyPlace.HEADER:
        headers[keyed.field] = key
    elif keyed.place is KeyPlace.BASIC:
        headers["Authorization"] = f"Basic {base64.b64encode(key.encode()).decode()}"
    elif keyed.place is KeyPlace.QUERY:
        url += f"{'&' if '?' in url else '?'}{keyed.field}={quote(key, safe='')}"
    elif keyed.place is KeyPlace.JSON:
        body = json.dumps({**json.loads(body), keyed.field: key}).encode()
    if lab_port is not None:
        host = urlsplit(url).netloc
        headers["Host"] = host
        url = url.replace(f"https://{host}", f"http://127.0.0.1:{lab_port}", 1)
    return request.replace(url=url, headers=headers, body=body)
