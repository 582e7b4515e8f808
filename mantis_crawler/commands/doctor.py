"""`scrapy doctor`: what this machine lacks for a crawl, and what to do about it."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

import mantis_crawler
from mantis_crawler.commands.checks import Finding, Mark, check_all, machine, worst

CHECKOUT = Path(mantis_crawler.__file__).parents[1]
VERDICTS = {
    Mark.OK: "All is well.",
    Mark.WARN: "Ready. What is marked warn works less well or less safely.",
    Mark.FAIL: "Not ready: put right what is marked FAIL.",
}


class Command(ScrapyCommand):
    """Prints a mark for each thing that a crawl needs, and a remedy for each that is not right."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """Return what `scrapy` lists."""
        return "Check browser, sandbox, fonts, folders and memory, and say what to do"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add ``--json``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def run(self, args: list[str], opts: Namespace) -> None:  # noqa: ARG002 - Scrapy's signature
        """Print the findings; the exit code is 1 if one of them must be put right."""
        assert self.settings is not None
        outputs = Path(self.settings.get("MANTIS_OUTPUTS", "outputs"))
        findings = list(check_all(self.settings.get("MANTIS_BROWSER"), outputs, CHECKOUT))
        print(as_json(findings) if opts.json else as_text(findings))  # noqa: T201 - a command's output
        self.exitcode = 1 if worst(findings) is Mark.FAIL else 0


def as_text(findings: Sequence[Finding]) -> str:
    """Return the findings for a person: mark, name, what was seen; the remedy below it."""
    width = max((len(finding.name) for finding in findings), default=0)
    lines = [machine()]
    for finding in findings:
        mark = finding.mark.upper() if finding.mark is Mark.FAIL else finding.mark
        lines.append(f"{mark:<4}  {finding.name:<{width}}  {finding.text}")
        lines += [f"{'':<{width + 8}}{line}" for line in finding.remedy.splitlines()]
    return "\n".join([*lines, VERDICTS[worst(findings)]])


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings for a program."""
    facts = {"machine": machine(), "mark": worst(findings), "findings": [asdict(item) for item in findings]}
    return json.dumps(facts, indent=2)
