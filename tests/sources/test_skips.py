from mantis_crawler.items import Skip, SkipReason
from mantis_crawler.sources.skips import Skips


def some() -> Skips:
    skips = Skips("feed.txt")
    skips.add(1, "# a comment", SkipReason.COMMENT)
    skips.add(7, "evil.com", SkipReason.DUPLICATE, "first on line 2")
    skips.add(9, "evil.com", SkipReason.DUPLICATE, "first on line 2")
    return skips


def test_skips_come_back_as_they_were_added() -> None:
    assert some()[1] == Skip(
        feed="feed.txt", line=7, raw="evil.com", reason=SkipReason.DUPLICATE, detail="first on line 2"
    )
    assert [skip.line for skip in some()] == [1, 7, 9]
    assert [skip.line for skip in some()[1:]] == [7, 9]
    assert some()[-1].line == 9


def test_reasons_are_counted_the_most_frequent_first() -> None:
    assert [*some().reasons.items()] == [(SkipReason.DUPLICATE, 2), (SkipReason.COMMENT, 1)]
    assert len(some()) == 3
