"""``scrapy lab``: the embedded internet, for a person to look at."""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand

from mantis_crawler.lab import Lab
from mantis_crawler.lab.feed import feed, url_of
from mantis_crawler.lab.hostile import hostile_pages
from mantis_crawler.lab.site import Site
from mantis_crawler.lab.world import World

_WIDTH = 170
"""Characters of the table in a pipe or file, where nothing says how wide it may be."""
_ANDROID = "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36"


class Command(ScrapyCommand):
    """Serves the lab, or prints what it holds."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--seed N] [--list | --feed | --case]"

    def short_desc(self) -> str:
        """Return the command in a line."""
        return "Serve the embedded internet on loopback until Ctrl-C, or print what it holds"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the seed and the ways to print."""
        super().add_options(parser)
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="which world (default: 1)")
        shown = parser.add_mutually_exclusive_group()
        shown.add_argument("--list", action="store_true", help="print its live names and exit")
        shown.add_argument(
            "--case", action="store_true", help="print the indicators of its large case and exit"
        )
        shown.add_argument("--feed", action="store_true", help="print its indicators as CSV and exit")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        """Do what the options say."""
        if opts.feed:
            print(feed(World(opts.seed)), end="")  # noqa: T201 - the command's output
        elif opts.case:
            print(World(opts.seed).case.feed(), end="")  # noqa: T201 - the command's output
        elif opts.list:
            width = None if sys.stdout.isatty() else _WIDTH
            Console(width=width).print(_table(World(opts.seed)))
        else:
            with suppress(KeyboardInterrupt):
                asyncio.run(_serve(opts.seed))


async def _serve(seed: int) -> None:
    async with await Lab.start(seed) as lab:
        for line in _guide(lab):
            print(line, flush=True)  # noqa: T201 - the command's output
        await asyncio.Event().wait()


def _guide(lab: Lab) -> Iterator[str]:
    address, port = lab.dns
    live, dead = len(lab.world.sites), len(lab.world.dead)
    yield f"The lab is up (seed {lab.world.seed}): {live} live names, {dead} dead."
    yield f"  DNS    {address}:{port} (UDP and TCP)      try: dig @{address} -p {port} NAME"
    yield f"  http   127.0.0.1:{lab.http_port}"
    yield f"  https  127.0.0.1:{lab.https_port}"
    yield ""
    for family, sites in lab.world.families.items():
        yield f"{family}:"
        shown = {site.design: site for site in reversed(sites)}
        for site in sorted(shown.values(), key=sites.index)[:3]:
            yield f"  {_look(lab, site)}"
    yield ""
    yield f"hostile: {len(hostile_pages())} pages that try something against who visits them"
    yield "  scrapy hostile --list names them, scrapy crawl artifacts -a seeds=hostile visits them"
    yield ""
    yield "Ctrl-C ends it."


def _look(lab: Lab, site: Site) -> str:
    """Return how to look at a site as an Android phone of its country."""
    port, inner = (443, lab.https_port) if site.scheme == "https" else (80, lab.http_port)
    bend = f"--connect-to {site.host}:{port}:127.0.0.1:{inner}"
    return f"curl -k -A '{_ANDROID}' -H 'Accept-Language: {site.language}' {bend} '{url_of(site)}'"


def _table(world: World) -> Table:
    title = f"The lab, seed {world.seed}"
    table = Table("family", "URL", "address", "design", "language", "country", title=title)
    for family, sites in world.families.items():
        for site in sites:
            table.add_row(family, url_of(site), world.address(site), site.design, site.language, site.country)
    for page in hostile_pages().values():
        table.add_row("hostile", page.url, "", page.tries, "en", "")
    return table
