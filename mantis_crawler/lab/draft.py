"""Drafts of the harmless sites: a template, its words and a name make a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mantis_crawler.lab.pages import page
from mantis_crawler.lab.site import Answer, Reply, Request, Site, dice
from mantis_crawler.lab.stock import missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A site before the dice are thrown."""

    host: str
    design: str
    """The family's name, a hyphen, and the name of the template in the family's folder."""
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


def build(draft: Draft, family: str, seed: int, pool: str, answer: Answer | None = None) -> Site:
    """Return the site of a draft; the same for the same seed.

    Its own answer serves its templates by path; another one may wrap it.
    """
    return Site(
        host=draft.host,
        design=draft.design,
        answer=answer or served(draft, family, seed),
        language=draft.language,
        path=draft.path,
        scheme=draft.scheme,
        certificate=draft.certificate,
        pool=pool,
    )


def served(draft: Draft, family: str, seed: int) -> Answer:
    """Return an answer that makes the pages of a draft, under whichever name they are asked for."""
    main = draft.path.partition("?")[0]
    templates = {main: draft.design.removeprefix(f"{family}-"), **draft.more}

    def answer(request: Request) -> Reply:
        name = templates.get(request.path)
        if name is None:
            return missing()
        body = render(f"{family}/{name}", seed, draft, request.host)
        return Reply(body=body, status=draft.status, headers=draft.headers)

    return answer


def render(template: str, seed: int, draft: Draft, host: str = "") -> bytes:
    """Return a page, such as ``servers/hop``, made of the draft and the seed, under that name or its own."""
    die = dice(seed, draft.host, template)
    return page(template, draft.language, draft.words, host=host or draft.host, die=die)
