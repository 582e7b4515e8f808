"""Runs of the main job in a process of its own, as a user starts them, where only loopback is up."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mantis_crawler.items import Record, from_json

ROOT = Path(__file__).parents[2]
LIMIT = 420
"""Seconds after which a run hangs."""

LOOPBACK = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Brings loopback up in a new network namespace (SIOCSIFFLAGS), then becomes the program."""


@cache
def offline() -> tuple[str, ...]:
    """What a command is begun with to have no network but loopback; empty where that is not allowed."""
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    options = ("--net",) if os.getuid() == 0 else ("--net", "--map-root-user")
    start = (unshare, *options, sys.executable, "-c", LOOPBACK)
    tried = subprocess.run([*start, "/bin/true"], capture_output=True, check=False)
    return start if tried.returncode == 0 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that ended."""

    code: int
    said: str
    """What it wrote to the terminal, both streams."""
    folder: Path | None

    @property
    def records(self) -> list[Record]:
        assert self.folder is not None
        lines = (self.folder / "records.jsonl").read_text("utf-8").splitlines()
        return [from_json(line, Record) for line in lines]

    def listed(self) -> list[str]:
        """The names of the blocklist."""
        assert self.folder is not None
        lines = (self.folder / "blocklist.domains.txt").read_text("utf-8").splitlines()
        return [line for line in lines if line and not line.startswith("#")]


def command(*arguments: str) -> list[str]:
    """The command line of the main job, in this environment, without a network."""
    options = [word for argument in arguments for word in ("-a", argument)]
    return [*offline(), sys.executable, "-m", "scrapy", "crawl", "artifacts", *options]


def environment(outputs: Path) -> dict[str, str]:
    return {**os.environ, "MANTIS_OUTPUTS": str(outputs), "PYTHONUNBUFFERED": "1"}


def crawl(outputs: Path, *arguments: str, settings: Sequence[str] = (), beside: Sequence[str] = ()) -> Run:
    """Run the main job to its end, by a module that runs things beside it where one is named."""
    # a few visits are over before the phones' self-test is; the test of it asks for it
    wanted = ("MANTIS_SELF_TEST=0", *settings)
    line = command(*arguments) + [word for setting in wanted for word in ("-s", setting)]
    if beside:
        place = len(offline()) + 1
        line = [*line[:place], "-m", *beside, sys.executable, *line[place:]]
    ended = subprocess.run(
        line, cwd=ROOT, env=environment(outputs), capture_output=True, text=True, timeout=LIMIT, check=False
    )
    return Run(code=ended.returncode, said=ended.stdout + ended.stderr, folder=folder_of(outputs))


def folder_of(outputs: Path) -> Path | None:
    """The newest run's folder."""
    folders = sorted(path for path in outputs.glob("2*") if path.is_dir())
    return folders[-1] if folders else None


def feed_of(path: Path, hosts: Sequence[str]) -> Path:
    """Write a feed of a few of the lab's names."""
    path.write_text("type,ioc,comment,country\n" + "".join(f"{line}\n" for line in hosts), "utf-8")
    return path
