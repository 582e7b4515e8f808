"""What is known of names and addresses without asking anybody: normal forms, owners, and what is shared."""

from functools import lru_cache

from mantis_crawler.enrichment import lists
from mantis_crawler.expansion.base import Kind, Node
from mantis_crawler.sources.values import Value, read_address, read_host

_COMMON = frozenset(
    (
        "tranco10k",
        "moz-top500",
        "cisco_top20k",
        *lists.SHORTENERS,
        *lists.BIOS,
        *lists.HOSTING,
        *lists.BANKS,
        *lists.HONEST,
    )
)
"""Lists of names that many unrelated people lead to. The million of the popular is not among them: who
breaks into a small shop is followed there."""
_LONGEST = 253


class ListedGround:
    """Ground by the public suffix list and MISP's warning lists."""

    def name(self, text: str) -> str:
        """Return a public host name's normal form; empty if the text is none."""
        return _name(text) if len(text) <= _LONGEST + 1 else ""

    def address(self, text: str) -> str:
        """Return a public address's normal form; empty if the text is none."""
        reading = read_address(text)
        return reading.value if isinstance(reading, Value) else ""

    def owned(self, name: str) -> str:
        """Return the part of a name that its owner registered; empty if it is a suffix for many."""
        return lists.registrable(name)

    def common(self, node: Node) -> str:
        """Return why a node belongs to too many to lead anywhere; empty if it does not."""
        if node.kind is Kind.ADDRESS:
            return _shared(node.value)
        if node.kind is not Kind.NAME:
            return ""
        if not node.domain:
            return "a suffix below which anybody can have a name"
        found = next((name for name in lists.lists_of_name(node.value) if name in _COMMON), "")
        return f"on the list {found}" if found else ""


@lru_cache(maxsize=65_536)
def _name(text: str) -> str:
    reading = read_host(text)
    return reading.value if isinstance(reading, Value) else ""


@lru_cache(maxsize=4_096)
def _shared(address: str) -> str:
    if lists.is_shared(address):
        return "of a CDN, a cloud or a public resolver"
    return "a sinkhole" if lists.is_sinkhole(address) else ""
