"""Every record, whole, one a line."""

from collections.abc import Iterable, Iterator
from re import Match
from re import compile as pattern

from mantis_crawler.exports.base import Export
from mantis_crawler.items import Record, to_json

# Legal inside JSON, but many readers end a line at them, and UTF-8 cannot hold half a character.
_TROUBLE = pattern(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Records(Export):
    """JSON Lines in the order given; each line reads back as the very same record."""

    name = "records"
    file_name = "records.jsonl"

    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield each record as one line of JSON."""
        return (_TROUBLE.sub(_escape, to_json(record)) for record in records)


def _escape(found: Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
