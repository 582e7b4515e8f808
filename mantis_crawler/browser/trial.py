"""Starts a browser once, alone and off the network, to see whether it works."""

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from tempfile import TemporaryDirectory

LIMIT = 20.0
"""Seconds that a start may take. A slow disk needs five; a stub that waits for ever gets no more."""

PROOF = "mantis-crawler-was-here"
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--metrics-recording-only",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:1",
)
"""Nothing is fetched, and what would be finds neither names nor a proxy."""


TELLING = re.compile(r"\bsnap\b|shared librar|usable sandbox|FATAL|not found|No such file", re.IGNORECASE)


class LaunchError(Exception):
    """A browser does not start; the message says why, on one line."""


def try_launch(path: str, *, sandbox: bool, limit: float = LIMIT) -> None:
    """Start the browser, let it show a page of ours, and clear away all that it left.

    Raises:
        LaunchError: it does not start, is too slow, or shows something else.
    """
    with TemporaryDirectory(prefix="mantis-launch-", ignore_cleanup_errors=True) as folder:
        command = [path, *QUIET, *([] if sandbox else ["--no-sandbox"])]
        # the page writes the proof itself, so that a program that repeats its arguments is no browser
        page = f"data:text/html,<script>document.write({'+'.join(map(repr, PROOF.partition('-')))})</script>"
        output = _run([*command, f"--user-data-dir={folder}/profile", "--dump-dom", page], folder, limit)
    if PROOF not in output:
        raise LaunchError("it ran, but showed no page")


def version_of(path: str) -> str:
    """Return the version that the browser tells, such as ``156.0.8078.79``, or ``unknown``."""
    try:
        output = run_once(path, "--version")
    except LaunchError:
        return "unknown"
    match = re.search(r"\d+(?:\.\d+){1,3}", output)
    return match[0] if match else "unknown"


def run_once(*command: str) -> str:
    """Run a program that is meant to answer and end, and return what it printed.

    Raises:
        LaunchError: it does not start, is too slow, or ends with an error.
    """
    with TemporaryDirectory(prefix="mantis-launch-", ignore_cleanup_errors=True) as folder:
        return _run(command, folder, LIMIT)


def _run(command: Sequence[str], folder: str, limit: float) -> str:
    """Run a command in a process group of its own, end the whole group, and return what it printed."""
    home = dict.fromkeys(("TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), folder)
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own browser, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **home},
            start_new_session=True,
        )
    except OSError as error:
        raise LaunchError(error.strerror or str(error)) from error
    with process:
        try:
            output, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired as error:
            raise LaunchError(f"it did not answer within {limit:g} seconds") from error
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode:
        raise LaunchError(_reason(errors.decode(errors="replace")) or f"exit code {process.returncode}")
    return output.decode(errors="replace")


def _reason(errors: str) -> str:
    """Return the line of a browser's complaints that tells most, cut."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    telling = [line for line in lines if TELLING.search(line) and "dbus" not in line]
    return (telling or lines or [""])[0][:200]
