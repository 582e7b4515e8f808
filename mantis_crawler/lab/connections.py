"""The open connections of a server of the lab: what serves them ends with the server, finished or not."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HUNG_UP: tuple[type[BaseException], ...] = (
    *(OSError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.LimitOverrunError),
    asyncio.CancelledError,
)
"""A visitor who has seen enough hangs up in the middle of everything, and a server that closes does too."""


class Connections:
    """Keeps the task of each connection."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def serving(self, serve: Serve) -> Serve:
        """Return what ``asyncio.start_server`` calls: *serve*, with its connection closed in the end."""

        async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                with suppress(*HUNG_UP):
                    await serve(reader, writer)
            finally:
                self._tasks.discard(task)
                with suppress(OSError, RuntimeError):
                    writer.close()

        return served

    async def close(self) -> None:
        """End all connections, also those whose answer never ends."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
