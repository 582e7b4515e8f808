"""The run's facts, written when it starts and completed when it ends."""

import json
import logging
import platform
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from mantis_crawler import __version__
from mantis_crawler.extensions.facts import FINISHED
from mantis_crawler.extensions.memory import machine
from mantis_crawler.extensions.selftest import self_tested

logger = logging.getLogger(__name__)

NAME = "manifest.json"
PACKAGES = ("scrapy", "scrapy-playwright", "playwright")
REDACTED = "(redacted)"

_SECRET = re.compile(r"KEY|TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL", re.IGNORECASE)
_USER_INFO = re.compile(r"(?<=://)[^/?#]+@")
_GROWING = re.compile(r"manifest\.json|.*\.(?:log|part)|.*\.sqlite(?:-\w+)?")
"""Files that go on changing, or hold no records."""


class ManifestExtension:
    """Writes ``manifest.json`` into the run's folder."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.facts: dict[str, Any] = {}
        self.folder: Path | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the beginning and the end of the run."""
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.tested, self_tested)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        crawler.signals.connect(extension.stopped, signals.engine_stopped)
        return extension

    def opened(self, spider: Spider) -> None:
        """Write what is known before the first visit."""
        folder = getattr(spider, "run_folder", None)
        if folder is None:
            return
        self.folder = folder
        plan = getattr(spider, "plan", None)
        self.facts = {
            "run": getattr(spider, "run", ""),
            "spider": spider.name,
            "started": _now(),
            "finished": None,
            "finish_reason": None,
            "total": getattr(spider, "total", 0),
            "arguments": dict(arguments(spider)),
            "lab_seed": getattr(plan, "lab_seed", None),
            "devices": [device.name for device in getattr(plan, "devices", ())],
            "exits": [str(one) for one in getattr(plan, "exits", ())],
            "self_test": None,
            "versions": dict(versions()),
            "platform": platform.platform(),
            "python": platform.python_version(),
            "machine": machine(),
            "settings": our_settings(self.crawler.settings.copy_to_dict()),
            "earlier": earlier(folder / NAME),
        }
        self._write()

    def tested(self, results: Mapping[str, Any]) -> None:
        """Note what the phones' self-test gave, by device."""
        self.facts["self_test"] = results
        if self.folder is not None:
            self._write()

    def closed(self, reason: str) -> None:
        """Note why the run ended."""
        finished = self.crawler.stats.get_value(FINISHED) or _now()
        self.facts |= {"finished": finished, "finish_reason": reason}

    def stopped(self) -> None:
        """Complete the manifest; exports and report are written by now."""
        if self.folder is None:
            return
        stats = self.crawler.stats.get_stats()
        self.facts["versions"]["browser"] = stats.get("mantis/browser", "")
        self.facts["counts"] = {
            name: value
            for name, value in sorted(stats.items())
            if isinstance(value, int | float) and name.startswith(("mantis/", "item_", "log_count/"))
        }
        self.facts["files"] = {
            path.relative_to(self.folder).as_posix(): digest(path) for path in exported(self.folder)
        }
        try:
            self._write()
        except OSError as error:
            logger.error("The manifest of the run was not written: %s", error.strerror)  # noqa: TRY400 - said in words

    def _write(self) -> None:
        assert self.folder is not None
        path = self.folder / NAME
        part = path.with_suffix(".part")
        part.write_text(json.dumps(self.facts, ensure_ascii=False, indent=2, default=str) + "\n", "utf-8")
        part.replace(path)


def arguments(spider: Spider) -> Mapping[str, Any]:
    """Return the arguments that the spider was started with."""
    plan = getattr(spider, "plan", None)
    given = getattr(plan, "arguments", None) or getattr(spider, "arguments", None) or {}
    return {str(name): _without_secret(str(name), value) for name, value in given.items()}


def our_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``MANTIS_`` settings, without secrets."""
    return {
        name: _without_secret(name, value)
        for name, value in sorted(settings.items())
        if name.startswith("MANTIS_")
    }


def versions() -> Iterator[tuple[str, str]]:
    """Yield the packages that decide what a run does, with their versions."""
    yield "mantis_crawler", __version__
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "unknown"


def earlier(manifest: Path) -> list[dict[str, Any]]:
    """Return the sessions of the same run before this one: it was interrupted, and is resumed."""
    try:
        before = json.loads(manifest.read_text("utf-8"))
        session = {name: before.get(name) for name in ("started", "finished", "finish_reason")}
        return [*before.get("earlier", ()), session]
    except (OSError, ValueError, AttributeError, TypeError):
        return []


def exported(folder: Path) -> Iterator[Path]:
    """Yield the files made of records, the report among them, sorted by name."""
    files = (path for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink())
    yield from (path for path in files if not _GROWING.fullmatch(path.name))
    report = folder / "report" / "index.html"
    if report.is_file():
        yield report


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _without_secret(name: str, value: Any) -> Any:
    if value and _SECRET.search(name):
        return REDACTED
    return _USER_INFO.sub("***@", value) if isinstance(value, str) else value


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
