"""The lures that are not on the domain blocklist, and why: what a person may want to decide."""

from collections.abc import Iterable, Iterator

from mantis_crawler.exports.base import Export
from mantis_crawler.exports.cells import row
from mantis_crawler.exports.guard import COLUMNS, candidates
from mantis_crawler.items import Record


class DomainExclusions(Export):
    """One row for each lure whose name must not be blocked, with the reason."""

    name = "domains_excluded"
    file_name = "blocklist.excluded.csv"

    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the head row, then a row for each lure that was kept off."""
        yield row((*COLUMNS, "kept_off_because"))
        for lure in candidates(records):
            if lure.reason:
                yield row((*lure.cells, lure.reason))
