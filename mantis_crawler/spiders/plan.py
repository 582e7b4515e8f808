"""What a run is going to do, decided and written down before anything starts."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from ipaddress import ip_address
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from mantis_crawler import devices, sources
from mantis_crawler.browser.dial import ExitError, check_all
from mantis_crawler.browser.exits import Exit, ExitsError, read_exits, through
from mantis_crawler.browser.find import Browser, BrowserNotFoundError, find_browser, fuller
from mantis_crawler.browser.webkit import WebkitError, choose
from mantis_crawler.catalog import discover
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.items import Artifact, Country, Device, Hold, Indicator, Pap, Skip, SkipReason, country
from mantis_crawler.items.device import validate
from mantis_crawler.lab import feed as lab_feed
from mantis_crawler.lab.world import World
from mantis_crawler.ledger import Ledger, LedgerError
from mantis_crawler.providers.feeds import Feeds
from mantis_crawler.sources.base import FeedError, Source
from mantis_crawler.sources.feed import Feed, read_feed, read_text
from mantis_crawler.spiders.depth import Look
from mantis_crawler.spiders.reports import read_reports

logger = logging.getLogger(__name__)

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
HOSTILE = "hostile"
"""What stands for the lab's hostile pages where a file of indicators is asked for."""

WORDS = {
    "yes": True,
    "true": True,
    "1": True,
    "on": True,
    "no": False,
    "false": False,
    "0": False,
    "off": False,
}


@dataclass(frozen=True, slots=True)
class _Number:
    """What a setting that is a number must be."""

    words: str
    fits: Callable[[float], bool]
    whole: bool = False
    optional: bool = False

    def holds(self, text: str) -> bool:
        if not text:
            return self.optional
        try:
            value = int(text) if self.whole else float(text)
        except ValueError:
            return False
        return isfinite(value) and self.fits(value)


_ABOVE_0 = _Number("a number > 0", lambda value: value > 0)
NUMBERS = {
    "MANTIS_QUIET_SECONDS": _ABOVE_0,
    "MANTIS_SETTLE_SECONDS": _ABOVE_0,
    "MANTIS_VISIT_SECONDS": _ABOVE_0,
    "MANTIS_VISITS_PER_BROWSER": replace(_ABOVE_0, words="a whole number > 0", whole=True),
    "MANTIS_UNKNOWN_BELOW": _Number("a number from 0 to 1", lambda value: 0 <= value <= 1, optional=True),
    "MANTIS_BUDGET": _Number("a number >= 0", lambda value: value >= 0, optional=True),
}
"""The settings that are numbers, with what each must be."""


class PlanError(ValueError):
    """The run cannot start as it was asked for; the message says what to do."""


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
    victims = _country(arguments.get("country") or settings.get("MANTIS_COUNTRY") or "us")
    visitors = _devices(arguments.get("devices") or settings.get("MANTIS_DEVICES"))
    look = _look(arguments.get("depth") or settings.get("MANTIS_DEPTH") or "default")
    direct = Direct(visit_addresses=flag(arguments, "addresses", default=True))
    exits = read_exits(arguments["exits"]) if "exits" in arguments else ()
    visits = number(arguments, "visits") if "visits" in arguments else None
    feed = read_seeds(seeds, seed)
    feeds = read_reports(arguments.get("feeds", ""))
    browser = _browser(settings, on_lab=on_lab)
    webkit = _webkit(settings, visitors, on_lab=on_lab)
    _checked(exits, settings, on_lab=on_lab)
    arguments = _without_secrets(arguments, exits)
    run = run_name()
    folder = new_folder(Path(settings.get("MANTIS_OUTPUTS")), run)
    about = {
        "run": run,
        "lab_seed": seed,
        "country": victims.code,
        "feed": feed.name,
        "exits": [one.country for one in exits],
        "depth": look,
        "visits": visits,
    }
    artifacts, again = merged(_artifacts(feed, direct))
    artifacts = tuple(permitted(artifacts, exits=bool(exits)))
    held = sorted({one.host for one in artifacts if one.hold in {Hold.PAP_RED, Hold.PAP_AMBER}})
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
        deep_browser=_deep(look, browser),
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
    visitors = _devices(",".join(about["devices"]))
    browser = _browser(settings, on_lab=on_lab)
    webkit = _webkit(settings, visitors, on_lab=on_lab)
    look = _look(about.get("depth", "default"))
    visits = about.get("visits") if limit is None else limit
    exits = _same_exits(about.get("exits", []), arguments.get("exits"))
    _checked(exits, settings, on_lab=on_lab)
    ledger.claim(folder)
    return Plan(
        run=about["run"],
        folder=folder.resolve(),
        lab_seed=about["lab_seed"],
        country=_country(about["country"]),
        devices=visitors,
        browser=browser,
        webkit=webkit,
        ledger=ledger,
        arguments=about["arguments"],
        look=look,
        deep_browser=_deep(look, browser),
        exits=exits,
        visits=visits,
        resumed=True,
        held=tuple(about.get("held", ())),
        feeds=read_reports(about["arguments"].get("feeds", "")),
    )


def _same_exits(countries: list[str], text: str | None) -> tuple[Exit, ...]:
    """Return the exits of a run that is resumed, in its order: who may use them was not kept."""
    exits = {one.country: one for one in read_exits(text)} if text else {}
    if sorted(exits) == sorted(countries):
        return tuple(exits[code] for code in countries)
    again = "give the same again with -a exits=..." if countries else "leave out exits"
    raise PlanError(f"the run went out {through(tuple(countries))}, and goes on so: {again}")


def _checked(exits: tuple[Exit, ...], settings: BaseSettings, *, on_lab: bool) -> None:
    if not exits:
        return
    if on_lab and (far := [str(one) for one in exits if not one.on_loopback]):
        raise PlanError(f"nothing leaves this machine for the lab: {', '.join(far)} is not on loopback")
    target = None if on_lab else exit_check(settings)
    # in a thread of its own, as a loop may be running in this one
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, check_all(exits, target)).result()


def exit_check(settings: BaseSettings) -> tuple[str, int] | None:
    """Return what exits are asked for to prove themselves; `None`: themselves.

    Raises:
        PlanError: the setting is neither empty nor an address and port.
    """
    text = settings.get("MANTIS_EXIT_CHECK") or ""
    if not text:
        return None
    address, _, port = text.rpartition(":")
    try:
        return str(ip_address(address.strip("[]"))), int(port)
    except ValueError:
        raise PlanError(f"MANTIS_EXIT_CHECK is address:port, such as 192.0.2.1:443, not {text!r}") from None


def _without_secrets(arguments: Mapping[str, str], exits: tuple[Exit, ...]) -> Mapping[str, str]:
    return {**arguments, "exits": ",".join(map(str, exits))} if exits else arguments


def lab_seed(arguments: Mapping[str, str], seeds: str | None, example: str) -> int | None:
    """Return the number of the lab's world; `None` on the real internet.

    Raises:
        PlanError: there is nothing to read, or the seed is none.
    """
    on_lab = flag(arguments, "lab", default=not seeds or is_hostile(seeds))
    if not on_lab and seeds and is_hostile(seeds):
        raise PlanError("hostile pages are in the lab only: leave lab=no out, or write ./hostile for a file")
    if not on_lab and not seeds:
        raise PlanError(f"without the lab there must be a file of indicators: {example}")
    if "seed" in arguments and not on_lab:
        raise PlanError("seed is the number of the lab's world: it goes with -a lab=yes")
    return number({"seed": "1", **arguments}, "seed") if on_lab else None


def is_hostile(seeds: str) -> bool:
    """Return whether the lab's hostile pages are meant, and no file."""
    return seeds == HOSTILE


def read_seeds(seeds: str | None, lab_seed: int | None) -> Feed:
    """Return a file of indicators, or the lab's own.

    Raises:
        FeedError: the file cannot be read, or holds none.
    """
    shelf = discover(sources, Source)  # type: ignore[type-abstract]
    if seeds and is_hostile(seeds):
        return read_text(lab_feed.hostile_feed(), "lab-hostile.csv", sources=shelf)
    if seeds:
        return read_feed(Path(seeds).expanduser(), sources=shelf)
    assert lab_seed is not None
    return read_text(lab_feed.feed(World(lab_seed)), f"lab-{lab_seed}.csv", sources=shelf)


def lab_case(seed: int) -> Feed:
    """Return the indicators of the lab's case, which is as large as a published one."""
    shelf = discover(sources, Source)  # type: ignore[type-abstract]
    return read_text(World(seed).case.feed(), f"lab-case-{seed}.csv", sources=shelf)


def _artifacts(feed: Feed, direct: Direct) -> list[Artifact]:
    artifacts: list[Artifact] = []
    for entry in feed.indicators:
        artifacts.extend(direct.artifacts(entry) if isinstance(entry, Indicator) else (entry,))
    return artifacts


def permitted(artifacts: Sequence[Artifact], *, exits: bool) -> Iterator[Artifact]:
    """Yield the artifacts, held where a marking of any of them forbids to contact their host.

    A name that is marked holds what lies below it too.

    Args:
        artifacts: All of a run.
        exits: Whether visits go out through exits alone, which is what PAP:AMBER asks for.
    """
    red = {artifact.host for artifact in artifacts if artifact.indicator.pap is Pap.RED}
    amber = {artifact.host for artifact in artifacts if artifact.indicator.pap is Pap.AMBER}
    for artifact in artifacts:
        if artifact.url is None:
            yield artifact
        elif artifact.indicator.pap is Pap.RED or _below(artifact.host, red):
            yield replace(artifact, hold=Hold.PAP_RED)
        elif not exits and artifact.hold is None and _below(artifact.host, amber):
            yield replace(artifact, hold=Hold.PAP_AMBER)
        else:
            yield artifact


def _below(host: str, marked: set[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[place:]) in marked for place in range(len(labels)))


def merged(artifacts: Iterable[Artifact]) -> tuple[tuple[Artifact, ...], tuple[Skip, ...]]:
    """Return the artifacts that differ, and a skip for each that would be the same visit as another.

    Of two that are the same, a held one wins: what one line calls a C2 address is not visited
    because another line does not.
    """
    kept: dict[str, Artifact] = {}
    again: list[Skip] = []
    for artifact in artifacts:
        first = kept.setdefault(artifact.id, artifact)
        if first is artifact:
            continue
        if artifact.hold and not first.hold:
            kept[artifact.id] = artifact
            artifact, first = first, artifact  # noqa: PLW2901 - the other one is left out
        again.append(_same_visit(artifact.indicator, first.indicator))
    return tuple(kept.values()), tuple(again)


def _same_visit(indicator: Indicator, kept: Indicator) -> Skip:
    return Skip(
        feed=indicator.feed,
        line=indicator.line,
        raw=indicator.raw[:200],
        reason=SkipReason.DUPLICATE,
        detail=f"the same visit as line {kept.line}",
    )


def _browser(settings: BaseSettings, *, on_lab: bool) -> Browser:
    browser = find_browser(settings.get("MANTIS_BROWSER") or None)
    if not on_lab and not browser.sandbox and not settings.getbool("MANTIS_ALLOW_NO_SANDBOX"):
        raise PlanError(
            "The browser's sandbox is off here (scrapy doctor says why), and hostile pages of the real "
            "internet are not opened without it. Run as another user than root, or take the risk by name: "
            "-s MANTIS_ALLOW_NO_SANDBOX=True"
        )
    return browser


def _look(word: str) -> Look:
    try:
        return Look(word.strip().lower())
    except ValueError:
        raise PlanError(f"depth is {', '.join(Look)}, not {word!r}") from None


def _deep(look: Look, browser: Browser) -> Browser | None:
    if look is Look.DEFAULT:
        return None
    if (full := fuller(browser)).shell:
        logger.warning("Visits in depth are made on the headless shell: no full browser starts here")
    return full


def _webkit(settings: BaseSettings, visitors: Iterable[Device], *, on_lab: bool) -> Browser | None:
    setting = settings.get("MANTIS_IPHONE_ENGINE") or "auto"
    unsafe = on_lab or settings.getbool("MANTIS_ALLOW_NO_SANDBOX")
    wanted = any(device.engine == "webkit" for device in visitors)
    return choose(setting if wanted else "chromium", unsafe=unsafe)


def run_name() -> str:
    """Return a name for a run that begins now."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def new_folder(outputs: Path, run: str) -> Path:
    """Make the folder of a run and return it.

    Raises:
        PlanError: it cannot be made.
    """
    folder = outputs.expanduser() / run
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise PlanError(
            f"cannot make the folder of the run: {error}. Set MANTIS_OUTPUTS to another"
        ) from error
    return folder.resolve()


def check_names(arguments: Mapping[str, Any], known: Mapping[str, str]) -> None:
    """Refuse arguments that are unknown or empty.

    Raises:
        PlanError: with the nearest known name.
    """
    for name in arguments:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise PlanError(f"unknown argument {name!r}.{hint} Known are: {', '.join(known)}")
        if not str(arguments[name]).strip():
            raise PlanError(f"argument {name!r} is empty: {known[name]}")


def check_numbers(settings: BaseSettings) -> None:
    """Refuse settings that are no fit number; the crawl would only find out visit by visit.

    Raises:
        PlanError: with the setting, its value and what it must be.
    """
    for name, kind in NUMBERS.items():
        text = str(settings.get(name, "")).strip()
        if name in settings and not kind.holds(text):
            raise PlanError(f"{name} must be {kind.words}, not {text[:80]!r}")


def flag(arguments: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Return whether an argument says yes.

    Raises:
        PlanError: it says neither yes nor no.
    """
    word = arguments.get(name, "yes" if default else "no").strip().lower()
    if word not in WORDS:
        raise PlanError(f"argument {name!r} is yes or no, not {word!r}")
    return WORDS[word]


def number(arguments: Mapping[str, str], name: str) -> int:
    """Return the number that an argument gives.

    Raises:
        PlanError: it is none.
    """
    text = arguments[name].strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= 10**9):
        raise PlanError(f"{name} is a number from 0 to a thousand million, not {arguments[name]!r}")
    return int(text)


def _country(code: str) -> Country:
    try:
        return country(code)
    except ValueError as error:
        raise PlanError(str(error)) from error


def _devices(names: str) -> tuple[Device, ...]:
    try:
        shelf = discover(devices, Device)
    except ValueError as error:
        raise PlanError(str(error)) from error
    wanted = list(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    unknown = [name for name in wanted if name not in shelf]
    if unknown or not wanted:
        raise PlanError(f"no device {', '.join(unknown) or 'given'}: known are {', '.join(shelf)}")
    try:
        for name in wanted:
            validate(shelf[name])
    except ValueError as error:
        raise PlanError(str(error)) from error
    return tuple(shelf[name] for name in wanted)
