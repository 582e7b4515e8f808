"""What a real phone shows, as something that a value can be held against."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.items import Country, Device


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who was looked at."""

    device: Device
    country: Country
    version: str
    """Of the engine that runs, four numbers with dots."""
    seen: Mapping[str, Any] = field(default_factory=dict)
    """Everything that was measured, for checks that compare two values."""

    @property
    def major(self) -> str:
        """Major version of the engine that runs."""
        return self.version.partition(".")[0]

    @property
    def kind(self) -> str:
        """Which column of the table holds: ``android``, ``webview``, ``iphone`` or ``desktop``."""
        if self.device.engine == "webkit":
            return "iphone"
        if self.device.in_app:
            return "webview"
        return "android" if self.device.mobile else "desktop"

    def look(self, key: str) -> Any:
        """Return the value at a dotted path; ``None`` if there is none."""
        value: Any = self.seen
        for part in key.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value


Test = Callable[[Any, Subject], bool]


@dataclass(frozen=True, slots=True)
class Expected:
    """A test of a value, and in words what passes it."""

    shows: str
    holds: Test


def test(shows: str, holds: Test) -> Expected:
    """Return an expectation of one's own."""
    return Expected(shows, holds)


def equal(value: Any, shows: str = "") -> Expected:
    """Expect this very value (lists compare by order)."""
    return Expected(shows or _words(value), lambda seen, _: bool(seen == value and type(seen) is type(value)))


def among(*values: Any) -> Expected:
    """Expect one of these values."""
    return Expected(" or ".join(map(_words, values)), lambda seen, _: seen in values)


def like(pattern: str, shows: str = "") -> Expected:
    """Expect a text that the pattern is found in."""
    compiled = re.compile(pattern)
    return Expected(
        shows or pattern, lambda seen, _: isinstance(seen, str) and compiled.search(seen) is not None
    )


def between(low: float, high: float) -> Expected:
    """Expect a number of this range, ends included."""

    def holds(seen: Any, _: Subject) -> bool:
        try:
            return low <= float(seen) <= high
        except (TypeError, ValueError):
            return False

    return Expected(f"{low:g}..{high:g}", holds)


def absent() -> Expected:
    """Expect nothing: no header, no name, or in a list none of them."""
    return Expected("absent", lambda seen, _: _nothing(seen))


def present(value: str = "function") -> Expected:
    """Expect a type that is not ``undefined``, in a list for each."""
    return Expected(
        "present",
        lambda seen, _: all(item == value for item in (seen if isinstance(seen, list) else [seen])),
    )


def of_device(name: str) -> Expected:
    """Expect what the device's data says."""
    return Expected(f"the device's {name}", lambda seen, subject: bool(seen == getattr(subject.device, name)))


def agrees(key: str, shows: str = "") -> Expected:
    """Expect the value that another measurement gave."""

    def holds(seen: Any, subject: Subject) -> bool:
        other = subject.look(key)
        return seen is not None and (seen == other or str(seen) == _number(other))

    return Expected(shows or f"as {key}", holds)


def _nothing(seen: Any) -> bool:
    if isinstance(seen, list):
        return all(map(_nothing, seen))
    return seen in (None, "undefined", False, {}, "absent")


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(map(_words, value)) or "none"
    if value is None or value == {}:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
