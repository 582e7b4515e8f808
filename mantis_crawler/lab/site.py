"""What a site of the embedded internet is, and what it is asked."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it reached the lab."""

    method: str
    scheme: str
    host: str
    path: str
    """Without the query, starting with a slash."""
    query: str
    headers: Mapping[str, str]
    """By lower-case name."""
    count: int
    """How often this path of this host was asked for on this kind of phone, this time included."""
    body: str = ""
    """What was sent; empty to sites, which read none."""

    @property
    def device(self) -> str:
        """Which phone it says it is: ``android``, ``iphone`` or ``desktop``."""
        agent = self.headers.get("user-agent", "")
        if "Android" in agent:
            return "android"
        return "iphone" if "iPhone" in agent else "desktop"

    @property
    def language(self) -> str:
        """First language of Accept-Language, without its region, lower case; empty if none."""
        first = self.headers.get("accept-language", "").split(",")[0]
        return first.split(";")[0].split("-")[0].strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a site answers."""

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds before the first byte."""
    endless: bool = False
    """Whether the connection stays open after the body, and a byte follows each second."""


Answer = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One live name of the embedded internet."""

    host: str
    """A-label, lower case; unique in the world."""
    design: str
    """Which design it is made after; the ground truth is a table by design (``truth.csv``)."""
    answer: Answer
    """Pure: the same request gives the same reply."""
    language: str
    """BCP 47 primary tag of what the page is written in."""
    country: str | None = None
    """Country of its campaign (ISO 3166-1 alpha-2, lower case), where the feed tells it."""
    path: str = "/"
    """Path and query that the victim is sent to."""
    scheme: str = "http"
    """``http``, or ``https`` where the site answers on 443 (it then answers on 80 as well)."""
    certificate: str = "good"
    """``good``, ``self_signed``, ``expired`` or ``wrong_name``."""
    role: str = "landing"
    """Role in the lab's own feed."""
    pool: str = "shared"
    """Name of the pool of public-looking addresses that it lives in, such as ``mantis`` or ``parking``."""
    fed: bool = True
    """Whether the lab's own feed names it."""


class Family(ABC):
    """A group of designs, one file on the shelf ``lab/sites``."""

    name: str

    @abstractmethod
    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the family's sites, the same for the same seed."""


def dice(seed: int, *words: str) -> Random:
    """Return a random source that depends on the seed and the words only, on every machine."""
    digest = sha256(json.dumps([seed, *words]).encode()).digest()
    return Random(int.from_bytes(digest[:8]))  # noqa: S311 - made-up worlds, not secrets
