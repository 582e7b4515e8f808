import errno
import tracemalloc

import pytest

from mantis_crawler.items import Skip, SkipReason
from mantis_crawler.sources.base import FeedError
from mantis_crawler.sources.skips import HELD, Skips


def some() -> Skips:
    skips = Skips("feed.txt")
    skips.add(1, "# a comment", SkipReason.COMMENT)
    skips.add(7, "evil.com", SkipReason.DUPLICATE, "first on line 2")
    skips.add(9, "evil.com", SkipReason.DUPLICATE, "first on line 2")
    return skips


def test_skips_come_back_as_they_were_added() -> None:
    assert [*some()][1] == Skip(
        feed="feed.txt", line=7, raw="evil.com", reason=SkipReason.DUPLICATE, detail="first on line 2"
    )
    assert [skip.line for skip in some()] == [1, 7, 9]
    assert [*some()][2] in some()


def test_reasons_are_counted_the_most_frequent_first() -> None:
    assert [*some().reasons.items()] == [(SkipReason.DUPLICATE, 2), (SkipReason.COMMENT, 1)]
    assert len(some()) == 3


def test_of_a_great_many_none_is_held_in_memory_and_each_comes_back() -> None:
    skips = Skips("feed.txt")
    count = HELD // 20
    tracemalloc.start()
    for line in range(1, count + 1):
        skips.add(line, f"# note {line} on 지오", SkipReason.COMMENT)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < HELD / 4
    assert [(skip.line, skip.raw) for skip in skips] == [
        (line, f"# note {line} on 지오") for line in range(1, count + 1)
    ]


def test_one_is_added_while_others_are_read() -> None:
    skips = some()
    assert next(iter(skips)).line == 1
    skips.add(11, "", SkipReason.BLANK)
    assert [skip.line for skip in skips] == [1, 7, 9, 11]


def test_a_full_disk_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    skips = some()

    def full(_: bytearray) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(skips._file, "write", full)
    with pytest.raises(FeedError, match="No space left on device; make room, or set TMPDIR"):
        list(skips)
