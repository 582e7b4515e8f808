"""Pages of the sites, made of the templates in ``lab/sites/pages``."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, language: str, words: Mapping[str, Any], **facts: Any) -> bytes:
    """Return the page of a template, such as ``mantis/account``, in a language, with its words as ``w``."""
    made = templates().get_template(f"{template}.html")
    return made.render(lang=language, w=words, **facts).encode()


@cache
def templates() -> Environment:
    """Return the templates of all families; text in them is escaped."""
    return Environment(
        loader=PackageLoader("mantis_crawler.lab.sites", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
