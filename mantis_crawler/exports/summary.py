"""The figures of a case, as one JSON document."""

import json
from collections.abc import Iterable, Iterator

from mantis_crawler.exports.base import Export
from mantis_crawler.exports.figures import Figures
from mantis_crawler.items import Record


class Summary(Export):
    """Counts and shares over all records; `Figures` says what each is."""

    name = "summary"
    file_name = "summary.json"

    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the document, indented."""
        figures = Figures()
        for record in records:
            figures.add(record)
        yield from json.dumps(figures.plain(), ensure_ascii=True, indent=2).splitlines()
