"""The words of the house: frozen facts that every room passes on. Imports nothing of ours."""

from mantis_crawler.items.artifact import Artifact, Hold, Step
from mantis_crawler.items.codec import CodecError, from_json, from_plain, to_json, to_plain
from mantis_crawler.items.country import COUNTRIES, Country, country
from mantis_crawler.items.device import Device
from mantis_crawler.items.host import host_of
from mantis_crawler.items.indicator import Indicator, IndicatorType, Pap, Role, Skip, SkipReason, Tlp, opened
from mantis_crawler.items.page import Page
from mantis_crawler.items.question import (
    Ask,
    Contact,
    Failure,
    Finding,
    Logged,
    Place,
    Question,
    Registration,
    Reply,
    Sight,
    Threat,
)
from mantis_crawler.items.record import (
    Answer,
    Cloaking,
    Enrichment,
    Record,
    Resolution,
)
from mantis_crawler.items.verdict import ContentClass, Evidence, Lure, Signal, Verdict
from mantis_crawler.items.visit import (
    Capture,
    CaptureKind,
    Certificate,
    Connection,
    Dialog,
    Download,
    Hop,
    HopCause,
    Outcome,
    Visit,
)

__all__ = [
    "COUNTRIES",
    "Answer",
    "Artifact",
    "Ask",
    "Capture",
    "CaptureKind",
    "Certificate",
    "Cloaking",
    "CodecError",
    "Connection",
    "Contact",
    "ContentClass",
    "Country",
    "Device",
    "Dialog",
    "Download",
    "Enrichment",
    "Evidence",
    "Failure",
    "Finding",
    "Hold",
    "Hop",
    "HopCause",
    "Indicator",
    "IndicatorType",
    "Logged",
    "Lure",
    "Outcome",
    "Page",
    "Pap",
    "Place",
    "Question",
    "Record",
    "Registration",
    "Reply",
    "Resolution",
    "Role",
    "Sight",
    "Signal",
    "Skip",
    "SkipReason",
    "Step",
    "Threat",
    "Tlp",
    "Verdict",
    "Visit",
    "country",
    "from_json",
    "from_plain",
    "host_of",
    "opened",
    "to_json",
    "to_plain",
]
