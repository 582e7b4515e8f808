"""The providers as the lab stands in for them: same paths, shapes, paging and errors, over its own world."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mantis_crawler.catalog import discover
from mantis_crawler.lab.site import Reply, Request

if TYPE_CHECKING:
    from mantis_crawler.lab.world import World


def services(world: "World") -> Mapping[str, Callable[[Request], Reply]]:
    """Return what answers for each host of a provider."""
    import mantis_crawler.lab.providers as shelf  # noqa: PLC0415 - the shelf is this very package
    from mantis_crawler.lab.providers.service import Service, served  # noqa: PLC0415 - so is this

    every = discover(shelf, Service)  # type: ignore[type-abstract]
    return {host: served(one, world) for one in every.values() for host in one.hosts}
