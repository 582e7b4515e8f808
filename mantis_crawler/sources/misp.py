"""MISP events: the attributes that hold a value, with their tags and those of the event."""

from collections.abc import Iterator, Mapping
from typing import Any

_FIRST = frozenset(
    (
        *("domain", "hostname", "url", "uri", "ip-src", "ip-dst", "ip", "domain|ip"),
        *(
            "ip-src|port",
            "ip-dst|port",
            "hostname|port",
            "md5",
            "sha1",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
        ),
    )
)
_SECOND = frozenset(f"filename|{name}" for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"))
_PORT = "|port"


def misp_values(event: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield one plain object an attribute, of the event and of the event's objects.

    An attribute of a type that is no value, or a link to a report, keeps its type and says why.
    """
    tags = _tags(event)
    for holder in (event, *(item for item in _list(event.get("Object")) if isinstance(item, dict))):
        words = str(holder.get("comment") or "") if holder is not event else ""
        for attribute in _list(holder.get("Attribute")):
            if isinstance(attribute, dict):
                yield _value(attribute, tags, words)


def _value(attribute: dict[str, Any], tags: list[str], words: str) -> dict[str, Any]:
    kind, written = str(attribute.get("type", "")), attribute.get("value")
    plain = {name: item for name, item in attribute.items() if name not in {"Tag", "Galaxy", "Sighting"}}
    plain["tags"] = [*tags, *_tags(attribute)]
    if words:
        plain["description"] = words
    if not isinstance(written, str):
        return plain
    if attribute.get("category") == "External analysis" and attribute.get("to_ids") is not True:
        return {**plain, "refused": "a reference: external analysis, not to be detected"}
    if kind in _SECOND:
        return {**plain, "observed": written.rpartition("|")[2]}
    if kind not in _FIRST:
        return {**plain, "refused": f"an attribute of type {kind[:40]}"} if kind else plain
    if kind.endswith(_PORT):
        host, _, port = written.rpartition("|")
        return {**plain, "observed": f"[{host}]:{port}" if ":" in host else f"{host}:{port}"}
    return {**plain, "observed": written.partition("|")[0]}


def _tags(holder: Mapping[str, Any]) -> list[str]:
    return [str(tag["name"]) for tag in _list(holder.get("Tag")) if isinstance(tag, dict) and "name" in tag]


def _list(item: Any) -> list[Any]:
    return item if isinstance(item, list) else []
