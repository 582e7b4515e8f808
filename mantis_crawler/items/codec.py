"""Records as plain data and JSON, and back."""

import json
import re
from typing import Any, TypeVar

from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

T = TypeVar("T")
HOSTILE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that a page's text may hold and that databases, editors or encoders refuse."""
_converter = make_converter()


class CodecError(ValueError):
    """Text that is not a fact of ours: broken JSON, or a field that is missing or of another kind."""


def to_plain(fact: Any) -> Any:
    """Return a fact as dicts, lists, strings and numbers."""
    return _converter.unstructure(fact)


def to_json(fact: Any) -> str:
    """Return a fact as one line of JSON, its fields in the order of the class."""
    return HOSTILE.sub(_escaped, json.dumps(to_plain(fact), ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def from_plain(plain: Any, kind: type[T]) -> T:
    """Return plain data as a fact of a kind.

    Raises:
        CodecError: the data does not fit the kind.
    """
    try:
        return _converter.structure(plain, kind)
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"not a {kind.__name__}: {error}"
        raise CodecError(message) from error


def from_json(text: str, kind: type[T]) -> T:
    """Return one JSON text as a fact of a kind.

    Raises:
        CodecError: the text is not JSON, or does not fit the kind.
    """
    try:
        plain = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        message = f"not JSON: {error}"
        raise CodecError(message) from error
    return from_plain(plain, kind)
