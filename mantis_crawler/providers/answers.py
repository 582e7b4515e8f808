"""Answers of providers that were paid or waited for once, kept on disk under the request without its key."""

import sqlite3
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

from mantis_crawler.providers.base import Call

_TABLE = """CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, provider TEXT NOT NULL, time REAL NOT NULL,
    status INTEGER NOT NULL, body TEXT NOT NULL
)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer that was understood; others are not kept."""

    body: str
    status: int
    time: float
    """When it came; seconds since the epoch."""


class Answers:
    """The answers of one file, or of this process alone. Only those who may read the user's files see it."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
        self._base = sqlite3.connect(path or ":memory:", timeout=30, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute(_TABLE)

    def get(self, provider: str, call: Call, hours: float) -> Kept | None:
        """Return the answer to a request that is not older than so many hours."""
        row = self._base.execute(
            "SELECT body, status, time FROM answers WHERE key = ? AND time > ?",
            (key(provider, call), time() - hours * 3600),
        ).fetchone()
        return Kept(body=row[0], status=row[1], time=row[2]) if row else None

    def put(self, provider: str, call: Call, body: str, status: int) -> None:
        """Keep an answer."""
        row = (key(provider, call), provider, time(), status, body)
        self._base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def key(provider: str, call: Call) -> str:
    """Return what makes two requests the same."""
    words = f"{provider}\n{call.method}\n{call.url}\n{call.body}"
    return sha256(words.encode()).hexdigest()
