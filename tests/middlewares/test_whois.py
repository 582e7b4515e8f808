"""The downloader of WHOIS, on real connections to the lab: one line, in limits, to nobody inside."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from mantis_crawler.lab.whois import IANA, REGISTRY, WhoisServers
from mantis_crawler.lab.world import World
from mantis_crawler.middlewares import whois
from mantis_crawler.middlewares.whois import WhoisHandler

WORLD = World(1)


def downloaded(url: str, *, lab: bool = True) -> tuple[Response, list[tuple[str, str]]]:
    async def run() -> Response:
        await servers.start()
        try:
            meta = {"mantis_whois_ports": servers.ports} if lab else {}
            return await WhoisHandler(get_crawler()).download_request(Request(url, meta=meta))
        finally:
            await servers.close()

    servers = WhoisServers(WORLD)
    return asyncio.run(run()), servers.asked


def test_a_line_is_sent_and_the_text_comes_back() -> None:
    domain = WORLD.case.domains[0]
    response, asked = downloaded(f"whois://{REGISTRY}/domain%20{domain}")
    assert (response.status, asked) == (200, [(REGISTRY, f"domain {domain}")])
    assert domain.upper().encode() in response.body
    assert b"refer" in downloaded(f"whois://{IANA}/com")[0].body


@pytest.mark.parametrize("path", ["", "a.com%0D%0Ab.com", "a.com%00"])
def test_nothing_but_one_line_is_sent(path: str) -> None:
    with pytest.raises(DownloadFailedError, match="one line"):
        downloaded(f"whois://{REGISTRY}/{path}")


def test_a_server_that_does_not_end_is_cut_and_one_that_hangs_up_has_not_answered() -> None:
    with pytest.raises(DownloadFailedError, match="more than 65536 bytes"):
        downloaded(f"whois://{REGISTRY}/fault-endless.com")
    with pytest.raises(DownloadFailedError, match="without a word"):
        downloaded(f"whois://{REGISTRY}/fault-html-502.com")


def test_a_server_that_is_slow_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whois, "_SECONDS", 0.2)
    with pytest.raises(DownloadFailedError, match="did not answer"):
        downloaded(f"whois://{REGISTRY}/fault-slow.com")


def test_in_the_lab_there_is_no_way_to_any_other_server() -> None:
    with pytest.raises(DownloadFailedError, match="the lab has no WHOIS server"):
        downloaded("whois://whois.verisign-grs.com/a.com")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_server_inside_our_network_is_not_connected_to(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected: list[object] = []

    async def run(download: Callable[[Request], Awaitable[Response]]) -> None:
        loop = asyncio.get_running_loop()

        async def found(*_given: object, **_more: object) -> list[object]:
            return [(0, 0, 0, "", ("8.8.8.8", 43)), (0, 0, 0, "", (address, 43))]

        async def dialled(*given: object) -> None:
            connected.append(given)

        monkeypatch.setattr(loop, "getaddrinfo", found)
        monkeypatch.setattr(asyncio, "open_connection", dialled)
        await download(Request("whois://whois.evil.example/a.com"))

    with pytest.raises(DownloadFailedError, match="no public address"):
        asyncio.run(run(WhoisHandler(get_crawler()).download_request))
    assert connected == []
