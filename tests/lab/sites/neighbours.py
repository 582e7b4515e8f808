"""What the tests of the harmless families share."""

from mantis_crawler.lab.site import Family, Reply, Request, Site
from mantis_crawler.lab.sites.adult import Adult
from mantis_crawler.lab.sites.companies import Companies
from mantis_crawler.lab.sites.gambling import Gambling
from mantis_crawler.lab.sites.news import News
from mantis_crawler.lab.sites.parking import Parking
from mantis_crawler.lab.sites.servers import Servers
from mantis_crawler.lab.sites.shops import Shops

FAMILIES: tuple[Family, ...] = (
    Parking(),
    Gambling(),
    Adult(),
    News(),
    Shops(),
    Companies(),
    Servers(),
)
AGENTS = {
    "android": "Mozilla/5.0 (Linux; Android 10; K) Chrome/150.0.0.0 Mobile Safari/537.36",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0 Safari/537.36",
}


def ask(site: Site, path: str = "", device: str = "android") -> Reply:
    """Ask a site for a path, or for that which its victims are sent to."""
    wanted, _, query = (path or site.path).partition("?")
    request = Request(
        method="GET",
        scheme=site.scheme,
        host=site.host,
        path=wanted,
        query=query,
        headers={"user-agent": AGENTS[device]},
        count=1,
    )
    return site.answer(request)


def text(site: Site, path: str = "", device: str = "android") -> str:
    """Return the body of what a site says."""
    return ask(site, path, device).body.decode()


def of_design(family: Family, design: str, seed: int = 1) -> list[Site]:
    """Return the sites of one design."""
    found = [site for site in family.sites(seed) if site.design == design]
    assert found, design
    return found
