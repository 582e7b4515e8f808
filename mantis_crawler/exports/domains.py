"""The domain blocklist: names of lures, each with its evidence."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from mantis_crawler.exports.base import Export
from mantis_crawler.exports.guard import Candidate, candidates
from mantis_crawler.items import Record

_HEAD = """\
# Title: Lures seen live
# Description: Hosts that showed a lure to a phone. Each name stands below the evidence for it.
# Syntax: one domain a line (lower case, A-labels); the exact name only, not the names below it
# Evidence: record id, content class, what each device saw; the same in blocklist.evidence.csv"""


class Domains(Export):
    """Plain domains, one a line, sorted; the evidence stands in a comment line above each name.

    A whole line that starts with ``#`` is a comment to every consumer of plain domain lists
    (Pi-hole, pfBlockerNG, AdGuard Home, dnscrypt-proxy, hostlist compilers); a comment behind the
    name is not: some take the line as a whole and drop the name. So the name has its line to
    itself, and ``grep -v '^#'`` gives the bare list. No date and no run in it: the same records
    give the same bytes.
    """

    name = "domains"
    file_name = "blocklist.domains.txt"

    def lines(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the head, then each name below its evidence."""
        lures = list(candidates(records))
        listed = [lure for lure in lures if not lure.reason]
        yield from _HEAD.splitlines()
        yield f"# Number of entries: {len({lure.name for lure in listed})}"
        yield f"# Lures kept off, with reasons in blocklist.excluded.csv: {len(lures) - len(listed)}"
        for name, evidence in groupby(listed, key=lambda lure: lure.name):
            yield from map(_comment, evidence)
            yield name


def _comment(lure: Candidate) -> str:
    return " ".join(filter(None, ("# evidence", lure.record.id, lure.content_class, lure.devices)))
