import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.items import (
    Artifact,
    Hold,
    Indicator,
    IndicatorType,
    Role,
    Skip,
    SkipReason,
    Step,
    to_json,
)
from mantis_crawler.sources.base import Entry
from mantis_crawler.sources.jsonl import Jsonl
from tests.builders import an_indicator

SEED = an_indicator(
    "evil.com", role=Role.PAYLOAD, context={"comment": "Ünïcode \u2028 \U0001f600"}, country="fr"
)
ARTIFACTS = [
    Artifact(
        url="https://a.com/x",
        host="a.com",
        indicator=SEED,
        expansion=(Step(pivot="reverse_ip", value="1.2.3.4"), Step(pivot="redirect", value="b.com")),
        country="fr",
    ),
    Artifact(url="http://[2606:4700::1]:8080/", host="2606:4700::1", indicator=SEED),
    Artifact(url="http://1.2.3.4/", host="1.2.3.4", indicator=SEED, hold=Hold.C2),
    Artifact(url=None, host="", indicator=an_indicator("d" * 32, type=IndicatorType.HASH), hold=Hold.HASH),
]


def read(text: str) -> list[Entry]:
    assert Jsonl().recognises(text) > 0.5
    return [*Jsonl().read(text, "feed.jsonl")]


def one(plain: object) -> Entry:
    (entry,) = read(json.dumps(plain))
    return entry


def test_artifacts_come_back_as_they_were_written() -> None:
    assert read("\n".join(map(to_json, ARTIFACTS))) == ARTIFACTS


def test_a_list_of_artifacts_is_read_too() -> None:
    text = "[" + ",\n".join(map(to_json, ARTIFACTS)) + "]\n"
    assert [entry for entry in read(text) if isinstance(entry, Artifact)] == ARTIFACTS


@pytest.mark.parametrize(
    ("plain", "value", "kind"),
    [
        ({"url": "hxxp://a[.]com/x"}, "http://a.com/x", IndicatorType.URL),
        ({"host": "A.com"}, "a.com", IndicatorType.HOST),
        ({"domain": "a[.]com"}, "a.com", IndicatorType.HOST),
        ({"ip": "1.2.3[.]4"}, "1.2.3.4", IndicatorType.IP),
        ({"value": "d" * 64}, "d" * 64, IndicatorType.HASH),
        ({"indicator": "a.com"}, "a.com", IndicatorType.HOST),
        ({"pattern": "[domain-name:value = 'a.com']"}, "a.com", IndicatorType.HOST),
    ],
)
def test_a_simple_object_is_an_indicator(plain: dict[str, str], value: str, kind: IndicatorType) -> None:
    entry = one(plain)
    assert isinstance(entry, Indicator)
    assert (entry.value, entry.type, entry.line, entry.feed) == (value, kind, 1, "feed.jsonl")


def test_role_country_and_other_fields_are_kept() -> None:
    entry = one({"ip": "1.2.3.4", "role": "dead_drop", "country": "JP", "score": 7, "deep": {"a": 1}})
    assert isinstance(entry, Indicator)
    assert (entry.role, entry.country) == (Role.DEAD_DROP, "jp")
    assert entry.context == {"role": "dead_drop", "country": "JP", "score": "7"}


def test_an_object_with_an_expansion_is_an_artifact() -> None:
    steps = [{"pivot": "reverse_ip", "value": "1.2.3.4"}]
    entry = one({"host": "a.com", "indicator": "1.2.3.4", "expansion": steps})
    assert isinstance(entry, Artifact)
    assert (entry.url, entry.host, entry.hold) == ("http://a.com/", "a.com", None)
    assert (entry.indicator.value, entry.indicator.type) == ("1.2.3.4", IndicatorType.IP)
    assert entry.expansion == (Step(pivot="reverse_ip", value="1.2.3.4"),)


def test_an_expanded_c2_server_is_held() -> None:
    entry = one({"ip": "1.2.3.4", "role": "MoqHao C2 server", "indicator": "a.com"})
    assert isinstance(entry, Artifact)
    assert entry.hold is Hold.C2


def _edited(**changes: object) -> str:
    return json.dumps(json.loads(to_json(ARTIFACTS[0])) | changes)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", SkipReason.BLANK),
        ('{"url": "http://a.com/"', SkipReason.UNREADABLE),
        ("not json", SkipReason.UNREADABLE),
        ("[1, 2]", SkipReason.UNREADABLE),
        ("{}", SkipReason.UNREADABLE),
        ('{"url": 5}', SkipReason.UNREADABLE),
        ('{"host": "10.0.0.1"}', SkipReason.NOT_PUBLIC),
        ('{"host": "*.a.com"}', SkipReason.PATTERN),
        ('{"url": "\\ud800"}', SkipReason.NO_INDICATOR),
        ('{"x": ' + "[" * 20_000, SkipReason.UNREADABLE),
        ('{"x": ' + "[" * 20_000 + "]" * 20_000 + "}", SkipReason.UNREADABLE),
        ('{"x": ' + "9" * 5_000 + "}", SkipReason.UNREADABLE),
        ('{"x": "' + "a" * 100_000 + '"}', SkipReason.TOO_LONG),
        (_edited(url="http://other.com/"), SkipReason.UNREADABLE),
        (_edited(url="javascript:alert(1)"), SkipReason.NO_INDICATOR),
        (_edited(url="http://127.0.0.1/", host="127.0.0.1"), SkipReason.NOT_PUBLIC),
        (_edited(url=None), SkipReason.UNREADABLE),
        (_edited(hold="whim"), SkipReason.UNREADABLE),
        (_edited(country="\ud800"), SkipReason.UNREADABLE),
        (_edited(indicator={}), SkipReason.UNREADABLE),
    ],
)
def test_a_line_that_gives_nothing_says_why(line: str, reason: SkipReason) -> None:
    good = '{"host": "a.com"}'
    entries = read(f"{good}\n{good}\n{line}\n{good}")
    assert [type(entry) for entry in entries] == [Indicator, Indicator, Skip, Indicator]
    assert isinstance(entries[2], Skip)
    assert (entries[2].reason, entries[2].line) == (reason, 3)
    assert len(entries[2].raw) <= 200


def test_a_document_of_strings_is_read_with_its_lines() -> None:
    entries = read('[\n  "a.com",\n\n  "hxxp://b[.]com/x"\n]\n')
    found = [(entry.value, entry.line) for entry in entries if isinstance(entry, Indicator)]
    assert found == [("a.com", 2), ("http://b.com/x", 4)]
    assert [(entry.line, entry.reason) for entry in entries if isinstance(entry, Skip)] == [
        (1, SkipReason.HEADER),
        (3, SkipReason.BLANK),
        (5, SkipReason.HEADER),
    ]


def test_an_event_of_misp_gives_its_attributes() -> None:
    attributes = [
        {"type": "domain", "value": "a.com", "comment": "C2"},
        {"type": "filename", "value": "/var/tmp/.pipe.sock", "comment": ""},
        {"type": "text", "value": "Linux/SSHDoor.BE", "comment": ""},
    ]
    entries = read(json.dumps({"Event": {"info": "x.com", "Attribute": attributes}}, indent=1))
    assert [(e.value, e.role) for e in entries if isinstance(e, Indicator)] == [("a.com", Role.C2)]


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists) | st.text()
)
def test_no_json_raises(plain: object) -> None:
    [*Jsonl().read(json.dumps(plain), "feed.jsonl")]


@given(
    st.dictionaries(
        st.sampled_from(
            ["url", "indicator", "host", "expansion", "pattern", "objects", "Event", "response", "role"]
        ),
        st.recursive(
            st.none() | st.text(max_size=5) | st.just("a.com") | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["Attribute", "pivot", "value", "Object"]), inner, max_size=3
                )
            ),
            max_leaves=6,
        ),
    )
)
def test_no_object_raises(plain: dict[str, object]) -> None:
    assert [*Jsonl().read(json.dumps(plain), "feed.jsonl")]
    assert [*Jsonl().read(json.dumps(plain) + "\n{}", "feed.jsonl")]
