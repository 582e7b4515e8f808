"""What a hostile page is, what it is asked, and how its answers are written down byte by byte."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass

DOMAIN = "hostile-lab.net"
"""All hostile pages live below it, each under its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it reached a hostile page."""

    method: str
    host: str
    path: str
    """Without the query, starting with a slash."""
    query: str
    headers: Mapping[str, str]
    """By lower-case name."""
    inside: int
    """Port at which listeners wait on forbidden addresses."""


Answer = Callable[[Asked], bytes | AsyncIterator[bytes]]
"""The whole answer, status line and all: nothing between a page and the wire puts it right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostilePage:
    """One page and what it tries."""

    name: str
    """Also the first label of its host name."""
    tries: str
    """In a few words, for a person."""
    answer: Answer
    scheme: str = "http"
    certificate: str = "good"
    """``good``, ``self_signed``, ``expired`` or ``wrong_name``; of https only."""
    shows: bool = True
    """Whether there is anything that a picture could be made of."""

    @property
    def host(self) -> str:
        """Its name in the lab's internet."""
        return f"{self.name}.{DOMAIN}"

    @property
    def url(self) -> str:
        """Where a victim is sent to."""
        return f"{self.scheme}://{self.host}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pages that try similar things: one file on the shelf ``lab/hostile/pages``."""

    name: str
    pages: tuple[HostilePage, ...]


def head(
    status: str = "200 OK", *lines: str, kind: str = "text/html; charset=utf-8", size: int | None = None
) -> bytes:
    """Return the head of an answer.

    Args:
        status: code and reason.
        lines: more header lines.
        kind: media type; empty: none is told.
        size: announced length of the body, true or not; ``None``: it ends with the connection.
    """
    told = [
        f"HTTP/1.1 {status}",
        "Server: nginx",
        *([f"Content-Type: {kind}"] if kind else []),
        *([f"Content-Length: {size}"] if size is not None else []),
        "Connection: close",
        *lines,
    ]
    return ("\r\n".join(told) + "\r\n\r\n").encode("latin-1")


def whole(
    body: str | bytes, status: str = "200 OK", *lines: str, kind: str = "text/html; charset=utf-8"
) -> bytes:
    """Return a well-formed answer with a body."""
    raw = body.encode() if isinstance(body, str) else body
    return head(status, *lines, kind=kind, size=len(raw)) + raw


def shown(title: str, markup: str = "") -> str:
    """Return a document with something to see before it turns hostile."""
    return (
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>"
        f"<title>{title}</title><body><h1>{title}</h1><p>Dear customer, your parcel is waiting.</p>{markup}"
    )


def scripted(title: str, script: str, *, after: int = 0) -> str:
    """Return a document that is seen, and then runs a script; *after* milliseconds if not at once."""
    body = f"setTimeout(() => {{ {script} }}, {after})" if after else script
    return shown(title, f"<script>{body}</script>")


def static(name: str, tries: str, body: str | bytes, status: str = "200 OK", *lines: str) -> HostilePage:
    """Return a page that gives the same well-formed answer to everything."""
    answer = whole(body, status, *lines)
    return HostilePage(name=name, tries=tries, answer=lambda _asked: answer)


def runs(name: str, tries: str, script: str, *, after: int = 0) -> HostilePage:
    """Return a page that shows its name and runs a script."""
    return static(name, tries, scripted(name, script, after=after))
