"""STIX 2.0 and 2.1: the values of indicators and observables of a bundle, with their markings."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_MARKINGS = {
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:CLEAR",
    "34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
"""The markings that the standard itself defines, TLP 1 (STIX 2.1, section 7.2.1.4) and TLP 2 (OASIS)."""
_VALUED = frozenset(("domain-name", "ipv4-addr", "ipv6-addr", "url"))
_COMPARISON = re.compile(
    r"(?P<type>domain-name|ipv4-addr|ipv6-addr|url|file)\s*:\s*(?P<path>value|hashes\s*\.\s*'?[\w-]+'?)"
    r"\s*={1,2}\s*'(?P<value>(?:[^'\\]|\\.)*)'"
)
_HASHES = ("SHA-256", "SHA-1", "MD5")


def stix_values(objects: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield one plain object a value, under ``observed``, with the fields of what it stands in.

    Args:
        objects: The bundle's, any of which may be broken.
    """
    known = [item for item in objects if isinstance(item, dict)]
    markings = {
        str(item.get("id")): _said(item) for item in known if item.get("type") == "marking-definition"
    }
    for item in known:
        marking = " ".join(
            filter(None, (_named(ref, markings) for ref in _list(item.get("object_marking_refs"))))
        )
        fields = {**item, "marking": marking} if marking else item
        if isinstance(item.get("pattern"), str):
            yield from _of_pattern(fields)
        elif item.get("type") in _VALUED:
            yield fields
        elif item.get("type") == "file" and isinstance(hashes := item.get("hashes"), dict):
            first = next((hashes[name] for name in _HASHES if isinstance(hashes.get(name), str)), "")
            yield {**fields, "observed": first}


def _of_pattern(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the values of a pattern; a pattern in another language than STIX is passed on as it is."""
    if item.get("revoked") is True:
        yield {**item, "refused": "revoked by its author"}
        return
    found = [re.sub(r"\\(.)", r"\1", match["value"]) for match in _COMPARISON.finditer(item["pattern"])]
    if not found:
        yield item
    for value in dict.fromkeys(found):
        yield {**item, "observed": value}


def _said(definition: Mapping[str, Any]) -> str:
    """Return what a marking definition says, in words that a marking is read from."""
    own = definition.get("definition")
    parts = [f"{name}:{value}" for name, value in own.items()] if isinstance(own, dict) else []
    extensions = definition.get("extensions")
    inner = extensions.values() if isinstance(extensions, dict) else ()
    colours = [item.get("tlp_2_0") for item in inner if isinstance(item, dict)]
    parts += [f"TLP:{colour}" for colour in colours if isinstance(colour, str)]
    return " ".join((*parts, str(definition.get("name", ""))))


def _named(ref: Any, markings: Mapping[str, str]) -> str:
    text = str(ref)
    return _MARKINGS.get(text.removeprefix("marking-definition--"), markings.get(text, ""))


def _list(item: Any) -> list[Any]:
    return item if isinstance(item, list) else []
