"""Drafts of the harmless sites: a template, its words and a name make a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from mantis_crawler.lab.site import Answer, Reply, Request, Site, dice

_MISSING = b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
NOT_FOUND = Reply(body=_MISSING, status=404)
"""What a site of this kind says of a path that it does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A site before the dice are thrown."""

    host: str
    design: str
    """Its template is the file of this name in the folder of the family, less the family's prefix."""
    language: str
    words: Mapping[str, Any] = field(default_factory=dict)
    """What the template says in this site's language and under its name."""
    more: Mapping[str, str] = field(default_factory=dict)
    """Other paths of the site, and the template of each."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    scheme: str = "http"
    certificate: str = "good"
    path: str = "/"


def render(template: str, seed: int, draft: Draft) -> bytes:
    """Return a page as its template makes it of the draft and the seed."""
    page = _templates().get_template(template)
    die = dice(seed, draft.host, template)
    return page.render(host=draft.host, lang=draft.language, die=die, w=draft.words).encode()


def build(draft: Draft, family: str, seed: int, pool: str) -> Site:
    """Return the site of a draft; the same for the same seed."""
    main = render(_template(family, draft.design), seed, draft)
    replies = {
        draft.path.partition("?")[0]: Reply(body=main, status=draft.status, headers=draft.headers),
        **{
            path: Reply(body=render(f"{family}/{name}.html", seed, draft))
            for path, name in draft.more.items()
        },
    }
    return Site(
        host=draft.host,
        design=draft.design,
        answer=by_path(replies),
        language=draft.language,
        path=draft.path,
        scheme=draft.scheme,
        certificate=draft.certificate,
        pool=pool,
    )


def by_path(replies: Mapping[str, Reply]) -> Answer:
    """Return an answer that knows these paths and no other."""

    def answer(request: Request) -> Reply:
        return replies.get(request.path, NOT_FOUND)

    return answer


def _template(family: str, design: str) -> str:
    return f"{family}/{design.removeprefix(family + '-')}.html"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("mantis_crawler.lab.sites", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
