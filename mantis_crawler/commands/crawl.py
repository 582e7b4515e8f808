"""Scrapy's ``crawl``, planned before anything starts: a bad input is a sentence, not a traceback."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterable

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from mantis_crawler.browser.exits import through
from mantis_crawler.commands.case import STATE
from mantis_crawler.commands.interrupt import INTERRUPTED, end_with_parent
from mantis_crawler.items import Artifact
from mantis_crawler.spiders.arguments import PlanError
from mantis_crawler.spiders.artifacts import ArtifactsSpider
from mantis_crawler.spiders.expand import ACCOUNT, ExpandSpider, told
from mantis_crawler.spiders.growing import make_growing
from mantis_crawler.spiders.plan import Plan, make_plan, to_visit


class Command(ScrapyCrawl):
    """``scrapy crawl artifacts`` and ``scrapy crawl expand``; other spiders run as always."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Plan, say what is going to happen, crawl, and say how to go on if it was interrupted."""
        end_with_parent()
        if args == [ExpandSpider.name]:
            self.expand(args, opts)
        elif args == [ArtifactsSpider.name]:
            self.visit(args, opts)
        else:
            super().run(args, opts)

    def expand(self, args: list[str], opts: Namespace) -> None:
        """Expand, and say what came of it."""
        assert self.settings is not None
        try:
            growing = make_growing(self.settings, opts.spargs)
        except PlanError as error:
            raise UsageError(str(error), print_help=False) from error
        where = "on the embedded lab" if growing.lab_seed is not None else "with the providers that have keys"
        say(f"Expanding {len(growing.feed.indicators)} indicators of {growing.feed.name} {where}.")
        opts.spargs = {"plan": growing}
        super().run(args, opts)
        for line in told(growing.folder / ACCOUNT):
            say(line)

    def visit(self, args: list[str], opts: Namespace) -> None:
        """Visit artifacts."""
        assert self.settings is not None
        try:
            plan = make_plan(self.settings, opts.spargs)
        except PlanError as error:
            raise UsageError(str(error), print_help=False) from error
        if plan.resumed and not left(plan):
            say(f"Run {plan.run} is finished: nothing is left to do. Its files are in {plan.folder}")
            return
        say(announcement(plan))
        opts.spargs = {"plan": plan}
        super().run(args, opts)
        if open_units := left(plan):
            say(f"\nInterrupted: {open_units} to do.{onward(plan)}")
            self.exitcode = INTERRUPTED


def onward(plan: Plan) -> str:
    """Return how to go on with a run; empty within a case, which says itself how it goes on."""
    if (plan.folder.parent / STATE).is_file():
        return ""
    return f" Go on with: scrapy crawl artifacts -a resume={plan.run}"


def left(plan: Plan) -> int:
    """Return how many units of a plan are not done."""
    counts = plan.ledger.counts()
    return counts["total"] - counts["done"]


def say(line: str) -> None:
    """Write a line to the terminal, where the live line is written too."""
    print(line, file=sys.stderr)  # noqa: T201 - a command's output


def announcement(plan: Plan) -> str:
    """Return the one line that says what will be contacted, and from where."""
    artifacts = to_visit(plan)
    hosts = len({artifact.host for artifact in artifacts})
    names = ", ".join(device.name for device in plan.devices)
    way = through(tuple(one.country for one in plan.exits))
    if plan.lab_seed is not None:
        where = f"on the embedded lab (seed {plan.lab_seed}), {way}; nothing leaves this machine"
    else:
        behind = " behind the gateway" if plan.exits else " (no exit is set), through the gateway"
        where = f"ON THE REAL INTERNET, {way}{behind}"
    again = "Resuming" if plan.resumed else "Run"
    most = "" if plan.visits is None else f" {plan.visits:,} at the most"
    visits = ", and none visited" if plan.visits == 0 else f", and visited{most} if alive as {names}"
    what = f"{hosts:,} host{'' if hosts == 1 else 's'} will be looked up{visits}"
    return f"{again} {plan.run}: {what}, {where}.{at_home(plan, artifacts)}{skipped(plan)}"


def at_home(plan: Plan, artifacts: Iterable[Artifact]) -> str:
    """Return where phones are at home whose campaign's country nobody told; empty if all are told."""
    unknown = sum(not artifact.country for artifact in artifacts)
    if not unknown or plan.exits or plan.visits == 0:
        return ""
    country = plan.country.code
    return (
        f" {unknown:,} of them tell no country: the phones are at home in {country!r} there; campaigns often "
        f"show others nothing, so name the victims' country with -a country=CODE."
    )


def skipped(plan: Plan) -> str:
    """Return how many lines of the feed gave no indicator, and why; empty if there is none to miss."""
    reasons = Counter(str(skip.reason) for skip in plan.ledger.skips())
    if not set(reasons) - {"blank", "comment", "header"}:
        return ""
    told = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in reasons.most_common())
    return f" Lines of the feed without an indicator: {reasons.total()} ({told}); skipped.csv lists them."
