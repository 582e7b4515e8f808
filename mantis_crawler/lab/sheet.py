"""Forms of the smishing kits: made-up brands, and fields that lead nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from mantis_crawler.lab.names import shaped
from mantis_crawler.lab.pages import page
from mantis_crawler.lab.site import Answer, Reply, Request, Site, dice
from mantis_crawler.lab.stock import missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form."""

    label: str
    name: str
    type: str = "text"
    hint: str = ""
    """Value of ``autocomplete``."""


def text(label: str, name: str, hint: str = "") -> Field:
    """Return a plain field."""
    return Field(label=label, name=name, hint=hint)


def secret(label: str, name: str = "pass") -> Field:
    """Return a field whose content is not shown."""
    return Field(label=label, name=name, type="password", hint="current-password")


def code(label: str) -> Field:
    """Return a field for a one-time code."""
    return Field(label=label, name="code", type="tel", hint="one-time-code")


def card(number: str, expiry: str, check: str) -> tuple[Field, ...]:
    """Return the fields of a bank card by their labels."""
    return (
        Field(label=number, name="card", type="tel", hint="cc-number"),
        Field(label=expiry, name="expiry", type="tel", hint="cc-exp"),
        Field(label=check, name="cvv", type="tel", hint="cc-csc"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page with a form."""

    layout: str
    """Template below ``pages/kit``: ``card``, ``banner``, ``night`` or ``plain``."""
    language: str
    brand: str
    color: str
    title: str
    lead: str = ""
    fields: tuple[Field, ...] = ()
    button: str
    note: str = ""
    action: str = "/submit"
    """Where the form posts to; nothing is there."""
    hidden: tuple["Sheet", ...] = ()
    """Later steps that lie in the same document and are not shown yet."""

    def reply(self) -> Reply:
        """Return the page."""
        return Reply(body=page(f"kit/{self.layout}", self.language, {}, sheet=self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A kit before it has a name: how it behaves and where it lives."""

    design: str
    shape: str
    """Shape of its host names."""
    language: str
    country: str | None
    answer: Answer
    path: str = "/"
    scheme: str = "http"
    certificate: str = "good"
    pool: str = "shared"

    def site(self, seed: int) -> Site:
        """Return the kit under a name that follows from the seed."""
        return Site(
            host=shaped(dice(seed, "kit", self.design, self.shape), self.shape),
            design=self.design,
            answer=self.answer,
            language=self.language,
            country=self.country,
            path=self.path,
            scheme=self.scheme,
            certificate=self.certificate,
            pool=self.pool,
        )


def steps(pages: Mapping[str, Sheet]) -> Answer:
    """Return an answer that has one sheet at each of these paths, and nothing else."""
    replies = {path: sheet.reply() for path, sheet in pages.items()}

    def answer(request: Request) -> Reply:
        return replies.get(request.path, missing())

    return answer


def redirect(target: str) -> Reply:
    """Return an HTTP redirect."""
    return Reply(status=302, headers={"Location": target})
