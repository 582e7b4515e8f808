"""``scrapy resolving``: how many names a second are resolved, against name servers on loopback."""

import asyncio
import shutil
import socket
import subprocess
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from mantis_crawler.commands.interrupt import interruptible
from mantis_crawler.enrichment.channel import Servers
from mantis_crawler.enrichment.resolver import Resolver
from mantis_crawler.lab.flat import flat_server

_AT_ONCE = 400
"""Names asked for by whom we measure; the resolver itself lets fewer through."""
_UNBOUND = """server:
  interface: 127.0.0.1@{port}
  do-daemonize: no
  use-syslog: no
  username: ""
  chroot: ""
  pidfile: ""
  directory: "{folder}"
  num-threads: 1
  do-not-query-localhost: no
  module-config: "iterator"
  access-control: 127.0.0.0/8 allow
  local-zone: "example." redirect
  local-data: "example. 300 IN A 11.42.7.20"
remote-control:
  control-enable: no
"""
"""Answers itself for all names of the measurement, and never asks on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """One measurement."""

    names: int
    seconds: float
    cpu: float
    """Seconds of this process: the name server's are not in it."""
    outcomes: Counter[str]


class Command(ScrapyCommand):
    """Resolves made-up names; nothing leaves this machine."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--names N]"

    def short_desc(self) -> str:
        """Return the command in a line."""
        return "Measure how many names a second are resolved, against name servers on loopback"

    def add_options(self, parser: ArgumentParser) -> None:
        """Add how many."""
        super().add_options(parser)
        parser.add_argument("--names", type=int, default=20_000, metavar="N", help="how many names (20,000)")

    @interruptible
    def run(self, args: list[str], opts: Namespace) -> None:
        """Measure against a server of our own, and against unbound where it is installed."""
        if args or opts.names < 1:
            raise UsageError("scrapy resolving takes no argument but --names N, from 1 on")
        names = [f"n{number:06x}.example" for number in range(opts.names)]
        with flat_server() as place:
            say("own server", measured([place], names))
        program = shutil.which("unbound") or shutil.which("unbound", path="/usr/sbin:/usr/local/sbin")
        if program is None:
            print("unbound is not installed: it was not measured")  # noqa: T201 - the command's output
            return
        with unbound(program) as place:
            say("unbound", measured([place], names))


def measured(servers: Servers, names: Iterable[str]) -> Speed:
    """Return how fast the run's own resolver finds A and AAAA of names."""
    return asyncio.run(_measured(servers, list(names)))


async def _measured(servers: Servers, names: list[str]) -> Speed:
    resolver = Resolver(servers)
    outcomes: Counter[str] = Counter()
    todo = iter(names)

    async def work() -> None:
        for name in todo:
            found = await resolver.resolve(name)
            outcomes[found.outcome or "alive"] += 1

    begin, cpu = perf_counter(), process_time()
    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    seconds, spent = perf_counter() - begin, process_time() - cpu
    await resolver.close()
    return Speed(names=len(names), seconds=seconds, cpu=spent, outcomes=outcomes)


def say(server: str, speed: Speed) -> None:
    """Print a measurement."""
    ends = ", ".join(f"{count:,} {name}" for name, count in speed.outcomes.most_common())
    print(  # noqa: T201 - the command's output
        f"{server}: {speed.names / speed.seconds:,.0f} names a second (A and AAAA), "
        f"{1000 * speed.cpu / speed.names:.2f} CPU-seconds a thousand; {ends}"
    )


@contextmanager
def unbound(program: str) -> Iterator[tuple[str, int]]:
    """Run unbound with made-up names of its own; yields its address and port.

    Raises:
        UsageError: it does not start.
    """
    with TemporaryDirectory() as folder, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        held.close()
        config = Path(folder) / "unbound.conf"
        config.write_text(_UNBOUND.format(port=port, folder=folder), "utf-8")
        line = [program, "-c", str(config)]
        with subprocess.Popen(line, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - found on the path, no shell
            try:
                _wait_for(port, process)
                yield "127.0.0.1", port
            finally:
                process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    query = b"\0\1\1\0\0\1\0\0\0\0\0\0\7example\0\0\1\0\1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.1)
        probe.connect(("127.0.0.1", port))
        for _ in range(50):
            if process.poll() is not None:
                break
            with suppress(OSError):
                probe.send(query)
                probe.recv(512)
                return
            sleep(0.05)
    process.terminate()
    _, said = process.communicate()
    raise UsageError(f"unbound does not start: {said.decode(errors='replace').strip()[-300:]}")
