"""Ctrl-C ends a command with one line and the exit code that a shell expects, not with a traceback."""

import sys
from argparse import Namespace
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from scrapy.commands import ScrapyCommand

INTERRUPTED = 130
"""Exit code of what was ended before it was done, as a shell has it for Ctrl-C."""

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
