"""Modules that are imported when something of them is wanted: Scrapy imports every command to run one."""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module that takes long to import, or that not everybody has."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return what the module calls so; the first time, import it."""
        return getattr(import_module(self._name), name)
