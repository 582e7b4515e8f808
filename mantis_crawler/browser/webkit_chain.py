"""The redirect chain as a driver's public events tell it: what went out, and what came back.

No public event says why a document was left. It is worked out: nobody touches the page, so it was the
server, a refresh, a form that was posted, or a script.
"""

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.browser.chain import Chain
from mantis_crawler.items import Hop, HopCause

REFRESH = re.compile(
    r"""\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(?P<quote>["']?)(?P<url>.*?)(?P=quote)\s*""", re.IGNORECASE
)
"""The value of a refresh, as HTML's *shared declarative refresh steps* read it."""
SOURCE_LIMIT = 200_000
"""Characters of a document in which a refresh is looked for."""


@dataclass(slots=True, kw_only=True)
class _Step:
    url: str
    redirected: bool
    posted: bool
    status: int | None = None
    refresh: str = ""
    """Of the answer's header."""
    source: str | None = None
    """The document as it came; `None` if it could not be had."""

    @property
    def document(self) -> bool:
        """Whether it came to be shown: then it is what the next one is left for."""
        return self.status is not None and not 300 <= self.status < 400


class RequestChain(Chain):
    """Takes requests and answers of the top frame as they come, and gives hops."""

    def __init__(self) -> None:
        super().__init__("")
        self._steps: list[_Step] = []

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The chain so far."""
        self._hops.clear()
        left: _Step | None = None
        for step in self._steps:
            self._add(Hop(url=step.url, cause=_cause(step, left, first=not self._hops), status=step.status))
            left = step if step.document else left
        return tuple(self._hops)

    @property
    def source(self) -> str | None:
        """The last document as it came, before any script changed it; `None` if it could not be had."""
        return next((step.source for step in reversed(self._steps) if step.document), None)

    def went(self, url: str, *, redirected: bool = False, posted: bool = False) -> None:
        """Take a request of the top frame for a document."""
        self._steps.append(_Step(url=url, redirected=redirected, posted=posted))

    def came(self, url: str, status: int, refresh: str = "") -> None:
        """Take the head of an answer to the last such request."""
        if step := self._last(url):
            step.status, step.refresh = status, refresh

    def read(self, url: str, source: str) -> None:
        """Take a document as it came."""
        if step := self._last(url):
            step.source = source

    def _last(self, url: str) -> _Step | None:
        return next((step for step in reversed(self._steps) if step.url == url), None)


def _cause(step: _Step, left: _Step | None, *, first: bool) -> HopCause:
    if first:
        return HopCause.START
    if step.redirected:
        return HopCause.HTTP
    if step.posted:
        return HopCause.FORM
    return HopCause.OTHER if left is None else _cause_in(left, step.url)


def _cause_in(left: _Step, url: str) -> HopCause:
    """Return why a document was left for a URL."""
    if _leads(left, left.refresh, url):
        return HopCause.REFRESH_HEADER
    if left.source is not None and any(_leads(left, value, url) for value in _refreshes(left.source)):
        return HopCause.META
    if _bare(left.url) == _bare(url):
        return HopCause.RELOAD
    # where the document could not be had, a refresh in it cannot be ruled out
    return HopCause.OTHER if left.source is None else HopCause.SCRIPT


def _leads(left: _Step, value: str, url: str) -> bool:
    if not value:
        return False
    match = REFRESH.fullmatch(value)
    target = match["url"] if match else ""
    try:
        return _bare(urljoin(left.url, target)) == _bare(url)
    except ValueError:
        return False


def _refreshes(source: str) -> list[str]:
    found = LexborHTMLParser(source[:SOURCE_LIMIT]).css("meta[http-equiv]")
    metas = (node.attributes for node in found)
    return [meta.get("content") or "" for meta in metas if _word(meta.get("http-equiv")) == "refresh"]


def _word(value: str | None) -> str:
    return (value or "").strip().lower()


def _bare(url: str) -> str:
    return urldefrag(url).url
