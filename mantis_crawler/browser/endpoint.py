"""Where a browser that Playwright has started listens for a second DevTools client."""

import asyncio
import secrets
from contextlib import suppress
from pathlib import Path

import psutil

PORT_FILE = "DevToolsActivePort"
FOLDER = "--user-data-dir="
WAIT_SECONDS = 10.0


class EndpointError(OSError):
    """A browser does not tell where its DevTools listen."""


def sign() -> str:
    """Return a flag that means nothing to a browser, by which its process is found."""
    return f"--mantis-seat={secrets.token_hex(8)}"


def listen_flags(signed: str) -> list[str]:
    """Return the flags of a browser with a line beside Playwright's pipe: a free port on loopback."""
    return [signed, "--remote-debugging-port=0"]


async def endpoint(signed: str) -> str:
    """Return the ``ws://`` URL of the browser that was started with the sign.

    Playwright keeps the folder that it makes for a browser to itself, and the port is written there.

    Raises:
        EndpointError: there is no such browser, or it does not tell.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + WAIT_SECONDS
    folder = await asyncio.to_thread(_folder, signed)
    while loop.time() < end:
        if folder is None:
            folder = await asyncio.to_thread(_folder, signed)
        elif url := _told(folder / PORT_FILE):
            return url
        await asyncio.sleep(0.05)
    raise EndpointError(f"the browser did not tell its DevTools port within {WAIT_SECONDS:g} s")


def end(signed: str) -> None:
    """Kill the browser that was started with the sign, if it still runs, whoever its parent is by now."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if signed in process.cmdline():
                process.kill()


def _folder(signed: str) -> Path | None:
    for process in psutil.Process().children(recursive=True):
        try:
            command = process.cmdline()
        except psutil.Error:
            continue
        if signed in command and not any(part.startswith("--type=") for part in command):
            named = (part.removeprefix(FOLDER) for part in command if part.startswith(FOLDER))
            return next((Path(name) for name in named if name), None)
    return None


def _told(file: Path) -> str:
    """Return the URL; empty as long as the file is not whole."""
    try:
        port, _, path = file.read_text("ascii").strip().partition("\n")
    except (OSError, UnicodeDecodeError):
        return ""
    return f"ws://127.0.0.1:{int(port)}{path}" if port.isdecimal() and path.startswith("/") else ""
