"""One row of the table of checks, and what came of it on one visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mantis_crawler.lab.phones.expected import Expected, Subject

GROUPS = {
    "A": "HTTP and headers",
    "B": "other contexts",
    "C": "navigator",
    "D": "screen, touch, window",
    "E": "CSS and APIs",
    "F": "graphics, media, fonts",
    "G": "time and locale",
    "H": "engine and automation",
    "I": "scripts by others",
    "J": "server-side parsers",
}

SOURCES = {
    "UA": "published reduction and freezing of user agents (Chromium, WebKit)",
    "BCD": "browser compatibility data, Chrome for Android and Safari on iOS",
    "FPG": "a published model of real phones' fingerprints",
    "UAS": "a published sample of real sessions",
    "IMP": "an impersonating client's recording of the real browser",
    "SPEC": "a specification, or the maker's documents",
    "ENG": "engine identity: V8 against JavaScriptCore",
    "CTRL": "the same engine without a driver",
    "LIB": "the verdict of the script or package that is named",
}


class State(StrEnum):
    """What came of a check."""

    PASS = "pass"  # noqa: S105 - a word, not a secret
    FAIL = "fail"
    LEFT_OUT = "left out"
    """It could not be measured on this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is measured, and what a real phone shows."""

    id: str
    title: str
    key: str
    """Dotted path of the measured value."""
    android: Expected | None = None
    """``None``: the check says nothing of this kind of device."""
    iphone: Expected | None = None
    desktop: Expected | None = None
    inside: Expected | None = None
    """What Android's browser inside an app shows; ``None``: the same as Chrome."""
    source: str
    """A key of `SOURCES`."""
    cheap: bool = False
    """Whether a site reads it in one header or one line of script."""
    needs: str = ""
    """Dotted path that is there only if it could be measured; empty: always."""

    @property
    def group(self) -> str:
        """Letter of its group, a key of `GROUPS`."""
        return self.id[0]

    def of(self, kind: str) -> Expected | None:
        """Return what that kind of device shows; ``None`` if the check does not speak of it."""
        columns = {"android": self.android, "iphone": self.iphone, "desktop": self.desktop}
        return self.inside if kind == "webview" and self.inside else columns.get(kind, self.android)


def row(  # noqa: PLR0917 - the table has so many columns
    id: str,  # noqa: A002 - the column's name
    title: str,
    key: str,
    android: Expected | None,
    iphone: Expected | None,
    desktop: Expected | None,
    source: str,
    *,
    cheap: bool = False,
    needs: str = "",
) -> Check:
    """Return a check: columns in the table's order."""
    return Check(
        id=id,
        title=title,
        key=key,
        android=android,
        iphone=iphone,
        desktop=desktop,
        source=source,
        cheap=cheap,
        needs=needs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A check and what was seen."""

    check: Check
    state: State
    seen: Any
    """JSON."""
    shows: str
    """What a real phone shows."""


def judge(checks: Iterable[Check], subject: Subject) -> list[Result]:
    """Hold what was measured against the table."""
    results = []
    for check in checks:
        expected = check.of(subject.kind)
        if expected is None:
            continue
        seen = subject.look(check.key)
        if check.needs and subject.look(check.needs) is None:
            state = State.LEFT_OUT
        else:
            state = State.PASS if expected.holds(seen, subject) else State.FAIL
        results.append(Result(check=check, state=state, seen=seen, shows=expected.shows))
    return results
