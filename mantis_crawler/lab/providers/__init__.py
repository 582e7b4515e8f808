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
    at: dict[str, dict[str, Callable[[Request], Reply]]] = {}
    for one in every.values():
        answer = served(one, world)
        for host in one.hosts:
            at.setdefault(host, {})[one.path] = answer
    return {host: _by_path(paths) for host, paths in at.items()}


def _by_path(paths: Mapping[str, Callable[[Request], Reply]]) -> Callable[[Request], Reply]:
    """Return what answers at a host: the service with the longest path that fits."""
    longest = sorted(paths, key=len, reverse=True)

    def answer(asked: Request) -> Reply:
        found = next((path for path in longest if asked.path.startswith(path)), "")
        return paths[found](asked) if found else Reply(status=404)

    return answer
