"""The table of checks, a file for each group or two."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from mantis_crawler.lab.phones.check import Check
from mantis_crawler.lab.phones.inside import INSIDE


@cache
def table() -> tuple[Check, ...]:
    """Return all checks, by id."""
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    checks = sorted((check for module in modules for check in module.CHECKS), key=lambda check: check.id)
    return tuple(replace(check, inside=INSIDE.get(check.id)) for check in checks)
