"""What is on a shelf: a file there is its registration."""

from collections.abc import Iterator
from importlib import import_module
from inspect import isabstract, isclass
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")


def discover(shelf: ModuleType, kind: type[T]) -> dict[str, T]:
    """Return every *kind* that a module on the shelf declares, by its ``name``, in file order.

    A module declares one by holding an instance of *kind*, or a subclass of it that
    needs no arguments. Like Scrapy's ``SPIDER_MODULES``: to add a plugin, add its file.

    Raises:
        ValueError: two files declare the same name, or one lacks a field or has one too many.
    """
    found: dict[str, T] = {}
    for info in iter_modules(shelf.__path__, f"{shelf.__name__}."):
        try:
            module = import_module(info.name)
        except TypeError as error:
            words = str(error).replace(".__init__()", "").replace(" keyword-only argument", " field")
            raise ValueError(f"{info.name} declares none: {words}") from error
        for plugin in _declared(module, kind):
            name = str(plugin.name)
            if name in found:
                message = f"{shelf.__name__} declares {name!r} twice"
                raise ValueError(message)
            found[name] = plugin
    return found


def _declared(module: ModuleType, kind: type[T]) -> Iterator[Any]:
    for value in vars(module).values():
        if isinstance(value, kind):
            yield value
        elif (
            isclass(value)
            and issubclass(value, kind)
            and value.__module__ == module.__name__
            and not isabstract(value)
        ):
            yield value()
