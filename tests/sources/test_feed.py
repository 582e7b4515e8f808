import codecs
import contextlib
import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler import sources as shelf
from mantis_crawler.catalog import discover
from mantis_crawler.items import Indicator, SkipReason, to_json
from mantis_crawler.sources.base import FeedError, Source
from mantis_crawler.sources.decode import decode, plain_lines
from mantis_crawler.sources.feed import Feed, choose, read_feed, read_text
from mantis_crawler.sources.lines import BLOCK
from tests.builders import an_artifact

SOURCES = discover(shelf, Source)  # type: ignore[type-abstract]


def feed(data: bytes, folder: Path, name: str = "feed.txt") -> Feed:
    path = folder / name
    path.write_bytes(data)
    return read_feed(path, sources=SOURCES)


def values(read: Feed) -> list[str]:
    return [entry.value for entry in read.indicators if isinstance(entry, Indicator)]


def accounted(read: Feed) -> set[int]:
    lines = {entry.line for entry in read.indicators if isinstance(entry, Indicator)}
    return lines | {entry.line for entry in read.skips}


def test_the_shelf_holds_the_three_readers() -> None:
    assert {"csv", "jsonl", "text"} <= set(SOURCES)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("evil[.]com\n", "text"),
        ("type,ioc\ndomain,evil.com\n", "csv"),
        ('{"host": "evil.com"}\n{"host": "two.com"}\n', "jsonl"),
        ('["evil.com"]', "jsonl"),
        (to_json(an_artifact("http://evil.com/")), "jsonl"),
    ],
)
def test_the_format_is_told_by_the_content(text: str, name: str) -> None:
    assert choose(text, SOURCES).name == name
    assert read_text(text, "feed", SOURCES).source == name


def test_duplicates_are_skipped_and_say_where_the_first_is() -> None:
    read = read_text("evil[.]com\n# x\nEVIL.com\nhttp://evil.com\n1.2.3.4:80\n1.2.3.4:81\n", "feed", SOURCES)
    assert values(read) == ["evil.com", "http://evil.com/", "1.2.3.4", "1.2.3.4"]
    assert [(skip.line, skip.detail) for skip in read.skips if skip.reason is SkipReason.DUPLICATE] == [
        (3, "first on line 1"),
    ]
    assert read.lines == 6
    assert read.reasons == {SkipReason.DUPLICATE: 1, SkipReason.COMMENT: 1}


def test_duplicates_among_artifacts_are_skipped_too() -> None:
    line = to_json(an_artifact("http://evil.com/"))
    read = read_text(f"{line}\n\n{line}\n", "feed", SOURCES)
    assert len(read.indicators) == 1
    assert [(skip.line, skip.reason) for skip in read.skips] == [
        (2, SkipReason.BLANK),
        (3, SkipReason.DUPLICATE),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"# one\n; two\n\n", "2 comment, 1 blank"),
        (b"hello\n10.0.0.1\n", "1 not public"),
        (b"type,ioc\n", "1 no indicator"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"evil.com\n\0\0\0", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (random.Random(1).randbytes(4000).replace(b"\0", b"\1"), "binary"),
    ],
)
def test_a_feed_that_gives_nothing_says_why(data: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=told) as error:
        feed(data, tmp_path)
    assert "feed.txt" in str(error.value)


def test_a_missing_file_and_a_folder_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"no file .*check"):
        read_feed(tmp_path / "none.txt", sources=SOURCES)
    with pytest.raises(FeedError, match="folder"):
        read_feed(tmp_path, sources=SOURCES)
    with pytest.raises(FeedError, match=r"cannot be read|no file"):
        read_feed(Path("a\0b"), sources=SOURCES)
    with pytest.raises(FeedError, match="cannot be read"):
        read_feed(tmp_path / ("x" * 5_000), sources=SOURCES)


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(256 * 1024 * 1024 + 1)
    with pytest.raises(FeedError, match="split"):
        read_feed(path, sources=SOURCES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252"])
def test_a_name_in_another_alphabet_survives_its_encoding(encoding: str, tmp_path: Path) -> None:
    text = "# Straße\r\nhxxp://münchen[.]de/ü\r\nevil[.]com\r\n"
    read = feed(text.encode(encoding), tmp_path)
    assert values(read) == ["http://xn--mnchen-3ya.de/ü", "evil.com"]
    assert [entry.line for entry in read.indicators if isinstance(entry, Indicator)] == [2, 3]


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "euc_kr", "cp1251"])
def test_an_old_asian_or_cyrillic_feed_is_read(encoding: str, tmp_path: Path) -> None:
    words = {
        "euc_kr": "택배가 도착했습니다 주소를 확인해 주세요",
        "cp1251": "Ваша посылка не доставлена проверьте адрес",
    }.get(encoding, "お荷物のお届けにあがりましたが不在の為持ち帰りました")
    read = feed(f"{words}\nevil[.]com\n{words}\n".encode(encoding), tmp_path)
    assert values(read) == ["evil.com"]
    assert read.lines == 3


def test_one_line_in_another_encoding_does_not_lose_the_file(tmp_path: Path) -> None:
    data = "пример.com\n".encode() + "münchen.de\n".encode("latin-1") + "例子.com\n".encode()
    assert values(feed(data, tmp_path)) == ["xn--e1afmkfd.com", "xn--mnchen-3ya.de", "xn--fsqu00a.com"]


def test_line_numbers_hold_with_any_line_end(tmp_path: Path) -> None:
    read = feed(b"a.com\r\nb.com\rc.com\n\n\x0cd.com", tmp_path)
    assert [(e.value, e.line) for e in read.indicators if isinstance(e, Indicator)] == [
        ("a.com", 1),
        ("b.com", 2),
        ("c.com", 3),
        ("d.com", 5),
    ]


def test_a_table_with_a_byte_order_mark_is_a_table(tmp_path: Path) -> None:
    read = feed(codecs.BOM_UTF8 + b"ioc,comment\nevil.com,phishing\n", tmp_path)
    assert (read.source, values(read)) == ("csv", ["evil.com"])


def test_a_feed_as_large_as_real_ones_is_read_whole(tmp_path: Path) -> None:
    lines = [
        f"host{number}[.]evil{number % 97}.com - seen in SMS number {number}" for number in range(20_000)
    ]
    read = feed("\n".join(lines).encode(), tmp_path)
    assert len(read.indicators) == 20_000


NOTE = " that is long" * 30
REPEATED = {
    "text": ("", ("evil[.]com", f"# 지오: a note{NOTE}", "", "two.com # C2", "/x.apk", "1.2.3.4\r")),
    "csv": ("ioc,note\n", ("evil.com,지오", f'two.com,"in\n{NOTE}\nlines"', "# a note", "/x.apk,a path", "")),
    "jsonl": ("", ('{"host": "evil.com"}', f'{{"host": "two.com", "note": "지오{NOTE}"}}', "{", "")),
}
"""Lines of a long list, below its header, by the format that it is read as."""


def long_list(kind: str, size: int) -> str:
    header, lines = REPEATED[kind]
    block = "\n".join(lines) + "\n"
    return header + block * (size // len(block))


@pytest.mark.parametrize("kind", REPEATED)
def test_a_large_file_is_read_in_parts_and_says_the_same(kind: str, tmp_path: Path) -> None:
    text = long_list(kind, 3 * BLOCK // 2)
    parts, whole = feed(text.encode(), tmp_path), read_text(text, "feed.txt", SOURCES)
    assert (parts.lines, parts.source) == (whole.lines, kind)
    assert parts.indicators == whole.indicators
    assert parts.reasons == whole.reasons
    assert [*parts.skips] == [*whole.skips]
    assert len(parts.indicators) + len(parts.skips) == parts.lines


@pytest.mark.parametrize("kind", REPEATED)
def test_what_reading_holds_does_not_grow_with_the_file(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = 2**16
    for name in ("feed.BLOCK", "decode.BLOCK", "skips.HELD"):
        monkeypatch.setattr(f"mantis_crawler.sources.{name}", small)
    feed(long_list(kind, 1_000).encode(), tmp_path)  # the public suffix list
    peaks = []
    for size in (5 * small // 2, 20 * small):
        path = tmp_path / "feed.txt"
        path.write_text(long_list(kind, size), "utf-8")
        tracemalloc.start()
        read_feed(path, sources=SOURCES)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2 * small


@pytest.mark.parametrize("odd", ["münchen.de\n".encode("latin-1"), b"\xff\xfe", b"\xef\xbb\xbf"])
def test_a_large_file_in_another_encoding_is_read_whole(odd: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feed.txt"
    path.write_bytes(odd + b"evil.com\n" * 200_000)
    assert plain_lines(path) == 0


@pytest.mark.parametrize(
    ("data", "told"), [(b" \n" * BLOCK, "empty"), (b"a.com\n" * BLOCK + b"\0", "binary")]
)
def test_a_large_file_that_gives_nothing_says_why(data: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=told):
        feed(data, tmp_path)


@given(
    st.text()
    | st.text(alphabet='abc.,;|"\n\r\t [](){}<>:/\\*+#@1', max_size=300)
    | st.text(alphabet='{}[]":,a.com\n1', max_size=100)
    | st.lists(
        st.sampled_from(
            [
                "evil.com",
                "ioc,type",
                "evil.com,x",
                '"evil.com',
                '{"host": "evil.com"}',
                "[",
                "]",
                '["a.com"]',
                "#",
                "",
            ]
        ),
        max_size=12,
    ).map("\n".join)
)
def test_any_text_is_accounted_for_line_by_line(text: str) -> None:
    try:
        read = read_text(text, "feed", SOURCES)
    except FeedError:
        return
    assert accounted(read) == set(range(1, read.lines + 1))
    assert sum(read.reasons.values()) == len(read.skips)


@given(st.binary(max_size=400) | st.text().map(lambda text: text.encode("utf-16")))
def test_any_bytes_give_text_or_a_plain_error(data: bytes) -> None:
    with contextlib.suppress(FeedError):
        read_text(decode(data, "feed"), "feed", SOURCES)
