"""The case report, for people."""

from mantis_crawler.report.facts import RunFacts
from mantis_crawler.report.write import write_report

__all__ = ["RunFacts", "write_report"]
