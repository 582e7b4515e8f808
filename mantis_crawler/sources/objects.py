"""What one JSON object of a feed says: an artifact of an expansion, or a value with a few words about it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from mantis_crawler.items import (
    COUNTRIES,
    Artifact,
    CodecError,
    Hold,
    Indicator,
    IndicatorType,
    Role,
    SkipReason,
    Step,
    from_plain,
    opened,
    to_plain,
)
from mantis_crawler.sources.base import Entry
from mantis_crawler.sources.lines import skip
from mantis_crawler.sources.misp import misp_values
from mantis_crawler.sources.roles import role_for
from mantis_crawler.sources.stix import stix_values
from mantis_crawler.sources.tokens import read_value
from mantis_crawler.sources.values import Reading, Refusal, Value, read_url

_VALUES = ("url", "value", "ioc", "host", "domain", "hostname", "ip", "sha256", "sha1", "md5", "indicator")
_WORDS = ("role", "comment", "threat_type", "category", "labels", "name", "description", "tags")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def members(document: Any) -> Iterator[Any]:
    """Yield the members of a document: of a list, of a STIX bundle or of a MISP event."""
    if isinstance(document, list):
        for member in document:
            yield from members(member) if _nested(member) else (member,)
    elif isinstance(document.get("objects"), list):
        yield from stix_values(document["objects"])
    elif isinstance(document.get("response"), list):
        yield from members(document["response"])
    elif isinstance(event := document.get("Event"), dict):
        yield from misp_values(event)
    else:
        yield document


def entry_of(plain: Any, feed: str, number: int, raw: str) -> Entry:
    """Return what one member says, or why nothing: never raises."""
    try:
        if isinstance(plain, str):
            plain = {"value": plain}
        if not isinstance(plain, dict):
            return skip(feed, number, raw, SkipReason.UNREADABLE, "not an object")
        if isinstance(plain.get("indicator"), dict):
            return _artifact(plain, feed, number, raw)
        return _value(plain, feed, number, raw)
    except RecursionError:
        return skip(feed, number, raw, SkipReason.UNREADABLE, "nested too deeply")


def _nested(member: Any) -> bool:
    return isinstance(member, dict) and ("Event" in member or isinstance(member.get("objects"), list))


def _artifact(plain: dict[str, Any], feed: str, number: int, raw: str) -> Entry:
    try:
        artifact = from_plain(plain, Artifact)
    except CodecError as error:
        return skip(feed, number, raw, SkipReason.UNREADABLE, str(error)[:200])
    fault = _fault(artifact)
    if fault:
        return skip(feed, number, raw, fault.reason, fault.detail)
    return artifact


def _fault(artifact: Artifact) -> Refusal | None:
    """Return what is wrong with an artifact that somebody may have edited: it will be visited."""
    if _SURROGATE.search(json.dumps(to_plain(artifact), ensure_ascii=False)):
        return Refusal(SkipReason.UNREADABLE, "text that is not Unicode")
    if artifact.url is None:
        held = artifact.hold is Hold.HASH and artifact.indicator.type is IndicatorType.HASH
        return None if held else Refusal(SkipReason.UNREADABLE, "neither a URL nor a hash")
    reading = read_url(artifact.url)
    if isinstance(reading, Refusal):
        return reading
    if urlsplit(reading.value).hostname != artifact.host:
        return Refusal(SkipReason.UNREADABLE, f"{artifact.host[:60]!r} is not the host of the URL")
    return None


def _value(plain: dict[str, Any], feed: str, number: int, raw: str) -> Entry:
    written = _written(plain)
    reading = _reading(plain, written)
    if isinstance(reading, Refusal):
        return skip(feed, number, raw, reading.reason, reading.detail)
    indicator = _indicator(plain, written, reading, feed, number)
    steps = _steps(plain.get("expansion"))
    seed = plain.get("indicator")
    url = opened(reading.value, reading.type)
    if url is None or (not steps and (not isinstance(seed, str) or seed == written)):
        return indicator
    grown = read_value(seed) if isinstance(seed, str) else reading
    if isinstance(grown, Refusal):
        return skip(feed, number, raw, grown.reason, f"its indicator: {grown.detail}")
    if grown != reading:
        indicator = replace(indicator, value=grown.value, type=grown.type, raw=_clean(str(seed)))
    return Artifact(
        url=url,
        host=urlsplit(url).hostname or "",
        indicator=indicator,
        expansion=steps,
        hold=_hold(indicator.role, url),
        country=indicator.country,
    )


def _reading(plain: dict[str, Any], written: str) -> Reading:
    if isinstance(refused := plain.get("refused"), str):
        return Refusal(SkipReason.NO_INDICATOR, refused)
    return read_value(written) if written else Refusal(SkipReason.UNREADABLE, "no field holds a value")


def _hold(role: Role, url: str) -> Hold | None:
    held = {Role.C2: Hold.C2, Role.DEAD_DROP: Hold.DEAD_DROP}.get(role)
    return held or (None if url.startswith(("http://", "https://")) else Hold.SCHEME)


def _written(plain: dict[str, Any]) -> str:
    if isinstance(observed := plain.get("observed"), str):
        return observed
    if isinstance(pattern := plain.get("pattern"), str):
        return next((item["observed"] for item in stix_values([plain]) if "observed" in item), pattern)
    if isinstance(name := plain.get("rrname"), str):  # passive DNS, common output format
        return _passive(name, plain)
    return next(
        (plain[name] for name in _VALUES if isinstance(plain.get(name), str) and plain[name].strip()), ""
    )


def _passive(name: str, plain: dict[str, Any]) -> str:
    """Return what a passive DNS record is about: its name, or the name that an address points back to."""
    data = plain.get("rdata")
    target = data[0] if isinstance(data, list) and data else data
    if str(plain.get("rrtype", "")).upper() == "PTR" and isinstance(target, str):
        return target
    return name


def _indicator(plain: dict[str, Any], written: str, value: Value, feed: str, number: int) -> Indicator:
    context = {
        str(name): text for name, item in plain.items() if (text := _plain_text(item)) and text != written
    }
    return Indicator(
        value=value.value,
        raw=_clean(written),
        type=value.type,
        role=_role(plain, value),
        feed=feed,
        line=number,
        country=_country(plain.get("country")),
        context={**{_clean(name): text for name, text in context.items()}, **value.context},
    )


def _role(plain: dict[str, Any], value: Value) -> Role:
    said = plain.get("role")
    if isinstance(said, str) and said in set(Role):
        return Role(said)
    return role_for(value.type, *(_plain_text(plain.get(name)) for name in _WORDS))


def _steps(plain: Any) -> tuple[Step, ...]:
    return tuple(
        Step(pivot=_clean(item["pivot"]), value=_clean(item["value"]))
        for item in _list(plain)
        if isinstance(item, dict)
        and isinstance(item.get("pivot"), str)
        and isinstance(item.get("value"), str)
    )


def _country(plain: Any) -> str | None:
    code = plain.strip().lower() if isinstance(plain, str) else ""
    return code if code in COUNTRIES else None


def _plain_text(item: Any) -> str:
    if isinstance(item, list):
        return " ".join(_clean(part) for part in item if isinstance(part, str))
    return _clean(str(item)) if isinstance(item, str | int | float) and not isinstance(item, bool) else ""


def _clean(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _list(item: Any) -> list[Any]:
    return item if isinstance(item, list) else []
