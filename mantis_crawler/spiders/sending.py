"""Sends what is asked of providers through the crawler's downloader."""

from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Request

from mantis_crawler import __version__
from mantis_crawler.items import Failure
from mantis_crawler.lab import Lab
from mantis_crawler.providers.base import SCHEME, Call, Provider, ProviderError
from mantis_crawler.spiders.pace import Got, Send

_MOST_BYTES = 64 << 20
_TIMEOUT = 60
_FAILED = (
    DownloadFailedError,
    DownloadTimeoutError,
    DownloadConnectionRefusedError,
    CannotResolveHostError,
)


def through(crawler: Crawler, lab: Lab | None) -> Send:
    """Return what sends requests through the crawler's downloader.

    Args:
        crawler: Of the run.
        lab: Who answers for every provider, on loopback; `None`: they themselves.
    """

    async def send(provider: Provider, call: Call) -> Got:
        assert crawler.engine is not None
        try:
            response = await crawler.engine.download_async(_request(provider, call, lab))
        except _FAILED as error:
            raise ProviderError(Failure.UNREACHABLE, f"no answer came ({error})") from error
        after = response.headers.get("Retry-After") or b""
        return Got(
            status=response.status,
            body=call.decoded(response.body),
            retry_after=after.decode("latin-1"),
        )

    return send


def _request(provider: Provider, call: Call, lab: Lab | None) -> Request:
    return Request(
        call.url.replace("https://", f"{SCHEME}://", 1),
        method=call.method,
        body=call.body,
        headers={"User-Agent": f"mantis_crawler/{__version__}", **dict(call.headers)},
        dont_filter=True,
        meta={
            "mantis_keyed": provider.keyed,
            "mantis_lab_port": lab.http_port if lab else None,
            "mantis_whois_ports": lab.whois.ports if lab else None,
            "download_slot": f"{provider.name} {provider.server(call)}",
            "download_timeout": _TIMEOUT,
            "download_maxsize": _MOST_BYTES,
        },
    )
