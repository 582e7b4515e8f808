"""What HAR 1.2 requires, field by field, as its specification lists it."""

from collections.abc import Iterator
from typing import Any

NUMBER = (int, float)
PAIR = {"name": str, "value": str}
SHAPE: dict[str, Any] = {
    "log": {
        "version": str,
        "creator": {"name": str, "version": str},
        "browser": {"name": str, "version": str},
        "pages": [{"startedDateTime": str, "id": str, "title": str, "pageTimings": {}}],
        "entries": [
            {
                "pageref": str,
                "startedDateTime": str,
                "time": NUMBER,
                "request": {
                    "method": str,
                    "url": str,
                    "httpVersion": str,
                    "cookies": [PAIR],
                    "headers": [PAIR],
                    "queryString": [PAIR],
                    "headersSize": int,
                    "bodySize": int,
                },
                "response": {
                    "status": int,
                    "statusText": str,
                    "httpVersion": str,
                    "cookies": [PAIR],
                    "headers": [PAIR],
                    "content": {"size": int, "mimeType": str},
                    "redirectURL": str,
                    "headersSize": int,
                    "bodySize": int,
                },
                "cache": {},
                "timings": {"send": NUMBER, "wait": NUMBER, "receive": NUMBER},
            }
        ],
    }
}


def faults(value: Any, shape: Any = SHAPE, path: str = "") -> list[str]:
    """Return what is missing, or of another kind."""
    return list(_faults(value, shape, path))


def _faults(value: Any, shape: Any, path: str) -> Iterator[str]:
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield f"{path} is no object"
            return
        for name, inner in shape.items():
            if name in value:
                yield from _faults(value[name], inner, f"{path}.{name}")
            else:
                yield f"{path}.{name} is missing"
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{path} is no list"
            return
        for number, item in enumerate(value):
            yield from _faults(item, shape[0], f"{path}[{number}]")
    elif not isinstance(value, shape) or isinstance(value, bool):
        yield f"{path} is {value!r}"
