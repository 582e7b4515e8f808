from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.items import Indicator
from mantis_crawler.sources.lines import count_lines, split_lines, text_blocks
from mantis_crawler.sources.text import Text

labels = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)
ends = st.sampled_from(["com", "co.uk", "uk", "md", "py", "local", "invalid", "xn--p1ai", "duckdns.org", "7"])
names = st.builds(lambda head, end: ".".join([*head, end]), st.lists(labels, max_size=4), ends)
texts = st.text(st.sampled_from("ab\n\r\f\u2028"), max_size=40)


@given(names | st.sampled_from(["readme.md", "1.2.3.4", "index.php", "sagawa3.5.9", "a-.com", "a--b.com"]))
def test_the_short_cut_for_plain_names_reads_as_the_long_way_does(name: str) -> None:
    (short,) = Text().read(name, "feed")
    (long,) = Text().read(f" {name}", "feed")  # a space before it is out of the short cut's reach
    assert short == long


def test_a_plain_name_below_a_heading_has_the_headings_role() -> None:
    short = [*Text().read("C2 servers:\nevil.com\n", "feed")]
    long = [*Text().read("C2 servers:\n evil.com\n", "feed")]
    assert isinstance(short[1], Indicator)
    assert short == long


@given(texts)
def test_lines_a_block_at_a_time_are_the_same_lines(text: str) -> None:
    assert [line for block in text_blocks(text) for line in split_lines(block)] == split_lines(text)
    assert count_lines(text) == len(split_lines(text))


def test_a_feed_larger_than_a_block_keeps_its_line_numbers() -> None:
    many = 16_000
    text = "".join(f"{'a' * 60}.name{number:05}.com\r\n" for number in range(many))
    entries = [*Text().read(text, "feed")]
    assert len(text) > 2**20
    assert [entry.line for entry in entries if isinstance(entry, Indicator)] == [*range(1, many + 1)]
