"""Sweeps over the names of the web platform and CSS properties, by the browser compatibility data.

The data are wrong in places, so only those names count that are right about the desktop control
in the engine that runs: what is left is what a phone's browser has otherwise than that.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mantis_crawler.lab.phones.others.install import COMPAT, cache_folder

SAFARI = (27, 2)
"""Version of Safari that the iPhone runs."""
BROWSERS = {
    "android": "chrome_android",
    "webview": "webview_android",
    "iphone": "safari_ios",
    "desktop": "chrome",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What each kind of device has, by name."""

    names: Mapping[str, Mapping[str, bool]]
    """Kind of device by name of the web platform: ``Interface`` or ``Interface.member``."""
    css: Mapping[str, Mapping[str, bool]]

    def wrong(self, kind: str, seen: Mapping[str, Any], control: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return the names that a device has otherwise than the real one: ``+`` too many, ``-`` missing."""
        return {
            part: sorted(_wrong(table, kind, seen.get(part) or {}, control.get(part) or {}))
            for part, table in (("names", self.names), ("css", self.css))
        }


def _wrong(
    table: Mapping[str, Mapping[str, bool]], kind: str, seen: Mapping[str, bool], control: Mapping[str, bool]
) -> Iterator[str]:
    for name, kinds in table.items():
        owner, dot, _ = name.partition(".")
        if dot and not seen.get(owner):
            continue  # an interface that is not there is named once, not with all its members
        if (
            control.get(name) == kinds["desktop"]
            and name in seen
            and seen[name] != kinds.get(kind, seen[name])
        ):
            yield f"{'+' if seen[name] else '-'}{name}"


def load(major: int, folder: Path | None = None) -> Sweep | None:
    """Return what phones have beside an engine of that major version; ``None`` if the data are not there."""
    place = (folder or cache_folder()) / COMPAT
    if not place.is_file():
        return None
    data = json.loads(place.read_bytes())
    versions = {"android": (major, 0), "webview": (major, 0), "iphone": SAFARI, "desktop": (major, 0)}
    return Sweep(
        names=dict(_known(_apis(data["api"]), versions)),
        css=dict(_known(_features(data["css"]["properties"]), versions)),
    )


def _apis(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for interface, node in _features(data):
        yield interface, node
        for member, inner in _features(node):
            if member != interface and not member.endswith(("_event", "_static")) and member.isalnum():
                yield f"{interface}.{member}", inner


def _features(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, inner) for name, inner in node.items() if name != "__compat" and "__compat" in inner)


def _known(
    features: Iterator[tuple[str, Any]], versions: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, dict[str, bool]]]:
    for name, node in features:
        support = node["__compat"]["support"]
        if node["__compat"].get("status", {}).get("deprecated"):
            continue  # the data lag behind where names are taken away
        kinds = {kind: _has(support.get(BROWSERS[kind]), version) for kind, version in versions.items()}
        if None not in (kinds["android"], kinds["iphone"], kinds["desktop"]):
            yield name, {kind: has for kind, has in kinds.items() if has is not None}


def _has(support: Any, version: tuple[int, int]) -> bool | None:
    """Whether a version has a feature under its own name; ``None`` if the data do not clearly say."""
    entry = support[0] if isinstance(support, list) else support
    if not isinstance(entry, Mapping) or entry.get("flags") or entry.get("partial_implementation"):
        return None
    if entry.get("prefix") or entry.get("alternative_name"):
        return None
    added, removed = entry.get("version_added"), entry.get("version_removed")
    if added is False:
        return False
    if not isinstance(added, str) or added == "preview":
        return False if added == "preview" else None
    if _number(added) > version:
        return False
    return not (isinstance(removed, str) and _number(removed) <= version)


def _number(text: str) -> tuple[int, int]:
    major, _, rest = text.lstrip("≤").partition(".")
    return int(major), int(rest.partition(".")[0] or 0)
