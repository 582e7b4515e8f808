"""`scrapy accuracy`: how often the judge is right on labelled pages, seen as a crawl sees them."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from mantis_crawler import detectors, judge
from mantis_crawler.browser.find import Browser, BrowserNotFoundError, find_browser
from mantis_crawler.catalog import discover
from mantis_crawler.commands.figures import Answered, Figures, Share, by_group, figures
from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.commands.phones import choose
from mantis_crawler.commands.rendering import JOBS, Rendered, render
from mantis_crawler.commands.samples import CLASSES, OTHERS, ManifestError, Sample, read_samples
from mantis_crawler.commands.seven import seven
from mantis_crawler.detectors.base import Detector
from mantis_crawler.items import ContentClass, Device, Evidence
from mantis_crawler.pipelines.classify import judged

_WIDTH = 140
"""Characters of a table in a pipe or file, where nothing says how wide it may be."""
FAULT = "fault"
"""The verdict on a page that could not be rendered or judged."""
_EVERY = 25
"""Pages between two lines of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said of one page."""

    sample: Sample
    said: str
    """One of the seven classes."""
    confidence: float
    lure: bool
    verdict: str
    """The judge's own word, such as ``blank``, or ``fault``."""
    evidence: tuple[Evidence, ...] = ()

    @property
    def counted(self) -> Answered:
        """What the figures need of it."""
        return Answered(
            truth=self.sample.label,
            said=self.said,
            confidence=self.confidence,
            group=self.sample.lang or "not said",
        )


class Command(ScrapyCommand):
    """Renders labelled pages, judges them, and prints how good the answers are."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "MANIFEST.csv [--device NAME] [--json FILE] [--jobs N]"

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Measure the judge on labelled pages: precision, recall, F1, calibration"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add who visits, and where to write."""
        super().add_options(parser)
        parser.add_argument("--device", default="android", metavar="NAME", help="who visits (android)")
        parser.add_argument("--json", metavar="FILE", help="write every answer; - for the screen")
        parser.add_argument("--jobs", type=int, default=JOBS, metavar="N", help=f"visits at a time ({JOBS})")

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:
        """Measure."""
        assert self.settings is not None
        samples, device, found = prepare(self.settings, args, opts)
        started = monotonic()
        answers = asyncio.run(answer(self.settings, found, device, samples, opts.jobs))
        seconds = monotonic() - started
        summary = summarise(answers, device, seconds)
        if opts.json:
            write(opts.json, as_json(answers, summary))
        if opts.json != "-":
            show(Console(width=None if sys.stdout.isatty() else _WIDTH), answers, summary)


def prepare(
    settings: BaseSettings, args: Sequence[str], opts: Namespace
) -> tuple[list[Sample], Device, Browser]:
    """Return pages, device and browser.

    Raises:
        UsageError: one of them cannot be had; the message says why.
    """
    if len(args) != 1:
        raise UsageError("name one manifest: a CSV with the columns file and class")
    if opts.jobs < 1:
        raise UsageError("--jobs must be 1 or more", print_help=False)
    try:
        samples = read_samples(Path(args[0]))
        (device,) = choose([opts.device])
        return samples, device, find_browser(settings.get("MANTIS_BROWSER"))
    except (ManifestError, ValueError, BrowserNotFoundError) as error:
        raise UsageError(str(error), print_help=False) from None


async def answer(
    settings: BaseSettings, found: Browser, device: Device, samples: Sequence[Sample], jobs: int
) -> list[Answer]:
    """Return an answer to every page, in the order of the samples."""
    shelf = tuple(discover(detectors, Detector).values())  # type: ignore[type-abstract]
    classes = {item.content_class.name: item.content_class for item in shelf}
    answers: dict[int, Answer] = {}
    async for rendered in render(settings, found, device, samples, jobs):
        answers[id(rendered.sample)] = await asyncio.to_thread(answer_to, rendered, shelf, classes)
        if len(answers) % _EVERY == 0 and sys.stderr.isatty():
            print(f"\r{len(answers)} of {len(samples)} pages", end="", file=sys.stderr)  # noqa: T201 - progress
    return [answers[id(sample)] for sample in samples]


def answer_to(rendered: Rendered, shelf: Sequence[Detector], classes: Mapping[str, ContentClass]) -> Answer:
    """Return what is said of a page; one that could not be rendered or judged is ``others``, for sure not."""
    try:
        if rendered.page is None:
            return _failed(rendered.sample, rendered.fault)
        visit = judged(rendered.page, shelf, classes)
        assert visit.verdict is not None
        said, confidence, name = seven(visit.verdict.evidence, classes)
        return Answer(
            sample=rendered.sample,
            said=said,
            confidence=confidence,
            lure=judge.lure((visit,), None).is_lure,
            verdict=name,
            evidence=visit.verdict.evidence,
        )
    except Exception as error:  # noqa: BLE001 - a page that fails is a line in the result
        return _failed(rendered.sample, repr(error)[:300])


def _failed(sample: Sample, fault: str) -> Answer:
    why = Evidence(content_class=FAULT, weight=0.0, reason=fault)
    return Answer(sample=sample, said=OTHERS, confidence=0.0, lure=False, verdict=FAULT, evidence=(why,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of one measurement."""

    device: str
    seconds: float
    faults: int
    total: Figures
    languages: dict[str, Figures]
    lures: dict[str, int]
    """Pages called a lure, by what they are."""

    @property
    def speed(self) -> float:
        """Pages a second."""
        return self.total.pages / self.seconds if self.seconds else 0.0


def summarise(answers: Sequence[Answer], device: Device, seconds: float) -> Summary:
    """Count the answers."""
    counted = [one.counted for one in answers]
    lures = [one.sample.label for one in answers if one.lure]
    return Summary(
        device=device.name,
        seconds=round(seconds, 1),
        faults=sum(one.verdict == FAULT for one in answers),
        total=figures(counted, CLASSES),
        languages=by_group(counted, CLASSES),
        lures={name: lures.count(name) for name in CLASSES},
    )


def as_json(answers: Sequence[Answer], summary: Summary) -> str:
    """Return every answer and the figures, for a program."""
    pages = [
        {
            "file": one.sample.file,
            "class": one.said,
            "confidence": one.confidence,
            "lure": one.lure,
            "verdict": one.verdict,
            "evidence": [
                {"class": item.content_class, "weight": item.weight, "reason": item.reason}
                for item in one.evidence
            ],
        }
        for one in answers
    ]
    facts = asdict(summary) | {"pages_per_second": round(summary.speed, 2)}
    return json.dumps({"pages": pages, "summary": facts}, indent=2)


def show(console: Console, answers: Sequence[Answer], summary: Summary) -> None:
    """Print the figures and the pages that it got wrong."""
    for table in tables(answers, summary):
        console.print(table)
    total = summary.total
    right = f"{total.right} of {total.pages} right; macro-F1 {_share(total.macro_f1)}"
    lines = (
        f"{right}; expected calibration error {total.ece:.3f}",
        f"{summary.faults} could not be rendered or judged; {sum(summary.lures.values())} are called lures",
        f"{summary.device}: {summary.seconds:.0f} s, {summary.speed:.1f} pages a second",
    )
    for line in lines:
        console.print(line, markup=False, highlight=False)


def tables(answers: Sequence[Answer], summary: Summary) -> list[Table]:
    """Return what is printed."""
    return [
        _by_class(summary.total),
        _by_language(summary.languages),
        _confusion(summary.total),
        _calibration(summary.total),
        _wrong(answers),
    ]


def _share(share: Share) -> str:
    if share.value is None:
        return "-"
    return f"{share.value:.3f} ({share.low:.2f}-{share.high:.2f})"


def _by_class(total: Figures) -> Table:
    table = Table("class", "pages", "precision", "recall", "F1", title="By class, with 95 % intervals")
    for name, scores in total.classes.items():
        shares = (scores.precision, scores.recall, scores.f1)
        table.add_row(name, str(scores.pages), *(_share(share) for share in shares))
    return table


def _by_language(languages: Mapping[str, Figures]) -> Table:
    table = Table("language", "pages", "right", "macro-F1", title="By language")
    for name, found in languages.items():
        table.add_row(
            Text(name), str(found.pages), f"{found.right / found.pages:.3f}", _share(found.macro_f1)
        )
    return table


def _confusion(total: Figures) -> Table:
    table = Table("is \\ said", *total.confusion, title="Confusion")
    for name, row in total.confusion.items():
        table.add_row(name, *(str(count or "") for count in row.values()))
    return table


def _calibration(total: Figures) -> Table:
    table = Table("confidence", "pages", "mean confidence", "right", title="Calibration")
    for one in total.bins:
        span = f"{one.low:.1f}-{one.high:.1f}"
        table.add_row(span, str(one.pages), f"{one.confidence:.3f}", f"{one.right:.3f}")
    return table


def _wrong(answers: Sequence[Answer]) -> Table:
    table = Table("file", "is", "said", "", "strongest evidence for it", title="Pages that it got wrong")
    for one in answers:
        if one.said != one.sample.label:
            mine = [item for item in one.evidence if item.content_class == one.verdict]
            told = max(mine or one.evidence, key=lambda item: item.weight, default=None)
            reason = ascii(told.reason)[1:-1][:90] if told else ""
            cells = (one.sample.file, one.sample.label, one.verdict, f"{one.confidence:.2f}", reason)
            table.add_row(*(Text(cell) for cell in cells))
    return table


def write(place: str, text: str) -> None:
    """Write to a file, or to the screen where the place is ``-``."""
    if place == "-":
        print(text)  # noqa: T201 - a command's output
    else:
        Path(place).write_text(f"{text}\n", encoding="utf-8")
