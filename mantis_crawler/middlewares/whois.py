"""Downloads ``whois://server/query``: a line to port 43, and the text back like any other answer."""

import asyncio
import socket
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Request, Response

from mantis_crawler.enrichment.addresses import is_public

_PORT = 43
_SECONDS = 20.0
_MOST_BYTES = 64 * 1024
"""Honest answers have a tenth of it; of a hostile one, reading takes up to the square."""


class WhoisHandler(BaseDownloadHandler):
    """Asks one server, whose name a stranger may have written: so only at a public address."""

    lazy = True

    async def download_request(self, request: Request) -> Response:
        """Return the server's text.

        Raises:
            DownloadFailedError: no text came, or too much of it.
        """
        parts = urlsplit(request.url)
        host, query = parts.hostname or "", unquote(parts.path[1:])
        if not host or not query or not query.isprintable():
            raise DownloadFailedError("no query of one line to a server")
        try:
            async with asyncio.timeout(_SECONDS):
                where = await _place(host, request.meta.get("mantis_whois_ports"))
                body = await _ask(where, query)
        except TimeoutError:
            raise DownloadFailedError(f"{host} did not answer in {_SECONDS:g} s") from None
        except OSError as error:
            raise DownloadFailedError(f"{host}: {error}") from error
        if not body:
            raise DownloadFailedError(f"{host} hung up without a word")
        return Response(request.url, status=200, body=body, request=request)

    async def close(self) -> None:
        """Close nothing: each connection ends with its answer."""


async def _place(host: str, ports: dict[str, int] | None) -> tuple[str, int]:
    """Return where to connect to; in the lab, on loopback."""
    if ports is not None:
        if host not in ports:
            raise DownloadFailedError(f"the lab has no WHOIS server {host}")
        return "127.0.0.1", ports[host]
    found = await asyncio.get_running_loop().getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    addresses = [str(address[0]) for *_, address in found]
    if not addresses or not all(map(is_public, addresses)):
        raise DownloadFailedError(f"{host} is at no public address")
    return addresses[0], _PORT


async def _ask(where: tuple[str, int], query: str) -> bytes:
    reader, writer = await asyncio.open_connection(*where)
    try:
        writer.write(f"{query}\r\n".encode())
        await writer.drain()
        body = b""
        while chunk := await reader.read(65_536):
            body += chunk
            if len(body) > _MOST_BYTES:
                raise DownloadFailedError(f"it sent more than {_MOST_BYTES} bytes")
        return body
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
