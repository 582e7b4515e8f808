"""The manifest of a visit: all its facts and the hash of each of its files, and a time-stamp of that."""

import asyncio
import hashlib
import json
from dataclasses import replace
from urllib.parse import urlsplit

import aiohttp

from mantis_crawler.browser.gateway import Gateway
from mantis_crawler.items import Capture, CaptureKind, Visit, to_plain
from mantis_crawler.store import CaptureStore

FORMAT = "mantis_crawler visit manifest 1"
SECONDS = 10.0
ANSWER = 64 * 1024
"""Bytes of a time-stamp: real ones have four to eight thousand."""


class SealError(Exception):
    """The authority gave no time-stamp of the manifest; the message says why."""


def manifest(visit: Visit, store: CaptureStore) -> bytes:
    """Return the visit and where each of its files lies, as JSON with sorted keys.

    The names hold the files' SHA-256, so the hash of the manifest vouches for all of them.
    """
    views = (*visit.tabs, *((visit.tap.view,) if visit.tap and visit.tap.view else ()))
    captures = (*visit.captures, *(capture for view in views for capture in view.captures))
    files = {store.name(capture): capture.sha256 for capture in captures}
    content = {"format": FORMAT, "files": files, "visit": to_plain(visit)}
    return json.dumps(content, sort_keys=True, ensure_ascii=True, indent=1).encode()


async def seal(visit: Visit, store: CaptureStore, gateway: Gateway, authority: str) -> Visit:
    """Return the visit with its manifest, time-stamped where an authority is named.

    Args:
        visit: One that is over.
        store: Holds its files.
        gateway: The way to the authority: the rules of a visit are also its rules.
        authority: URL of an RFC 3161 server; empty: none.
    """
    content = manifest(visit, store)
    kept = await asyncio.to_thread(store.put, CaptureKind.MANIFEST, content)
    captures: tuple[Capture, ...] = (*visit.captures, kept)
    notes = visit.notes
    if authority:
        try:
            token = await stamp(content, gateway, authority)
            captures = (*captures, await asyncio.to_thread(store.put, CaptureKind.TIMESTAMP, token))
        except SealError as error:
            notes = (*notes, f"no time-stamp: {error}")
    return replace(visit, captures=captures, notes=notes)


async def stamp(content: bytes, gateway: Gateway, authority: str) -> bytes:
    """Return the authority's signed answer for the content, DER.

    Raises:
        SealError: it gave none, or one for something else.
    """
    try:
        from rfc3161_client import (  # noqa: PLC0415 - an extra that few need
            TimestampRequestBuilder,
            decode_timestamp_response,
        )
    except ImportError:
        raise SealError("it needs the package rfc3161-client") from None
    request = TimestampRequestBuilder().data(content).build()
    raw = await _posted(request.as_bytes(), gateway, authority)
    try:
        answer = decode_timestamp_response(raw)
        status, info = answer.status, answer.tst_info
    except ValueError as error:
        raise SealError(f"the answer is none: {error}"[:200]) from None
    if status not in {0, 1}:
        raise SealError(f"refused with status {status}")
    if info.message_imprint.message != hashlib.sha512(content).digest() or info.nonce != request.nonce:
        raise SealError("the answer is for something else")
    return raw


async def _posted(body: bytes, gateway: Gateway, authority: str) -> bytes:
    if urlsplit(authority).scheme not in {"http", "https"}:
        raise SealError("the authority's URL is neither http nor https")
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        async with (
            gateway.door() as door,
            aiohttp.ClientSession(trust_env=False, timeout=aiohttp.ClientTimeout(SECONDS)) as http,
            http.post(authority, data=body, headers=headers, proxy=door.url, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise SealError(f"HTTP {answer.status}")
            return b"".join([chunk async for chunk, _ in answer.content.iter_chunks()])[:ANSWER]
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise SealError(f"no answer: {type(error).__name__}") from None
