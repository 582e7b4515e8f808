"""WhoisXML API's own client libraries read what the lab answers; each test is skipped where its is not there.

They are no part of the project: ``pip install --target FOLDER whois-api whois-history reverse-whois
reverse-ip dns-lookup-api domain-reputation screenshot-api website-categorization``, then
``PYTHONPATH=FOLDER pytest tests/lab/test_clients.py``.
"""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from mantis_crawler.lab import Lab

KEY = "at_lab" + "0" * 26
"""As long as a real one: the clients look."""


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    running: list[Lab] = []
    ready, done = Event(), Event()

    async def run() -> None:
        async with await Lab.start() as started:
            running.append(started)
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(60)
    yield running[0]
    done.set()
    thread.join(60)


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead every name to this machine, so that the clients ask for the vendor's hosts and reach the lab."""
    known = socket.getaddrinfo

    def local(_host: Any, port: Any, *given: Any, **more: Any) -> Any:
        return known("127.0.0.1", port, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", local)


def url(lab: Lab, host: str, path: str = "/api/v1") -> str:
    return f"http://{host}.whoisxmlapi.com:{lab.http_port}{path}"


def test_whois(lab: Lab) -> None:
    client = pytest.importorskip("whoisapi").Client(api_key=KEY)
    client.api_requester.base_url = url(lab, "www", "/whoisserver/WhoisService")
    domain = lab.world.case.domains[0]
    record = client.data(domain)
    assert (record.domain_name, record.registrar_name) == (domain, "Proxy Harbour LLC")
    assert record.name_servers.host_names[0] == "NS1.HARBOUR-NAMES.NET"


def test_a_wrong_key_is_an_error_to_the_client_too(lab: Lab) -> None:
    module = pytest.importorskip("whoisapi")
    client = module.Client(api_key="at_" + "1" * 29)
    client.api_requester.base_url = url(lab, "www", "/whoisserver/WhoisService")
    with pytest.raises(module.WhoisApiError):
        client.data("a.com")


def test_whois_history(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    module = pytest.importorskip("whoishistory")
    monkeypatch.setattr(module.ApiClient, "_ApiClient__url_whois", url(lab, "whois-history"))
    client = module.ApiClient(KEY)
    domain = lab.world.case.domains[0]
    assert client.preview(domain) == 2
    names = [record.registrant_contact.name for record in client.purchase(domain)]
    assert names == [lab.world.case.registrant[0], "Domains By Proxy, LLC"]


def test_reverse_whois(lab: Lab) -> None:
    client = pytest.importorskip("reversewhois").Client(KEY, base_url=url(lab, "reverse-whois", "/api/v2"))
    terms = {"include": [lab.world.case.registrant[1]]}
    assert client.preview(basic_terms=terms).domains_count == 7_087
    pages = list(client.iterate_pages(basic_terms=terms, search_type="historic"))
    assert sum(len(page.domains_list) for page in pages) == 7_087


def test_reverse_ip_in_three_pages(lab: Lab) -> None:
    client = pytest.importorskip("reverseip").Client(KEY, base_url=url(lab, "reverse-ip"))
    address = lab.world.case.addresses[0]
    pages = [[row.name for row in page.result] for page in client.iterate_over(address)]
    assert [len(page) for page in pages] == [300, 300, 40]
    assert [name for page in pages for name in page] == list(lab.world.case.at[address])


def test_dns_lookup(lab: Lab) -> None:
    client = pytest.importorskip("dnslookupapi").Client(
        KEY, base_url=url(lab, "www", "/whoisserver/DNSService")
    )
    host = lab.world.case.hosts[0]
    rows = {row.dns_type: row.value for row in client.get(host).dns_records}
    assert rows["A"] == lab.world.case.names[host]
    assert rows["TXT"] == "v=spf1 -all"
    assert rows["SOA"] == "ns1.harbour-names.net."


def test_domain_reputation(lab: Lab) -> None:
    client = pytest.importorskip("domainreputation").Client(
        KEY, base_url=url(lab, "domain-reputation", "/api/v2")
    )
    answer = client.get(lab.world.case.hosts[0])
    assert answer.mode == "fast"
    assert 0 <= answer.reputation_score < 40
    assert {test.test_code for test in answer.test_results} == {82, 93}


def test_website_categorization(lab: Lab) -> None:
    client = pytest.importorskip("websitecategorization").Client(
        KEY, base_url=url(lab, "website-categorization", "/api/v3")
    )
    answer = client.data(lab.world.case.hosts[0])
    assert (answer.domain_name, answer.website_responded) == (lab.world.case.hosts[0], True)
    assert [category.name for category in answer.categories]


def test_screenshot(lab: Lab, tmp_path: Path) -> None:
    client = pytest.importorskip("screenshotapi").Client(KEY, base_url=url(lab, "website-screenshot"))
    path = tmp_path / "seen.png"
    client.get(url=f"http://{lab.world.case.hosts[0]}/", image_type="png", filename=str(path))
    assert path.read_bytes().startswith(b"\x89PNG")
