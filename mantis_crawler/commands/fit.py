"""`scrapy fit`: weigh evidence anew on labelled pages, and say how good it is on unseen sources."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from mantis_crawler import detectors
from mantis_crawler import judge as judges
from mantis_crawler.browser.find import Browser
from mantis_crawler.catalog import discover
from mantis_crawler.commands import fitting, likeness
from mantis_crawler.commands.accuracy import prepare
from mantis_crawler.commands.figures import Figures
from mantis_crawler.commands.fitting import Fit, Seen
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.commands.rendering import JOBS, render
from mantis_crawler.commands.samples import CLASSES, Sample
from mantis_crawler.detectors import reading
from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.view import view
from mantis_crawler.items import Device
from mantis_crawler.judge.weights import FILE

PLACE = Path(judges.__file__).with_name(FILE)
READING = Path(detectors.__file__).with_name(reading.FILE)


class Command(ScrapyCommand):
    """Renders labelled pages, fits the weights, prints figures of held-out sources, and writes the file."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "MANIFEST.csv [--device NAME] [--jobs N] [--write FILE] [--write-reading FILE]"

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Fit the judge's weights to labelled pages (needs scikit-learn)"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add who visits, and where to write."""
        super().add_options(parser)
        parser.add_argument("--device", default="android", metavar="NAME", help="who visits (android)")
        parser.add_argument("--jobs", type=int, default=JOBS, metavar="N", help=f"visits at a time ({JOBS})")
        parser.add_argument("--write", default=str(PLACE), metavar="FILE", help="the weights (the package's)")
        parser.add_argument(
            "--write-reading",
            default=str(READING),
            metavar="FILE",
            help="what pages read like (the package's)",
        )

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:
        """Fit."""
        assert self.settings is not None
        if find_spec("sklearn") is None:
            raise UsageError("fitting needs scikit-learn: install it", print_help=False)
        samples, device, found = prepare(self.settings, args, opts)
        pages = asyncio.run(look(self.settings, found, device, samples, opts.jobs))
        try:
            fit = fitting.fit_all(pages, facts(samples, device))
        except ValueError as error:
            raise UsageError(f"{args[0]}: {error}", print_help=False) from None
        Path(opts.write).write_text(fitting.as_json(fit.weights), encoding="utf-8")
        Path(opts.write_reading).write_text(likeness.as_json(fit.likenesses), encoding="utf-8")
        Console(width=None if sys.stdout.isatty() else 120).print(table(fit))
        print(f"Fitted to {len(pages)} of {len(samples)} pages: {opts.write}")  # noqa: T201 - a command's output


async def look(
    settings: BaseSettings, found: Browser, device: Device, samples: Sequence[Sample], jobs: int
) -> list[Seen]:
    """Return what the detectors see on every page that can be rendered, in the order of the samples."""
    shelf = tuple(discover(detectors, Detector).values())  # type: ignore[type-abstract]
    seen: dict[int, Seen] = {}
    async for rendered in render(settings, found, device, samples, jobs):
        if rendered.page is not None:
            evidence = await asyncio.to_thread(judges.see, rendered.page, shelf)
            traits = reading.known_traits(view(rendered.page))
            seen[id(rendered.sample)] = Seen(sample=rendered.sample, evidence=evidence, traits=traits)
    return [seen[id(sample)] for sample in samples if id(sample) in seen]


def facts(samples: Sequence[Sample], device: Device) -> dict[str, Any]:
    """Return what the weights file says of the data."""
    data = sha256()
    for sample in sorted(samples, key=lambda one: one.file):
        data.update(f"{sample.file}\0{sample.label}\0{sample.url}\0{sample.source}\0".encode())
        data.update(sha256(sample.path.read_bytes()).digest())
    sources = {sample.source or sample.file for sample in samples}
    return {
        "made": datetime.now(UTC).date().isoformat(),
        "device": device.name,
        "data": data.hexdigest(),
        "sources": len(sources),
    }


def table(fit: Fit) -> Table:
    """Return the figures of held-out sources, for a person."""
    shown = Table("", "pages", "macro-F1", "ECE", *CLASSES, title="On sources that the weights did not see")
    rows = [(f"development, folds {place}", one) for place, one in enumerate(fit.development, 1)]
    rows += [("check half", fit.check)]
    rows += [(f"all, folds {place}", one) for place, one in enumerate(fit.every, 1)]
    for name, one in rows:
        shown.add_row(name, *_cells(one))
    return shown


def _cells(found: Figures) -> list[str]:
    scores = [found.classes[name].f1.value for name in CLASSES]
    shares = [found.macro_f1.value, found.ece, *scores]
    return [str(found.pages), *("-" if share is None else f"{share:.3f}" for share in shares)]
