import pytest

from mantis_crawler.items import Indicator, IndicatorType, Role, Skip, SkipReason
from mantis_crawler.sources.base import Entry
from mantis_crawler.sources.csv import Csv
from mantis_crawler.sources.text import Text

MD5, SHA1 = "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709"
SEKOIA = "type,ioc,comment\nip,134.119.193[.]106,Android payload server\nip,1.2.3[.]4,MoqHao C2 server\n"


def read(text: str) -> list[Entry]:
    assert Csv().recognises(text) > Text().recognises(text), "the table is taken for text"
    return [*Csv().read(text, "feed.csv")]


def indicators(text: str) -> list[Indicator]:
    return [entry for entry in read(text) if isinstance(entry, Indicator)]


def skips(text: str) -> list[tuple[int, SkipReason]]:
    return [(entry.line, entry.reason) for entry in read(text) if isinstance(entry, Skip)]


def test_a_row_becomes_an_indicator_with_role_and_context() -> None:
    first, second = indicators(SEKOIA)
    assert first == Indicator(
        value="134.119.193.106",
        raw="134.119.193[.]106",
        type=IndicatorType.IP,
        role=Role.PAYLOAD,
        feed="feed.csv",
        line=2,
        context={"type": "ip", "comment": "Android payload server"},
    )
    assert second.role is Role.C2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("header", [0, 1])
def test_any_delimiter_and_column_order_reads_the_same(
    delimiter: str, order: tuple[int, ...], header: int
) -> None:
    table = [("Type ", " IOC", "Comment")] * header + [
        ("domain", "a[.]com", "phishing page"),
        ("ip", "1.2.3[.]4", "the C2"),
        ("url", "hxxp://b[.]com/x", ""),
    ]
    text = "\n".join(delimiter.join(row[place] for place in order) for row in table)
    assert [(item.value, item.role) for item in indicators(text)] == [
        ("a.com", Role.PHISHING),
        ("1.2.3.4", Role.C2),
        ("http://b.com/x", Role.LANDING),
    ]
    assert [item.line for item in indicators(text)] == [line + header for line in (1, 2, 3)]


def test_a_commented_header_names_the_columns() -> None:
    text = (
        "################\n# ThreatFox export\n################\n#\n"
        '# "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","reference"\n'
        '"2026-01-01 10:00:00", "1", "1.2.3.4:443", "ip:port", "botnet_cc", "https://blog.com/a"\n'
        '"2026-01-01 10:00:00", "2", "evil.com", "domain", "payload_delivery", "https://blog.com/a"\n'
        f'"2026-01-01 10:00:00", "3", "{MD5}", "md5_hash", "payload", "https://blog.com/b"\n'
        "# Number of entries: 3\n"
    )
    found = indicators(text)
    assert [(item.value, item.role) for item in found] == [
        ("1.2.3.4", Role.C2),
        ("evil.com", Role.PAYLOAD),
        (MD5, Role.SAMPLE),
    ]
    assert found[0].context["reference"] == "https://blog.com/a"
    assert found[0].context["port"] == "443"
    assert skips(text) == [
        (1, SkipReason.COMMENT),
        (2, SkipReason.COMMENT),
        (3, SkipReason.COMMENT),
        (4, SkipReason.COMMENT),
        (5, SkipReason.HEADER),
        (9, SkipReason.COMMENT),
    ]


def test_a_column_of_references_is_no_column_of_values() -> None:
    text = (
        "Link, IOC, From\nhttps://blog.com/a, evil.com, 2022-01-01\nhttps://blog.com/a, two.com, 2022-01-02\n"
    )
    assert [item.value for item in indicators(text)] == ["evil.com", "two.com"]


def test_a_list_of_phishing_urls_with_dates_and_brands_is_read() -> None:
    text = "date,URL,description\n2022/01/04 14:58:00,http://gdoqyojeqi.duckdns.org,au\n"
    (found,) = indicators(text)
    assert (found.value, found.context["description"]) == ("http://gdoqyojeqi.duckdns.org/", "au")


def test_a_row_falls_back_on_its_other_columns_of_values() -> None:
    text = "url,domain,ip\nhttp://a.com/x,a.com,\n,b.com,\n,,1.2.3.4\nhttp://c.com/,,\n"
    assert [item.value for item in indicators(text)] == [
        "http://a.com/x",
        "b.com",
        "1.2.3.4",
        "http://c.com/",
    ]


def test_a_row_without_a_value_is_skipped_with_its_reason() -> None:
    text = SEKOIA + "ip,,lost\nip,10.0.0.1,inside\n,,\nurl,/x.apk,path\nip,n/a,nothing\n\n"
    assert skips(text) == [
        (1, SkipReason.HEADER),
        (4, SkipReason.NO_INDICATOR),
        (5, SkipReason.NOT_PUBLIC),
        (6, SkipReason.NO_INDICATOR),
        (7, SkipReason.PATH_ONLY),
        (8, SkipReason.NO_INDICATOR),
        (9, SkipReason.BLANK),
    ]


def test_the_type_column_is_believed_for_hashes() -> None:
    text = f"type,value\nmd5,{MD5}\nsha1,{SHA1}\nsha256,{MD5}\nmd5,{'1' * 32}\nSHA-1,{SHA1}\n"
    assert [item.value for item in indicators(text)] == [MD5, SHA1, "1" * 32, SHA1]
    assert skips(text)[-1] == (4, SkipReason.UNREADABLE)


def test_the_victims_country_is_read_where_a_column_says_it() -> None:
    text = "host,country\na.com,FR\nb.com,uk\nc.com,nowhere\nd.com,\n"
    assert [item.country for item in indicators(text)] == ["fr", "gb", None, None]


def test_a_quoted_field_over_several_lines_keeps_the_numbers_right() -> None:
    text = 'ioc,comment\na.com,"one\ntwo, ""quoted""\nthree"\nb.com,x\n'
    found = indicators(text)
    assert [(item.value, item.line) for item in found] == [("a.com", 2), ("b.com", 5)]
    assert found[0].context["comment"] == 'one\ntwo, "quoted"\nthree'
    assert skips(text) == [(1, SkipReason.HEADER), (3, SkipReason.NO_INDICATOR), (4, SkipReason.NO_INDICATOR)]


def test_a_quote_that_never_ends_loses_no_line() -> None:
    text = "ioc,comment\na.com,x\n" + 'b.com,"open\n' + "".join(f"c{n}.com,y\n" for n in range(40))
    assert len(indicators(text)) == 42


def test_a_repeated_header_is_a_header() -> None:
    assert skips(SEKOIA + "type,ioc,comment\nip,1.1.1.1,x\n") == [
        (1, SkipReason.HEADER),
        (4, SkipReason.HEADER),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.com\nb.com\n",
        "http://a.com, http://b.com\n",
        "Dear all,\nplease see evil[.]com, and more.\nThanks\n",
        "a,b,c\n1,2,3\n",
        "|IP |Domain\n|1.2.3.4 |a.com\n|1.2.3.5 |b.com\n",
    ],
)
def test_what_is_no_table_of_values_is_left_to_the_text_reader(text: str) -> None:
    assert Csv().recognises(text) <= Text().recognises(text)
