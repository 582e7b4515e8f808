"""Google Safe Browsing, version 5: hash prefixes are asked for, so that Google does not learn the URL."""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from mantis_crawler.items import Ask, Failure, Question, Threat
from mantis_crawler.providers.base import (
    About,
    Call,
    Keyed,
    KeyPlace,
    Page,
    Provider,
    ProviderError,
    refused,
    text,
    unreadable,
)
from mantis_crawler.providers.expressions import expressions
from mantis_crawler.providers.protobuf import BrokenError, fields, numbers
from mantis_crawler.providers.reading import failed, read_json

_PREFIX = 4
_KINDS = {1: "MALWARE", 2: "SOCIAL_ENGINEERING", 3: "UNWANTED_SOFTWARE", 4: "POTENTIALLY_HARMFUL_APPLICATION"}
_NOT_OF_PAGES = {1, 2, "CANARY", "FRAME_ONLY"}
"""Attributes of entries that say nothing against the page itself."""

_Entry = tuple[bytes, str]
"""A full hash, and the kind of its threat."""


class SafeBrowsing(Provider):
    """Answers are protocol buffers, or JSON; each says how long it holds, where nothing was found too."""

    name = "safe_browsing"
    about = About(
        title="Google Safe Browsing",
        gives="malware, social engineering or unwanted software at a URL or above it; not since when",
        costs="nothing; for uses that earn no money",
        sends="the first 4 bytes of up to 30 hashes of the URL's parts, which many other URLs share",
        get="a key is had in the Google Cloud console",
    )
    asks = frozenset((Ask.KNOWN_BAD_URL,))
    hosts = ("safebrowsing.googleapis.com",)
    keyed = Keyed(key="safebrowsing", place=KeyPlace.QUERY, field="key")
    rate = 10.0

    def call(self, question: Question) -> Call:
        """Ask for the prefixes, in an order that says nothing."""
        prefixes = sorted({digest[:_PREFIX] for digest in _hashes(question)})
        query = urlencode([("hashPrefixes", b64encode(prefix).decode()) for prefix in prefixes])
        return Call(url=f"https://{self.hosts[0]}/v5/hashes:search?{query}", binary=True)

    def page(self, question: Question, call: Call, body: str, status: int) -> Page:  # noqa: ARG002 - the body tells
        """Read which of the URL's own full hashes are listed, as what."""
        entries, seconds = _of_json(body) if body.lstrip()[:1] in {"{", "<", "["} else _of_bytes(body)
        own = _hashes(question)
        found = dict.fromkeys(
            Threat(value=own[digest], kind=kind) for digest, kind in entries if digest in own
        )
        return Page(findings=tuple(found), total=len(found), keeps=seconds / 3600)

    def refusal(self, status: int, body: str) -> ProviderError:
        """Return what its words mean; they stand in its bytes as they do in JSON."""
        try:
            words = text(json.loads(body).get("error"), "message")
        except (ValueError, AttributeError):
            words = "" if body.lstrip().startswith("<") else "".join(filter(str.isprintable, body))
        if status == 429 and "per minute" in words:
            return ProviderError(Failure.RATE, f"too many requests (HTTP {status})")
        return failed(words, status) if words and status < 500 else refused(status)


def _hashes(question: Question) -> dict[bytes, str]:
    return {sha256(one.encode()).digest(): one for one in expressions(question.subject)}


def _of_json(body: str) -> tuple[list[_Entry], float]:
    answer = read_json(body)
    words = text(answer, "cacheDuration")
    if not words.endswith("s") or not words[:-1].replace(".", "", 1).isdecimal():
        raise unreadable("its answer does not say how long it holds")
    try:
        entries = [
            (b64decode(text(row, "fullHash")), text(detail, "threatType"))
            for row in answer.get("fullHashes") or ()
            for detail in row.get("fullHashDetails") or ()
            if text(detail, "threatType") in _KINDS.values()
            and not _NOT_OF_PAGES & {*map(str, detail.get("attributes") or ())}
        ]
    except (AttributeError, Error, TypeError, ValueError) as error:
        raise unreadable("its full hashes are broken") from error
    return entries, float(words[:-1])


def _of_bytes(body: str) -> tuple[list[_Entry], float]:
    """Read a ``SearchHashesResponse``: full hashes (1) of hash (1) and details (2), and a duration (2)."""
    entries: list[_Entry] = []
    seconds: float | None = None
    try:
        for number, value in fields(body.encode("latin-1")):
            if number == 1 and isinstance(value, bytes):
                entries += _full_hash(value)
            elif number == 2 and isinstance(value, bytes):
                seconds = float(
                    sum(part for tag, part in fields(value) if tag == 1 and isinstance(part, int))
                )
    except (BrokenError, UnicodeEncodeError) as error:
        raise unreadable("its answer is broken or cut off") from error
    if seconds is None:
        raise unreadable("its answer is empty or cut off")
    return entries, seconds


def _full_hash(data: bytes) -> Iterator[_Entry]:
    parts = [*fields(data)]
    digest = next((value for number, value in parts if number == 1 and isinstance(value, bytes)), b"")
    for number, detail in parts:
        if number == 2 and isinstance(detail, bytes):
            inner: dict[int, list[Any]] = {1: [], 2: []}
            for tag, value in fields(detail):
                if tag in inner:  # what else it may hold one day is none of ours
                    inner[tag] += numbers(value)
            if not _NOT_OF_PAGES & {*inner[2]}:
                yield from ((digest, _KINDS[kind]) for kind in inner[1] if kind in _KINDS)
