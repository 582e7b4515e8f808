"""How much memory the whole run takes: the crawler, its driver and every browser."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import psutil

INTERVAL = 2.0
"""Seconds between two looks; a look at twenty processes costs some ten milliseconds."""


def tree_mb(pid: int | None = None) -> float:
    """Return the memory of a process and all below it in MB; our own if no process is named.

    Where the kernel tells it, memory that processes share is counted once (PSS); else the
    resident sets are added up, which counts it several times.
    """
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0.0
    return sum(map(_bytes, tree)) / 1e6


class MemorySampler:
    """Looks at the memory from time to time, in a thread of its own, and remembers the peak."""

    def __init__(self, interval: float = INTERVAL) -> None:
        self.peak_mb = 0.0
        self._interval = interval
        self._over = Event()
        self._thread = Thread(target=self._run, name="memory", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look a last time, and no more."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self.look()

    def look(self) -> None:
        """Look once, now."""
        self.peak_mb = max(self.peak_mb, tree_mb())

    def _run(self) -> None:
        self.look()
        while not self._over.wait(self._interval):
            self.look()


def _bytes(process: psutil.Process) -> int:
    with suppress(OSError, ValueError, IndexError):
        return _shared_once(process.pid)
    with suppress(psutil.Error, OSError):
        return int(process.memory_info().rss)
    return 0


def _shared_once(pid: int) -> int:
    """Raise ``OSError`` where the kernel does not tell, ``IndexError`` where the process is ending."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return kilobytes[0] * 1024


def machine() -> dict[str, object]:
    """Return what a reader must know to judge speed and memory of a run."""
    return {"cores": os.cpu_count() or 0, "memory_mb": round(psutil.virtual_memory().total / 1e6)}
