"""The evidence behind each name of the domain blocklist, as a table."""

from collections.abc import Iterable, Iterator

from mantis_crawler.exports.base import Export
from mantis_crawler.exports.cells import row
from mantis_crawler.exports.guard import COLUMNS, candidates
from mantis_crawler.items import Record


class DomainEvidence(Export):
    """One row for each record that speaks for a listed name; ``evidence_id`` is the record's id."""

    name = "domains_evidence"
    file_name = "blocklist.evidence.csv"

    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the head row, then a row for each name and record."""
        yield row((*COLUMNS, "reason"))
        for lure in candidates(records):
            if not lure.reason:
                yield row((*lure.cells, "; ".join(lure.reasons)))
