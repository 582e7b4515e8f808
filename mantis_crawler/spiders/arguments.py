"""What a run is asked for: arguments and settings, each held against what it may be."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

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
