"""What a run is going to do, decided and written down before anything starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from scrapy.settings import BaseSettings

from mantis_crawler.browser.dial import ExitError
from mantis_crawler.browser.exits import Exit, ExitsError, read_exits
from mantis_crawler.browser.find import Browser, BrowserNotFoundError
from mantis_crawler.browser.webkit import WebkitError
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import Artifact, Country, Device, Hold
from mantis_crawler.ledger import Ledger, LedgerError
from mantis_crawler.providers.feeds import Feeds
from mantis_crawler.sources.base import FeedError
from mantis_crawler.spiders.arguments import (
    PlanError,
    check_names,
    check_numbers,
    flag,
    lab_seed,
    new_folder,
    number,
    run_name,
)
from mantis_crawler.spiders.depth import Look
from mantis_crawler.spiders.feeds import artifacts_of, merged, permitted, read_seeds
from mantis_crawler.spiders.gear import (
    RESOLVERS,
    SECOND_RESOLVERS,
    browser_for,
    check_exits,
    country_of,
    deep_browser,
    devices_of,
    look_of,
    name_servers,
    same_exits,
    webkit_for,
    without_secrets,
)
from mantis_crawler.spiders.reports import read_reports

ARGUMENTS = {
    "seeds": "file of indicators: text, CSV, or JSON lines of an expansion; none: the lab's own; "
    "hostile: the lab's hostile pages",
    "lab": "yes: the embedded internet instead of the real one (needed nowhere if there are no seeds)",
    "seed": "number that the lab's world is made from; 1 if not given",
    "country": "ISO code of the victims' country, for artifacts whose feed does not tell it",
    "addresses": "no: bare IP addresses are kept on record, but not visited",
    "devices": "which devices visit, separated by commas",
    "depth": "default; deep: a browser of its own for each visit; second-look: deep where phones saw nothing",
    "exits": "proxies to visit through, one a country: fr=http://user:password@host:port,jp=socks5://...",
    "feeds": "files, separated by commas, of what is known bad; in any format that indicators come in",
    "visits": "artifacts visited at the most, a share for each way by which they came; none: all alive",
    "resume": "name or folder of an interrupted run to go on with",
}
"""The arguments of ``scrapy crawl artifacts``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run, ready to start."""

    run: str
    folder: Path
    lab_seed: int | None
    """Number of the lab's world; `None` on the real internet."""
    country: Country
    """Of artifacts that tell none."""
    devices: tuple[Device, ...]
    browser: Browser
    ledger: Ledger
    arguments: Mapping[str, str]
    """As given, without what is secret in them."""
    webkit: Browser | None = None
    """What iPhones are visited on; `None`: the browser, in an iPhone's dress."""
    look: Look = Look.DEFAULT
    deep_browser: Browser | None = None
    """What visits in depth are made on; `None` where there are none."""
    exits: tuple[Exit, ...] = ()
    """Each artifact is visited through all of them; none: from this machine's own address."""
    visits: int | None = None
    """Artifacts that are visited at the most; `None`: all that are alive."""
    resumed: bool = False
    held: tuple[str, ...] = ()
    """Hosts that a marking forbids to contact, by whatever page."""
    feeds: tuple[Feeds, ...] = ()
    """The user's own files of what is known bad."""


def make_plan(settings: BaseSettings, arguments: Mapping[str, str]) -> Plan:
    """Return the plan of a run and write its ledger, or open that of the run to be resumed.

    Exits are asked whether they work; nobody else is contacted.

    Raises:
        PlanError: an argument, the feed, the browser, an exit or the folder is not right.
    """
    check_names(arguments, ARGUMENTS)
    check_numbers(settings)
    for setting in (RESOLVERS, SECOND_RESOLVERS):
        name_servers(settings, setting)
    try:
        return _resumed(settings, arguments) if "resume" in arguments else _fresh(settings, arguments)
    except (FeedError, LedgerError, BrowserNotFoundError, WebkitError, ExitsError, ExitError) as error:
        raise PlanError(str(error)) from error


def to_visit(plan: Plan) -> tuple[Artifact, ...]:
    """Return what is still to be visited."""
    units = plan.ledger.open_units()
    return tuple(unit.artifact for unit in units if unit.artifact.hold is None)


def _fresh(settings: BaseSettings, arguments: Mapping[str, str]) -> Plan:
    seeds = arguments.get("seeds")
    seed = lab_seed(arguments, seeds, "scrapy crawl artifacts -a seeds=FILE")
    on_lab = seed is not None
    victims = country_of(arguments.get("country") or settings.get("MANTIS_COUNTRY") or "us")
    visitors = devices_of(arguments.get("devices") or settings.get("MANTIS_DEVICES"))
    look = look_of(arguments.get("depth") or settings.get("MANTIS_DEPTH") or "default")
    direct = Direct(visit_addresses=flag(arguments, "addresses", default=True))
    exits = read_exits(arguments["exits"]) if "exits" in arguments else ()
    visits = number(arguments, "visits") if "visits" in arguments else None
    feed = read_seeds(seeds, seed)
    feeds = read_reports(arguments.get("feeds", ""))
    browser = browser_for(settings, on_lab=on_lab)
    webkit = webkit_for(settings, visitors, on_lab=on_lab)
    check_exits(exits, settings, on_lab=on_lab)
    arguments = without_secrets(arguments, exits)
    run = run_name()
    folder = new_folder(Path(settings.get("MANTIS_OUTPUTS")), run)
    artifacts, again = merged(artifacts_of(feed, direct))
    artifacts = tuple(permitted(artifacts, exits=bool(exits)))
    held = sorted({one.host for one in artifacts if one.hold in {Hold.PAP_RED, Hold.PAP_AMBER}})
    about = {
        "run": run,
        "lab_seed": seed,
        "country": victims.code,
        "feed": ", ".join(dict.fromkeys(one.indicator.feed for one in artifacts)) or feed.name,
        "exits": [one.country for one in exits],
        "depth": look,
        "visits": visits,
    }
    ledger = Ledger.create(
        folder / "ledger.sqlite",
        {
            **about,
            "devices": [device.name for device in visitors],
            "arguments": dict(arguments),
            "held": held,
        },
        artifacts,
        chain(feed.skips, again),
    )
    ledger.claim(folder)
    return Plan(
        run=run,
        folder=folder,
        lab_seed=seed,
        country=victims,
        devices=visitors,
        browser=browser,
        webkit=webkit,
        ledger=ledger,
        arguments=arguments,
        look=look,
        deep_browser=deep_browser(look, browser),
        exits=exits,
        visits=visits,
        held=tuple(held),
        feeds=feeds,
    )


def _resumed(settings: BaseSettings, arguments: Mapping[str, str]) -> Plan:
    others = sorted(set(arguments) - {"resume", "exits", "visits"})
    if others:
        raise PlanError(f"a resumed run keeps its own arguments: leave out {', '.join(others)}")
    limit = number(arguments, "visits") if "visits" in arguments else None
    name = arguments["resume"]
    folder = next(
        (path for path in (Path(settings.get("MANTIS_OUTPUTS")) / name, Path(name)) if path.is_dir()), None
    )
    if folder is None:
        raise PlanError(f"no run {name!r}: give the name of a folder in {settings.get('MANTIS_OUTPUTS')}/")
    ledger = Ledger.open(folder / "ledger.sqlite")
    about = ledger.about()
    on_lab = about["lab_seed"] is not None
    visitors = devices_of(",".join(about["devices"]))
    browser = browser_for(settings, on_lab=on_lab)
    webkit = webkit_for(settings, visitors, on_lab=on_lab)
    look = look_of(about.get("depth", "default"))
    visits = about.get("visits") if limit is None else limit
    exits = same_exits(about.get("exits", []), arguments.get("exits"))
    check_exits(exits, settings, on_lab=on_lab)
    ledger.claim(folder)
    return Plan(
        run=about["run"],
        folder=folder.resolve(),
        lab_seed=about["lab_seed"],
        country=country_of(about["country"]),
        devices=visitors,
        browser=browser,
        webkit=webkit,
        ledger=ledger,
        arguments=about["arguments"],
        look=look,
        deep_browser=deep_browser(look, browser),
        exits=exits,
        visits=visits,
        resumed=True,
        held=tuple(about.get("held", ())),
        feeds=read_reports(about["arguments"].get("feeds", "")),
    )
