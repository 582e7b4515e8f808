"""How commands end: by Ctrl-C with one line and the code that a shell expects, and with who started them."""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Thread
from time import sleep
from typing import TypeVar

from scrapy.commands import ScrapyCommand

INTERRUPTED = 130
"""Exit code of what was ended before it was done, as a shell has it for Ctrl-C."""

LINE = "MANTIS_ENDS_WITH"
"""Environment variable with the reading end of a pipe that whoever started the process holds open."""
_ORDERLY = 60
"""Seconds that an orderly end may take once nobody waits for it any more."""

_Command = TypeVar("_Command", bound=ScrapyCommand)
_Run = Callable[[_Command, list[str], Namespace], None]


def interruptible(run: _Run[_Command]) -> _Run[_Command]:
    """Return a command's ``run`` that takes Ctrl-C for an end of its own."""

    @wraps(run)
    def guarded(command: _Command, args: list[str], opts: Namespace) -> None:
        try:
            run(command, args, opts)
        except KeyboardInterrupt:
            print("\nInterrupted.", file=sys.stderr)  # noqa: T201 - a command's output
            command.exitcode = INTERRUPTED

    return guarded


@contextmanager
def lifeline() -> Iterator[tuple[dict[str, str], int]]:
    """Hold a pipe open; yields what the environment of a child needs, and the end that it must be passed.

    The system closes the pipe when this process ends, however it does: by ``kill -9`` too.
    """
    reading, writing = os.pipe()
    try:
        yield {LINE: str(reading)}, reading
    finally:
        os.close(reading)
        os.close(writing)


def end_with_parent() -> None:
    """End this process in order once the one that started it has died, if it holds a line to us."""
    if line := os.environ.pop(LINE, ""):
        Thread(target=_hang_on, args=(int(line),), name="lifeline", daemon=True).start()


def _hang_on(line: int) -> None:
    try:
        while os.read(line, 1):
            pass
    except OSError:
        return
    os.kill(os.getpid(), signal.SIGTERM)
    sleep(_ORDERLY)
    os.kill(os.getpid(), signal.SIGKILL)
