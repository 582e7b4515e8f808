"""Hosts that the gateway contacts for nobody: what a marking holds is not loaded by other pages either."""

from collections.abc import Iterable


class Held:
    """Names, with all that is below them, and addresses.

    Args:
        hosts: In normal form.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self.hosts = frozenset(hosts)

    def __contains__(self, host: object) -> bool:
        """Return whether a host as a browser asks for it, or an address that a name led to, is held."""
        labels = str(host).lower().strip("[]").rstrip(".").split(".")
        return any(".".join(labels[place:]) in self.hosts for place in range(len(labels)))
