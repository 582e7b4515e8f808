"""Keys of providers: from the environment, or from a file that nobody else may read."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

PREFIX = "MANTIS_KEY_"
_SHOWN = "[key]"
LAB_KEY = "lab-good:key"
_SHORTEST = 6
"""Characters; what is shorter is no secret, and hiding it would tear holes into every text."""


class KeysError(ValueError):
    """The file of keys cannot be used; the message says what to do, and holds no key."""


class Keys:
    """The keys of a run. Shown, it tells their names alone."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = {name.lower(): key.strip() for name, key in keys.items() if key.strip()}

    def __repr__(self) -> str:
        return f"Keys({', '.join(sorted(self._keys)) or 'none'})"

    def of(self, name: str) -> str:
        """Return a key; empty if there is none."""
        return self._keys.get(name.lower(), "")

    def hide(self, text: str) -> str:
        """Return a text without any key that stands in it."""
        for key in self._keys.values():
            if len(key) >= _SHORTEST:
                text = text.replace(key, _SHOWN)
        return text

    def hide_bytes(self, data: bytes) -> bytes:
        """Return bytes without any key that stands in them."""
        for key in self._keys.values():
            if len(key) >= _SHORTEST:
                data = data.replace(key.encode(), _SHOWN.encode())
        return data


class Settings(Protocol):
    """The run's settings."""

    def get(self, name: str, default: Any = None) -> Any:
        """Return a setting."""


class _LabKeys(Keys):
    """One key for whatever the lab stands in for."""

    def of(self, name: str) -> str:
        return super().of("lab") if name else ""


def keys_of(settings: Settings, *, lab: bool) -> Keys:
    """Return the keys of a run. The lab is never given a real one.

    Raises:
        KeysError: the file of keys is not right.
    """
    if lab:
        return _LabKeys({"lab": os.environ.get(f"{PREFIX}LAB") or LAB_KEY})
    return read_keys(os.environ, Path(settings.get("MANTIS_KEYS")).expanduser())


def read_keys(environment: Mapping[str, str], file: Path) -> Keys:
    """Return the keys of ``MANTIS_KEY_…``, and those of a file's lines ``NAME=KEY``; the environment wins.

    Raises:
        KeysError: others may read the file, or a line is none.
    """
    found = dict(_of_file(file)) if file.is_file() else {}
    given = {name.removeprefix(PREFIX): key for name, key in environment.items() if name.startswith(PREFIX)}
    return Keys({**found, **{name.lower(): key for name, key in given.items()}})


def _of_file(file: Path) -> list[tuple[str, str]]:
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        raise KeysError(f"others may read the file of keys {file} (mode {mode:o}): chmod 600 {file}")
    keys = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        name, equals, key = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not equals or not name.strip():
            raise KeysError(f"line {number} of the file of keys {file} is no NAME=KEY")
        keys.append((name.strip().upper().removeprefix(PREFIX).lower(), key.strip().strip("\"'")))
    return keys
