"""Each provider's request, and how it reads what its documentation says that it answers."""

import json
from importlib.util import find_spec
from typing import Any

import pytest

from mantis_crawler import providers
from mantis_crawler.catalog import discover
from mantis_crawler.items import (
    Ask,
    Category,
    DnsRecord,
    Failure,
    Logged,
    Picture,
    Place,
    Question,
    Registration,
    Reputation,
    Sight,
    Threat,
)
from mantis_crawler.lab.providers.opinions import png
from mantis_crawler.providers.base import Call, KeyPlace, Page, Provider, ProviderError

SHELF: dict[str, Provider] = {
    name: provider
    for name, provider in discover(providers, Provider).items()  # type: ignore[type-abstract]
    # a file of the user's own is asked nothing; the other needs a package that need not be there
    if provider.hosts and (name != "whois" or find_spec("asyncwhois"))
}


def asked(name: str, ask: Ask, subject: str, **more: Any) -> tuple[Question, Call]:
    question = Question(ask=ask, subject=subject, **more)
    call = SHELF[name].call(question)
    assert call is not None
    return question, call


def read(name: str, ask: Ask, subject: str, answer: Any, *, status: int = 200, step: str = "") -> Page:
    question, call = asked(name, ask, subject)
    body = answer if isinstance(answer, str) else json.dumps(answer)
    call = Call(url=call.url, step=step or call.step)
    return SHELF[name].page(question, call, body, status)


def test_reverse_ip_reads_times_in_both_spellings_and_ends_at_a_short_page() -> None:
    rows = [
        {"name": "a.duckdns.org", "first_seen": "1640995200", "last_visit": 1667260800, "wildcard": None},
        {"name": "", "first_seen": None},
    ]
    page = read(
        "whoisxml_reverse_ip", Ask.NAMES_AT, "5.6.7.8", {"current_page": "1", "size": 2, "result": rows}
    )
    assert page.findings == (
        Sight(value="a.duckdns.org", first="2022-01-01T00:00:00Z", last="2022-11-01T00:00:00Z"),
    )
    assert page.next is None


def test_reverse_ip_goes_on_from_the_last_name_of_a_full_page() -> None:
    rows = [{"name": f"n{number:03}.example.com"} for number in range(300)]
    page = read("whoisxml_reverse_ip", Ask.NAMES_AT, "5.6.7.8", {"size": 300, "result": rows})
    assert page.next is not None
    assert "from=n299.example.com" in page.next.url


def test_reverse_ip_is_not_asked_of_ipv6() -> None:
    question = Question(ask=Ask.NAMES_AT, subject="2a00:1450::1")
    assert SHELF["whoisxml_reverse_ip"].call(question) is None


@pytest.mark.parametrize(
    ("name", "ask", "count"),
    [
        ("whoisxml_history", Ask.REGISTRATIONS, "recordsCount"),
        ("whoisxml_reverse_whois", Ask.REGISTERED_BY, "domainsCount"),
    ],
)
def test_a_free_preview_comes_first_and_nothing_is_bought_where_there_is_none_or_too_much(
    name: str, ask: Ask, count: str
) -> None:
    question, call = asked(name, ask, "xpddg.com", too_many=1000)
    assert (call.cost, SHELF[name].price(question)) == (0, 50)
    some = SHELF[name].page(question, call, json.dumps({count: 2}), 200).next
    assert some is not None
    assert (some.cost, some.step) == (50, "purchase")
    for much in (0, 1000, 10_000_000):
        page = SHELF[name].page(question, call, json.dumps({count: much}), 200)
        assert (page.next, page.total) == (None, much)


def test_whois_history_tells_registrants_registrar_and_times() -> None:
    contact = {"name": "Sam Sample", "organization": "", "email": "sam@example.test", "country": ""}
    row = {
        "domainName": "xpddg.com",
        "createdDateISO8601": "2022-01-02T03:04:05+02:00",
        "updatedDateISO8601": "",
        "audit": {"createdDate": "2018-06-17 11:23:51.000 UTC", "updatedDate": ""},
        "nameServers": ["NS1.EXAMPLE.NET"],
        "registrarName": "Made Registrar",
        "status": ["ok"],
        "registrantContact": contact,
        "administrativeContact": {},
    }
    page = read(
        "whoisxml_history",
        Ask.REGISTRATIONS,
        "xpddg.com",
        {"recordsCount": 1, "records": [row]},
        step="purchase",
    )
    (found,) = page.findings
    assert isinstance(found, Registration)
    assert (found.registrant.name, found.registrant.email) == ("Sam Sample", "sam@example.test")
    assert (found.created, found.updated, found.seen) == (
        "2022-01-02T01:04:05Z",
        "",
        "2018-06-17T11:23:51Z",
    )
    assert (found.name_servers, found.registrar) == (("ns1.example.net",), "Made Registrar")


def test_reverse_whois_goes_on_where_it_is_told_to_and_reads_both_kinds_of_rows() -> None:
    rows = ["a.example", {"domainName": "b.example", "audit": {"createdDate": "2021-01-10T18:52:41+00:00"}}]
    answer = {"nextPageSearchAfter": 12345, "domainsCount": 2, "domainsList": rows}
    page = read("whoisxml_reverse_whois", Ask.REGISTERED_BY, "sam@example.test", answer, step="purchase")
    assert page.findings == (Sight(value="a.example"), Sight(value="b.example", first="2021-01-10T18:52:41Z"))
    assert page.next is not None
    assert json.loads(page.next.body)["searchAfter"] == 12345


def test_whois_takes_the_registrys_facts_where_the_registrar_tells_none() -> None:
    registry = {"createdDate": "2022-01-02T03:04:05Z", "nameServers": {"hostNames": ["NS1.X.NET."]}}
    record = {"domainName": "x.de", "createdDate": "", "registryData": registry, "status": "ok hold"}
    (found,) = read("whoisxml_whois", Ask.REGISTRATION, "x.de", {"WhoisRecord": record}).findings
    assert isinstance(found, Registration)
    assert (found.created, found.status) == ("2022-01-02T03:04:05Z", ("ok", "hold"))
    assert found.name_servers == ("ns1.x.net",)
    missing = {"WhoisRecord": {"domainName": "x.de", "dataError": "MISSING_WHOIS_DATA"}}
    assert read("whoisxml_whois", Ask.REGISTRATION, "x.de", missing).findings == ()


def test_threat_intelligence_reads_seconds_and_iso_times() -> None:
    rows = [
        {"value": "a.com", "iocType": "domain", "threatType": "phishing", "firstSeen": 1640995200},
        {"value": "a.com", "iocType": "domain", "threatType": "c2", "firstSeen": "2022-01-02T00:00:00Z"},
    ]
    page = read("whoisxml_threat_intelligence", Ask.KNOWN_BAD, "a.com", {"total": 2, "results": rows})
    assert page.findings == (
        Threat(value="a.com", kind="phishing", first="2022-01-01T00:00:00Z"),
        Threat(value="a.com", kind="c2", first="2022-01-02T00:00:00Z"),
    )


def test_geolocation_tells_country_and_network() -> None:
    answer = {
        "ip": "5.6.7.8",
        "location": {"country": "KR", "city": "Seoul"},
        "as": {"asn": 64500, "name": "EXAMPLE-AS"},
        "isp": "Example Telecom",
    }
    page = read("whoisxml_geolocation", Ask.PLACE, "5.6.7.8", answer)
    assert page.findings == (
        Place(address="5.6.7.8", country="kr", asn=64500, network="EXAMPLE-AS", provider="Example Telecom"),
    )


BOOTSTRAP = {
    "services": [[["com"], ["http://old.example/", "https://rdap.example/v1"]], [["co.uk"], ["https://uk/"]]]
}


def test_rdap_asks_the_registry_that_the_list_names_by_https() -> None:
    page = read("rdap", Ask.REGISTRATION, "a.com", BOOTSTRAP)
    assert page.next is not None
    assert page.next.url == "https://rdap.example/v1/domain/a.com"
    with pytest.raises(ProviderError, match="no RDAP"):
        read("rdap", Ask.REGISTRATION, "a.zz", BOOTSTRAP)


def test_rdap_reads_events_cards_and_name_servers_and_takes_404_for_none() -> None:
    card = ["vcard", [["fn", {}, "text", "Made Registrar"], ["adr", {"cc": "IS"}, "text", ["", ""]]]]
    answer = {
        "objectClassName": "domain",
        "ldhName": "A.COM",
        "events": [{"eventAction": "registration", "eventDate": "2022-01-02T03:04:05Z"}],
        "entities": [{"roles": ["registrar"], "vcardArray": card}, {"roles": ["registrant"]}, "nonsense"],
        "nameservers": [{"ldhName": "NS1.A.COM."}],
    }
    (found,) = read("rdap", Ask.REGISTRATION, "a.com", answer, step="domain").findings
    assert isinstance(found, Registration)
    assert (found.domain, found.registrar, found.created) == (
        "a.com",
        "Made Registrar",
        "2022-01-02T03:04:05Z",
    )
    assert found.name_servers == ("ns1.a.com",)
    none = read("rdap", Ask.REGISTRATION, "a.com", {}, status=404, step="domain")
    assert (none.findings, none.total) == ((), 0)


def test_crtsh_reads_all_names_of_a_certificate() -> None:
    row = {
        "id": 1,
        "name_value": "A.evil.com\n*.evil.com",
        "not_before": "2022-01-05T00:00:00",
        "serial_number": "0a",
    }
    page = read("crtsh", Ask.CERTIFICATES, "evil.com", [row])
    assert page.findings == (
        Logged(names=("a.evil.com", "*.evil.com"), id="0a", first="2022-01-05T00:00:00Z"),
    )


def test_mnemonic_trusts_its_own_code_more_than_http() -> None:
    row = {"query": "a.com", "answer": "5.6.7.8", "rrtype": "a", "firstSeenTimestamp": 1640995200000}
    good = {"responseCode": 200, "count": 5000, "data": [row, {**row, "rrtype": "txt"}]}
    page = read("mnemonic", Ask.NAMES_AT, "5.6.7.8", good)
    assert page.findings == (Sight(value="a.com", first="2022-01-01T00:00:00Z"),)
    assert (page.total, page.cut) == (5000, True)
    with pytest.raises(ProviderError) as caught:
        read("mnemonic", Ask.NAMES_AT, "5.6.7.8", {"responseCode": 402, "data": []})
    assert caught.value.failure is Failure.NO_CREDIT


def test_circl_reads_rdata_as_text_or_list_and_never_asks_actively() -> None:
    lines = [
        {"rrname": "a.com", "rrtype": "A", "rdata": ["5.6.7.8", "5.6.7.9"], "time_first": 1640995200},
        {"rrname": "a.com", "rrtype": "A", "rdata": "5.6.7.8"},
        {"rrname": "a.com", "rrtype": "MX", "rdata": "mx.a.com"},
    ]
    body = "\n".join(map(json.dumps, lines))
    page = read("circl", Ask.ADDRESSES_OF, "a.com", body)
    assert [found.value for found in page.findings if isinstance(found, Sight)] == ["5.6.7.8", "5.6.7.9"]
    _, call = asked("circl", Ask.ADDRESSES_OF, "a.com")
    assert ("dribble-disable-active-query", "1") in call.headers


def test_a_dnsdb_stream_without_its_last_line_is_no_answer() -> None:
    row = {"obj": {"rrname": "a.com.", "rrtype": "A", "rdata": ["5.6.7.8"], "time_first": 1640995200}}
    whole = [{"cond": "begin"}, row, {"cond": "limited", "msg": "Result limit reached"}]
    page = read("dnsdb", Ask.NAMES_AT, "5.6.7.8", "\n".join(map(json.dumps, whole)))
    assert page.findings == (Sight(value="a.com", first="2022-01-01T00:00:00Z"),)
    assert page.cut
    with pytest.raises(ProviderError, match="last line is missing"):
        read("dnsdb", Ask.NAMES_AT, "5.6.7.8", "\n".join(map(json.dumps, whole[:-1])))


def test_abuse_ch_says_what_counts_in_query_status() -> None:
    url = {"url": "http://a.com/x.apk", "threat": "malware_download", "date_added": "2022-01-01 00:00:00 UTC"}
    page = read("urlhaus", Ask.KNOWN_BAD, "a.com", {"query_status": "ok", "urls": [url]})
    assert page.findings == (
        Threat(value="http://a.com/x.apk", kind="malware_download", first="2022-01-01T00:00:00Z"),
    )
    ioc = {
        "ioc": "a.com",
        "malware_printable": "MoqHao",
        "first_seen": "2022-01-01 00:00:00 UTC",
        "last_seen": None,
    }
    fox = read("threatfox", Ask.KNOWN_BAD, "a.com", {"query_status": "ok", "data": [ioc]})
    assert fox.findings == (Threat(value="a.com", kind="MoqHao", first="2022-01-01T00:00:00Z"),)
    assert read("urlhaus", Ask.KNOWN_BAD, "a.com", {"query_status": "no_results"}).findings == ()
    with pytest.raises(ProviderError) as caught:
        read("threatfox", Ask.KNOWN_BAD, "a.com", {"query_status": "unknown_auth_key"})
    assert caught.value.failure is Failure.REFUSED


ENVELOPES = [
    (
        {"code": 403, "messages": "Access restricted. Check credits balance or enter the correct API key."},
        Failure.REFUSED,
    ),
    ({"code": 422, "messages": {"ip": ["is invalid"]}}, Failure.REJECTED),
    ({"ErrorMessage": {"errorCode": "WHOIS_01", "msg": "x is invalid"}}, Failure.REJECTED),
    ({"ErrorMessage": {"errorCode": "API_KEY_05", "msg": "ApiKey authenticate failed"}}, Failure.REFUSED),
    ({"code": 402, "error": "Insufficient balance"}, Failure.NO_CREDIT),
    ({"response": {"error": "Authorisation or authentication failed"}}, Failure.REFUSED),
    ({"response": {"errors": ["Insufficient balance"]}}, Failure.NO_CREDIT),
]


@pytest.mark.parametrize(("answer", "failure"), ENVELOPES)
@pytest.mark.parametrize("name", [name for name in SHELF if name.startswith("whoisxml")])
def test_each_envelope_of_errors_is_one_even_with_status_200(
    name: str, answer: Any, failure: Failure
) -> None:
    ask = min(SHELF[name].asks)
    with pytest.raises(ProviderError) as caught:
        read(name, ask, "5.6.7.8", answer)
    assert caught.value.failure is failure


BODIES = [
    "",
    "<!DOCTYPE html><html>busy</html>",
    "<?xml version='1.0'?><a/>",
    '{"result": [{"na',
    "[]",
    "{}",
    "null",
    "[" * 100_000,
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", [*SHELF])
def test_what_is_no_answer_is_never_nothing_there(name: str, body: str) -> None:
    empty_is_an_answer = {("crtsh", "[]"), ("circl", "")}
    ask = min(SHELF[name].asks)
    if (name, body) in empty_is_an_answer:
        assert read(name, ask, "a.example.com", body).findings == ()
        return
    with pytest.raises(ProviderError) as caught:
        read(name, ask, "5.6.7.8", body)
    assert caught.value.failure in {Failure.UNREADABLE, Failure.UNREACHABLE}


@pytest.mark.parametrize("name", [*SHELF])
def test_a_request_holds_no_key_and_goes_to_the_providers_own_host_by_https(name: str) -> None:
    provider = SHELF[name]
    for ask in provider.asks:
        _, call = asked(name, ask, "5.6.7.8")
        scheme = "whois" if name == "whois" else "https"
        assert call.url.startswith(tuple(f"{scheme}://{host}/" for host in provider.hosts))
        assert provider.keyed.field not in call.body + call.url or not provider.keyed.field
    assert bool(provider.keyed.key) == (provider.keyed.place is not KeyPlace.NONE) == bool(provider.about.get)


@pytest.mark.parametrize(
    "subject", ["a b&apiKey=x", "../../etc/passwd", "x?y#z", "ü.example", "x" * 300 + ".com"]
)
@pytest.mark.parametrize("name", [*SHELF])
def test_no_subject_gets_out_of_its_place_in_a_request(name: str, subject: str) -> None:
    for ask in SHELF[name].asks:
        call = SHELF[name].call(Question(ask=ask, subject=subject))
        if call is None:  # it is not asked at all
            continue
        assert " " not in call.url
        assert "&apiKey=" not in call.url
        assert "/etc/" not in call.url
        assert "#" not in call.url


def test_dns_lookup_reads_each_type_by_its_own_name() -> None:
    rows = [
        {"type": 1, "dnsType": "A", "name": "a.com.", "ttl": 60, "address": "5.6.7.8"},
        {"type": 5, "dnsType": "CNAME", "name": "a.com.", "ttl": 60, "target": "B.com."},
        {
            "type": 6,
            "dnsType": "SOA",
            "name": "a.com.",
            "host": "ns1.a.com.",
            "admin": "x.a.com.",
            "serial": 1,
        },
        {"type": 16, "dnsType": "TXT", "name": "a.com.", "strings": ["v=spf1 ", "-ALL."]},
        "nonsense",
    ]
    page = read(
        "whoisxml_dns", Ask.RECORDS, "a.com", {"DNSData": {"domainName": "a.com", "dnsRecords": rows}}
    )
    assert page.findings == (
        DnsRecord(type="A", value="5.6.7.8", ttl=60),
        DnsRecord(type="CNAME", value="b.com", ttl=60),
        DnsRecord(type="SOA", value="ns1.a.com"),
        DnsRecord(type="TXT", value="v=spf1 -ALL."),
    )
    none = read("whoisxml_dns", Ask.RECORDS, "a.com", {"DNSData": {"domainName": "a.com", "types": [1]}})
    assert (none.findings, none.total) == ((), 0)


def test_reputation_tells_score_warnings_and_whether_lists_of_malware_have_the_name() -> None:
    warning = {"warningDescription": "Listed as phishing", "warningCode": 6015}
    tests = [
        {"test": "Malware Databases check", "testCode": 82, "warnings": [warning]},
        {"test": "SSL", "testCode": 87, "warnings": ["old spelling"]},
        {"test": "WHOIS", "testCode": 93, "warnings": []},
    ]
    answer = {"mode": "fast", "reputationScore": 42.5, "testResults": tests}
    (found,) = read("whoisxml_reputation", Ask.REPUTATION, "a.com", answer).findings
    assert found == Reputation(
        score=42.5, warnings=("Malware Databases check: Listed as phishing", "SSL: old spelling"), listed=True
    )
    (clean,) = read("whoisxml_reputation", Ask.REPUTATION, "a.com", {"reputationScore": 100}).findings
    assert clean == Reputation(score=100)


def test_categories_come_the_surest_first() -> None:
    rows = [
        {"id": 5, "name": "News", "confidence": 0.6},
        {"id": 6, "name": "Gambling", "confidence": 0.9},
        {"id": 7, "name": "", "confidence": 0.99},
        {"id": 8, "name": "Unsure"},
    ]
    page = read(
        "whoisxml_categories", Ask.CATEGORIES, "a.com", {"categories": rows, "websiteResponded": True}
    )
    assert page.findings == (
        Category(name="Gambling", confidence=0.9),
        Category(name="News", confidence=0.6),
        Category(name="Unsure"),
    )


def test_a_screenshot_is_taken_as_bytes_if_it_is_whole() -> None:
    picture = png(4, 4, b"abc")
    _, call = asked("whoisxml_screenshot", Ask.PICTURE, "http://a.com/?id=1&x=#y")
    assert "url=http%3A%2F%2Fa.com%2F%3Fid%3D1%26x%3D%23y" in call.url
    page = read("whoisxml_screenshot", Ask.PICTURE, "http://a.com/", call.decoded(picture))
    assert page.findings == (Picture(png=picture),)
    with pytest.raises(ProviderError, match="cut off"):
        read("whoisxml_screenshot", Ask.PICTURE, "http://a.com/", call.decoded(picture[:-20]))
    with pytest.raises(ProviderError, match="no picture"):
        read("whoisxml_screenshot", Ask.PICTURE, "http://a.com/", "{}")


ORDER = {"response": {"id": 7}}
ROW = {"id": 7, "ready": 1, "total_terms": 2}


def bulk(answer: Any, step: str) -> Page:
    return read("whoisxml_geolocation_bulk", Ask.PLACES, "5.6.7.8 5.6.7.9", answer, step=step)


def test_an_order_of_addresses_costs_as_many_credits_and_is_fetched_when_it_is_ready() -> None:
    _, call = asked("whoisxml_geolocation_bulk", Ask.PLACES, "5.6.7.8 5.6.7.9")
    assert (call.cost, json.loads(call.body)["terms"]) == (2, ["5.6.7.8", "5.6.7.9"])
    look = bulk(ORDER, "request").next
    assert look is not None
    assert (look.cost, look.kept, look.wait > 0) == (0, False, True)

    def after(rows: list[Any], page: int = 1, last: int = 1) -> tuple[str, Any]:
        listed = {"response": {"current_page": page, "last_page": last, "data": rows}}
        further = bulk(listed, look.step).next
        assert further is not None
        return further.step, json.loads(further.body).get("page")

    assert after([ROW]) == ("completed", None)
    assert after([{**ROW, "ready": 0}]) == ("list 7", 1)
    assert after([{"id": 6, "ready": 1}], 1, 3) == ("list 7", 2)
    assert after([], 3, 3) == ("list 7", 1)


def test_what_an_order_holds_is_kept_as_if_each_address_had_been_asked_about_alone() -> None:
    rows = [
        [{"ip": one, "location": {"country": "KR"}, "as": None, "isp": "X", "term": one}]
        for one in ("5.6.7.8", "5.6.7.9")
    ]
    page = bulk({"response": rows}, "completed")
    assert page.findings == tuple(
        Place(address=one, country="kr", provider="X") for one in ("5.6.7.8", "5.6.7.9")
    )
    _, alone = asked("whoisxml_geolocation", Ask.PLACE, "5.6.7.9")
    assert (page.others[1].provider, page.others[1].call) == ("whoisxml_geolocation", alone)
    again = read("whoisxml_geolocation", Ask.PLACE, "5.6.7.9", page.others[1].body)
    assert again.findings == (page.findings[1],)


def test_an_address_without_a_place_takes_none_of_the_order_with_it() -> None:
    rows = [[{"term": "5.6.7.8"}], [{"location": {"country": "KR"}, "term": "5.6.7.9"}]]
    assert bulk({"response": rows}, "completed").findings == (Place(address="5.6.7.9", country="kr"),)
