"""From an address to its neighbours in the same /24."""

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv4Network

from mantis_crawler.expansion.base import Kind, Lead, Node, Pivot
from mantis_crawler.items import Question


class SameNetwork(Pivot):
    """The 253 other addresses of an IPv4 address's /24. A guess, so off unless asked for.

    Half of SEKOIA's 90 addresses of Roaming Mantis lay in three such networks.
    """

    name = "same_network"
    on = False
    few = 256
    many = 65_536

    def question(self, node: Node, limit: int) -> Question | None:  # noqa: ARG002 - it asks nobody
        """Ask nobody."""
        return None

    def guesses(self, node: Node) -> Iterator[Lead]:
        """Lead to each neighbour."""
        if node.kind is not Kind.ADDRESS:
            return
        try:
            own = IPv4Address(node.value)
        except AddressValueError:
            return
        for address in IPv4Network(f"{own}/24", strict=False).hosts():
            if address != own:
                yield Lead(kind=Kind.ADDRESS, value=str(address), weight=0.2)
