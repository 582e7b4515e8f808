"""The hostile web: pages that try to stop a crawl, to take all of a machine, or to reach into our network.

They are harmless where they are: served on loopback only, and what they attack is the visitor alone.
"""

from functools import cache

from mantis_crawler.catalog import discover
from mantis_crawler.lab.hostile import pages
from mantis_crawler.lab.hostile.page import DOMAIN, Group, HostilePage

__all__ = ["DOMAIN", "HostilePage", "hostile_pages", "page_at"]


@cache
def hostile_pages() -> dict[str, HostilePage]:
    """Return every hostile page by its name, in the order of the shelf.

    Raises:
        ValueError: two pages have the same name.
    """
    found: dict[str, HostilePage] = {}
    for group in discover(pages, Group).values():
        for page in group.pages:
            if page.name in found:
                raise ValueError(f"two hostile pages are named {page.name!r}")
            found[page.name] = page
    return found


def page_at(host: str) -> HostilePage | None:
    """Return the page that answers for a name, if it is one of theirs."""
    name, dot, domain = host.partition(".")
    return hostile_pages().get(name) if dot and domain == DOMAIN else None
