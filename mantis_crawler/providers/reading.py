"""How answers are read that come as JSON, or ought to; and times in the many spellings of providers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from mantis_crawler.items import Failure
from mantis_crawler.providers.base import ProviderError, unreadable

_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d", "%d-%b-%Y", "%Y/%m/%d")


def read_json(body: str) -> Any:
    """Return the JSON of an answer.

    Raises:
        ProviderError: it is HTML, XML, cut off, or nothing at all.
    """
    start = body.lstrip("\ufeff \t\r\n")[:200].lower()
    if not start:
        raise unreadable("its answer is empty")
    if start.startswith("<"):
        kind = "an HTML page" if "<html" in start or "<!doctype html" in start else "XML"
        raise unreadable(f"it sent {kind} instead of JSON")
    try:
        return json.loads(body.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise unreadable("its answer is broken or cut off") from error


def read_lines(body: str) -> Iterator[Any]:
    """Yield the JSON of each line.

    Raises:
        ProviderError: as `read_json`.
    """
    yield from (read_json(line) for line in body.splitlines() if line.strip())


def read_time(value: Any) -> str:
    """Return a time as ISO 8601 in UTC; empty if it is none. Numbers are seconds, large ones milliseconds."""
    if isinstance(value, bool) or value is None:
        return ""
    words = str(value).strip()
    if words.lstrip("-").replace(".", "", 1).isdecimal():
        return _of_number(float(words))
    words = words.removesuffix("UTC").strip()
    try:
        return _written(datetime.fromisoformat(words))
    except ValueError:
        pass
    for layout in _FORMATS:
        try:
            return _written(datetime.strptime(words, layout).replace(tzinfo=UTC))
        except ValueError:
            continue
    return ""


def _of_number(seconds: float) -> str:
    if seconds > 100_000_000_000:
        seconds /= 1000
    try:
        return _written(datetime.fromtimestamp(seconds, UTC)) if seconds > 0 else ""
    except (OverflowError, OSError, ValueError):
        return ""


def _written(time: datetime) -> str:
    try:
        aware = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError:
        return ""
    return f"{aware:%Y-%m-%dT%H:%M:%SZ}"


def failure_of(words: str, status: int = 0) -> Failure:
    """Return which failure a provider's own words mean; they say more than their status does."""
    said = words.lower()
    if any(word in said for word in ("credit", "balance", "quota", "exceeded")) and "api key" not in said:
        return Failure.NO_CREDIT
    if any(word in said for word in ("too many", "rate limit", "slow down")):
        return Failure.RATE
    if any(word in said for word in ("restricted", "authoris", "authoriz", "authent", "api key", "apikey")):
        return Failure.REFUSED
    if status in {401, 403}:
        return Failure.REFUSED
    if any(word in said for word in ("invalid", "not supported", "unsupported", "not valid", "malformed")):
        return Failure.REJECTED
    return Failure.REJECTED if 400 <= status < 500 else Failure.UNREACHABLE


def failed(words: str, status: int = 0) -> ProviderError:
    """Return the error that a provider's own words are."""
    said = " ".join(words.split())[:120]
    return ProviderError(failure_of(words, status), f"it says {said!r}")
