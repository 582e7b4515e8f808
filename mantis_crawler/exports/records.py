"""Every record, whole, one a line."""

from collections.abc import Iterable, Iterator

from mantis_crawler.exports.base import Export
from mantis_crawler.items import Record, to_json


class Records(Export):
    """JSON Lines in the order given; each line reads back as the very same record."""

    name = "records"
    file_name = "records.jsonl"

    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield each record as one line of JSON."""
        return map(to_json, records)
