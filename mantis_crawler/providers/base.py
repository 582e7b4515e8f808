"""What every provider promises: how it is asked, what it costs, and how its answers are read."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from mantis_crawler.items import Ask, Failure, Finding, Question

SCHEME = "ask"
"""Of requests to providers inside this tool: no browser opens it, whatever handles http and https."""


class ProviderError(Exception):
    """The provider did not say.

    Args:
        failure: Why.
        what: What it did, for a person; never with a key. Who it was and what to do is put around it.
    """

    def __init__(self, failure: Failure, what: str) -> None:
        super().__init__(what)
        self.failure = failure


class KeyPlace(StrEnum):
    """Where in a request a key goes. It is put there on the wire, and is nowhere before."""

    NONE = "none"
    HEADER = "header"
    QUERY = "query"
    JSON = "json"
    """A member of the JSON body."""
    BASIC = "basic"
    """The key is ``user:password``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """What key a provider needs, and where it goes."""

    key: str = ""
    """Name of the key, as in ``MANTIS_KEY_WHOISXML``; several providers may share one."""
    place: KeyPlace = KeyPlace.NONE
    field: str = ""
    """Name of the header, parameter or member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, without any key: what is kept is kept under this."""

    url: str
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    cost: float = 0.0
    """In the provider's credits."""
    step: str = ""
    """Which of the provider's requests it is, where there are several, such as ``preview``."""
    binary: bool = False
    """Whether the answer may be no text; then each character of it stands for a byte."""
    wait: float = 0.0
    """Seconds to wait before it is made: something has to get ready meanwhile."""
    extra: bool = False
    """Whether what came before is an answer without it, should it fail."""
    kept: bool = True
    """Whether the answer says the same for a while, and is kept."""

    def decoded(self, body: bytes) -> str:
        """Return an answer as it is read and kept."""
        return body.decode("latin-1") if self.binary else body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The answer to another request, which came along: it is kept, so that it need not be asked for."""

    provider: str
    call: Call
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one answer holds."""

    findings: tuple[Finding, ...] = ()
    total: int | None = None
    next: Call | None = None
    """The request that goes on from here; `None`: that was all."""
    said: str = ""
    """What a person should know although nothing failed, such as that the provider cut its answer."""
    cut: bool = False
    """Whether the provider says that it has more, which it does not give."""
    others: tuple[Other, ...] = ()
    keeps: float | None = None
    """Hours for which the answer itself says that it holds, where it does; never more than the provider's."""


@dataclass(frozen=True, slots=True)
class About:
    """What a person should know of a provider before using it."""

    title: str
    gives: str
    costs: str
    sends: str
    """What it learns of the analyst's interest."""
    get: str = ""
    """Where a key is had; empty if none is needed."""


class Provider(ABC):
    """Answers questions of some kinds."""

    name: str
    about: About
    asks: frozenset[Ask]
    hosts: tuple[str, ...]
    """Who is connected to; the lab stands in for all of them."""
    keyed: Keyed = Keyed()
    rate: float = 1.0
    """Requests a second at the most; a published limit, or what is polite where there is none."""
    keeps: float = 24.0
    """Hours for which an answer is kept and not asked for again."""
    spare: bool = False
    """Whether it is asked only where none of the others could say."""
    statuses: frozenset[int] = frozenset((200,))
    """HTTP statuses whose body is an answer; 404 is one where it says *nothing known*."""

    def known(self, question: Question) -> Page | None:  # noqa: ARG002 - most have to be asked
        """Return what it says without being asked over a network; `None` if it has to be."""
        return None

    @abstractmethod
    def call(self, question: Question) -> Call | None:
        """Return the first request; `None` if this question is none for it."""

    @abstractmethod
    def page(self, question: Question, call: Call, body: str, status: int) -> Page:
        """Read an answer.

        Raises:
            ProviderError: it is none.
        """

    def server(self, call: Call) -> str:
        """Return whom a request goes to; each has a rate of its own."""
        return urlsplit(call.url).netloc

    def price(self, question: Question) -> float:
        """Return what the question costs at the least once it is asked in full, in credits."""
        call = self.call(question)
        return call.cost if call else 0.0

    def refusal(self, status: int, body: str) -> ProviderError:  # noqa: ARG002 - most tell it by status
        """Return what a status that is no answer means."""
        return refused(status)


_REMEDIES = {
    Failure.NO_KEY: "set {variable}, or write it to the file of keys (docs/providers.md); {get}",
    Failure.REFUSED: "check {variable}, and that its subscription holds this service; {get}",
    Failure.NO_CREDIT: "buy credits or wait for the next period; {get}",
    Failure.BUDGET: "raise MANTIS_BUDGET if it is worth that",
    Failure.RATE: "wait a while and run again: what was answered is kept",
    Failure.UNREACHABLE: "check the connection or the provider's status page, and run again",
    Failure.UNREADABLE: "run again later; if it stays so, the provider has changed its format: report it",
    Failure.REJECTED: "nothing to do: it does not hold such names",
}


def told(provider: Provider, failure: Failure, what: str) -> str:
    """Return a sentence that names the provider, what happened, and what to do."""
    variable = f"MANTIS_KEY_{provider.keyed.key.upper()}" if provider.keyed.key else "the request"
    remedy = _REMEDIES[failure].format(variable=variable, get=provider.about.get).rstrip("; ")
    return f"{provider.about.title}: {what[:200]} - {remedy}"


def refused(status: int) -> ProviderError:
    """Return what an HTTP status means where it is no answer."""
    said = f"HTTP {status}"
    if status in {401, 403}:
        return ProviderError(Failure.REFUSED, f"it refuses the key ({said})")
    if status == 402:
        return ProviderError(Failure.NO_CREDIT, f"no credits are left ({said})")
    if status == 429:
        return ProviderError(Failure.RATE, f"too many requests ({said})")
    if status in {400, 404, 405, 422}:
        return ProviderError(Failure.REJECTED, f"it cannot be asked this ({said})")
    return ProviderError(Failure.UNREACHABLE, f"it failed ({said})")


def unreadable(what: str) -> ProviderError:
    """Return the error of an answer in another format than the provider's own."""
    return ProviderError(Failure.UNREADABLE, what)


def member(value: Any, name: str, kind: type | tuple[type, ...]) -> Any:
    """Return a member of a JSON object that has to be there.

    Raises:
        ProviderError: it is not there, or of another type.
    """
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise unreadable(f"its answer has no {name!r}")
    return found


def text(value: Any, *names: str) -> str:
    """Return the first of an object's members that is a text with something in it; else an empty one."""
    if not isinstance(value, dict):
        return ""
    return next((found.strip() for name in names if isinstance(found := value.get(name), str) and found), "")
