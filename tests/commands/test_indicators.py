from pathlib import Path

from mantis_crawler import sources as shelf
from mantis_crawler.catalog import discover
from mantis_crawler.commands.indicators import account
from mantis_crawler.sources.base import Source
from mantis_crawler.sources.feed import read_feed


def test_the_account_names_what_was_read_and_why_the_rest_was_not(tmp_path: Path) -> None:
    path = tmp_path / "feed.txt"
    path.write_text("# PAP:RED\nevil[.]com\n5.6.7.8 # C2\nevil[.]com\n/x.apk\n\n", "utf-8")
    feed = read_feed(path, sources=discover(shelf, Source))  # type: ignore[type-abstract]
    assert [*account(feed)] == [
        "feed.txt: 6 lines, read as text",
        "  2 indicators: 1 host, 1 ip",
        "  roles: 1 landing, 1 c2",
        "  markings: 2 PAP:red",
        "  4 skips: 1 comment, 1 duplicate, 1 path_only, 1 blank",
    ]
