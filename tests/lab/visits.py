"""How the tests of the lab ask it: as a phone, by a Host header."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp

from mantis_crawler.lab import Lab

T = TypeVar("T")

AGENTS = {
    "android": "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Mobile/15E148 Safari/604.1",
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36",
}


def run(question: Callable[[Lab], Awaitable[T]], seed: int = 1) -> T:
    """Ask a fresh lab something."""

    async def inside() -> T:
        async with await Lab.start(seed) as lab:
            return await question(lab)

    return asyncio.run(inside())


@dataclass(frozen=True)
class Seen:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


async def ask(lab: Lab, host: str, path: str = "/", device: str = "android", language: str = "fr") -> Seen:
    headers = {"Host": host, "User-Agent": AGENTS[device], "Accept-Language": language}
    url = f"http://127.0.0.1:{lab.http_port}{path}"
    options: dict[str, Any] = {"headers": headers, "allow_redirects": False}
    async with aiohttp.ClientSession() as session, session.get(url, **options) as reply:
        return Seen(reply.status, dict(reply.headers), await reply.read())


def host_of(lab: Lab, design: str) -> str:
    """The first host of a design."""
    return next(site.host for site in lab.world.sites.values() if site.design == design)


def unhidden(text: str) -> str:
    """The script that a landing page hides in numbers."""
    numbers = text.partition('var s="')[2].partition('"')[0]
    *codes, key = (int(number) for number in numbers.split(","))
    return b"".join((code ^ key).to_bytes(2, "little") for code in codes).decode("utf-16-le")
