"""Scrapy's ``crawl``, planned before anything starts: a bad input is a sentence, not a traceback."""

import sys
from argparse import Namespace

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from mantis_crawler.browser.exits import through
from mantis_crawler.spiders.artifacts import ArtifactsSpider
from mantis_crawler.spiders.plan import Plan, PlanError, make_plan, to_visit


class Command(ScrapyCrawl):
    """``scrapy crawl artifacts``; other spiders run as always."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Plan, say what is going to happen, and crawl."""
        if args == [ArtifactsSpider.name]:
            assert self.settings is not None
            try:
                plan = make_plan(self.settings, opts.spargs)
            except PlanError as error:
                raise UsageError(str(error), print_help=False) from error
            print(announcement(plan), file=sys.stderr)  # noqa: T201 - said before the log is set up
            opts.spargs = {"plan": plan}
        super().run(args, opts)


def announcement(plan: Plan) -> str:
    """Return the one line that says what will be contacted, and from where."""
    hosts = len({artifact.host for artifact in to_visit(plan)})
    names = ", ".join(device.name for device in plan.devices)
    way = through(tuple(one.country for one in plan.exits))
    if plan.lab_seed is not None:
        where = f"on the embedded lab (seed {plan.lab_seed}), {way}; nothing leaves this machine"
    else:
        behind = " behind the gateway" if plan.exits else " (no exit is set), through the gateway"
        where = f"ON THE REAL INTERNET, {way}{behind}"
    again = "Resuming" if plan.resumed else "Run"
    return f"{again} {plan.run}: {hosts} hosts will be contacted as {names} {where}."
