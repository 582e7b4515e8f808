"""STIX bundles, MISP events and passive DNS, as publishers write them."""

import json
from typing import Any

from mantis_crawler import sources as shelf
from mantis_crawler.catalog import discover
from mantis_crawler.items import Indicator, IndicatorType, Pap, Role, Skip, SkipReason, Tlp
from mantis_crawler.sources.base import Source
from mantis_crawler.sources.feed import Feed, read_text

RED = {
    "type": "marking-definition",
    "id": "marking-definition--1",
    "definition_type": "statement",
    "definition": {"statement": "PAP:RED"},
}


def read(document: Any, *, indent: int | None = 1) -> Feed:
    text = document if isinstance(document, str) else json.dumps(document, indent=indent)
    feed = read_text(text, "feed.json", discover(shelf, Source))  # type: ignore[type-abstract]
    assert {entry.line for entry in (*found(feed), *feed.skips)} == set(range(1, feed.lines + 1))
    return feed


def found(feed: Feed) -> list[Indicator]:
    return [entry for entry in feed.indicators if isinstance(entry, Indicator)]


def refused(feed: Feed) -> list[Skip]:
    return [entry for entry in feed.skips if entry.reason is not SkipReason.HEADER]


def bundle(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"type": "bundle", "id": "bundle--1", "objects": [*objects]}


def indicator(pattern: str, **fields: Any) -> dict[str, Any]:
    return {"type": "indicator", "id": "indicator--1", "pattern": pattern, **fields}


def test_each_comparison_of_a_stix_pattern_is_a_value() -> None:
    feed = read(
        bundle(
            indicator("[domain-name:value = 'evil.com' OR domain-name:value = 'bad.com']"),
            indicator("[ipv4-addr:value = '5.6.7.8'] AND [url:value = 'http://worse.com/a\\'b']"),
            indicator(f"[file:hashes.'SHA-256' = '{'a' * 64}']"),
            indicator("[domain-name:value = 'last.com']"),
        )
    )
    assert [one.value for one in found(feed)] == [
        "evil.com",
        "bad.com",
        "5.6.7.8",
        "http://worse.com/a'b",
        "a" * 64,
        "last.com",
    ]
    lines = [one.line for one in found(feed)]
    assert lines[0] == lines[1] < lines[2] == lines[3] < lines[4] < lines[5]


def test_observables_of_a_bundle_are_values_too() -> None:
    feed = read(
        bundle(
            {"type": "identity", "id": "identity--1", "name": "publisher.com"},
            {"type": "domain-name", "id": "domain-name--1", "value": "evil.com"},
            {"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "5.6.7.8"},
            {"type": "file", "id": "file--1", "hashes": {"MD5": "b" * 32, "SHA-256": "a" * 64}},
        )
    )
    assert [one.value for one in found(feed)] == ["evil.com", "5.6.7.8", "a" * 64]


def test_a_revoked_indicator_is_none() -> None:
    feed = read(
        bundle(
            indicator("[domain-name:value = 'evil.com']", revoked=True),
            indicator("[domain-name:value = 'bad.com']", revoked=False),
        )
    )
    assert [one.value for one in found(feed)] == ["bad.com"]
    assert [skip.detail for skip in refused(feed)] == ["revoked by its author"]


def test_stix_markings_by_the_standards_id_and_by_statement_are_kept() -> None:
    known = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
    feed = read(
        bundle(
            RED,
            indicator("[domain-name:value = 'evil.com']", object_marking_refs=[known, RED["id"]]),
            indicator("[domain-name:value = 'bad.com']"),
        )
    )
    assert [(one.tlp, one.pap) for one in found(feed)] == [(Tlp.AMBER, Pap.RED), (None, None)]


def test_the_role_of_a_stix_indicator_is_read_from_its_words() -> None:
    feed = read(
        bundle(
            indicator("[ipv4-addr:value = '5.6.7.8']", name="MoqHao C2 server"),
            indicator("[domain-name:value = 'evil.com']", labels=["phishing"]),
        )
    )
    assert [one.role for one in found(feed)] == [Role.C2, Role.PHISHING]


def test_a_misp_event_gives_its_values_with_ports_and_markings() -> None:
    attributes = [
        {"type": "domain|ip", "value": "evil.com|5.6.7.8", "comment": "landing page"},
        {"type": "ip-dst|port", "value": "5.6.7.9|8443", "comment": "C2"},
        {"type": "filename|sha256", "value": f"chrome.apk|{'a' * 64}"},
        {"type": "url", "value": "http://bad.com/x", "Tag": [{"name": "PAP:RED"}]},
    ]
    event = {"Event": {"info": "smishing", "Tag": [{"name": "tlp:green"}], "Attribute": attributes}}
    feed = read(event)
    assert [(one.value, one.type, one.role, one.tlp, one.pap) for one in found(feed)] == [
        ("evil.com", IndicatorType.HOST, Role.LANDING, Tlp.GREEN, None),
        ("5.6.7.9", IndicatorType.IP, Role.C2, Tlp.GREEN, None),
        ("a" * 64, IndicatorType.HASH, Role.SAMPLE, Tlp.GREEN, None),
        ("http://bad.com/x", IndicatorType.URL, Role.LANDING, Tlp.GREEN, Pap.RED),
    ]
    assert found(feed)[1].context["port"] == "8443"


def test_what_misp_attributes_say_beside_values_is_no_indicator() -> None:
    attributes = [
        {"type": "link", "category": "External analysis", "value": "https://blog.com/report"},
        {"type": "url", "category": "External analysis", "to_ids": False, "value": "https://blog.com/2"},
        {"type": "email-src", "value": "a@blog.com"},
        {"type": "hostname", "category": "Network activity", "value": "evil.com"},
    ]
    feed = read({"response": [{"Event": {"Attribute": attributes}}]})
    assert [one.value for one in found(feed)] == ["evil.com"]
    assert [skip.detail[:24] for skip in refused(feed)] == [
        "a reference: external an",
        "a reference: external an",
        "an attribute of type ema",
    ]


def test_passive_dns_records_give_their_names() -> None:
    feed = read(
        '{"rrname": "evil.com.", "rrtype": "A", "rdata": ["5.6.7.8"], "time_first": 1640995200, "count": 3}\n'
        '{"rrname": "8.7.6.5.in-addr.arpa", "rrtype": "PTR", "rdata": "bad.com."}\n'
        '{"rrname": "x.worse.com", "rrtype": "CNAME", "rdata": "evil.com"}\n'
    )
    assert [one.value for one in found(feed)] == ["evil.com", "bad.com", "x.worse.com"]
    assert found(feed)[0].context["rdata"] == "5.6.7.8"


def test_broken_members_of_a_bundle_cost_no_other() -> None:
    objects: list[Any] = [
        None,
        "text",
        {"type": "indicator", "pattern": 7},
        {"type": "marking-definition", "id": [], "definition": 3, "extensions": [1]},
        indicator("[domain-name:value = 'evil.com']", object_marking_refs=[{}, None]),
        indicator("[process:pid = 4]"),
    ]
    feed = read({"type": "bundle", "objects": objects})
    assert [one.value for one in found(feed)] == ["evil.com"]
    assert len(refused(feed)) == 1
