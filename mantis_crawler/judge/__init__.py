"""Evidence to verdict, verdicts to what an artifact is: pure functions, no page in sight."""

from mantis_crawler.judge.cloaking import compare
from mantis_crawler.judge.lures import LURE_THRESHOLD, lure, lure_of
from mantis_crawler.judge.records import VICTIM, principal, strongest, verdict_of, verdicts_of
from mantis_crawler.judge.seeing import DETECTOR_ERROR, SUSPICION, see
from mantis_crawler.judge.verdicts import UNKNOWN, chances, judge
from mantis_crawler.judge.weights import Weights, fitted, noisy_or

__all__ = [
    "DETECTOR_ERROR",
    "LURE_THRESHOLD",
    "SUSPICION",
    "UNKNOWN",
    "VICTIM",
    "Weights",
    "chances",
    "compare",
    "fitted",
    "judge",
    "lure",
    "lure_of",
    "noisy_or",
    "principal",
    "see",
    "strongest",
    "verdict_of",
    "verdicts_of",
]
