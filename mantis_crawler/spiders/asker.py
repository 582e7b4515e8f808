"""Asks the providers that answer a question, through the downloader: what is kept is not asked again."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import time
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Request

from mantis_crawler import __version__, providers
from mantis_crawler.catalog import discover
from mantis_crawler.enrichment.addresses import is_name, is_public, parse
from mantis_crawler.items import Ask, Failure, Finding, Question, Reply
from mantis_crawler.lab import Lab
from mantis_crawler.providers.answers import Answers, key
from mantis_crawler.providers.base import SCHEME, Call, Page, Provider, ProviderError, told, unreadable
from mantis_crawler.providers.keys import Keys, keys_of

logger = logging.getLogger(__name__)

_TRIES = 4
_LONGEST_WAIT = 60.0
"""Seconds that a provider may ask for between two tries; who asks for more is given up."""
_MOST_PAGES = 200
_MOST_BYTES = 64 << 20
_TIMEOUT = 60
_BUDGET = 500.0
"""Credits of a run where nobody has said how many."""
_FREE = {Failure.REFUSED, Failure.NO_CREDIT, Failure.RATE, Failure.REJECTED}
"""Failures for which no provider charges."""
_INNER = frozenset(("local", "localhost", "internal", "intranet", "lan", "corp", "home", "private", "test"))
"""Last labels of names that no public DNS has."""
_AT_ONCE = 8
"""Requests to one provider under way at the same time."""


@dataclass(frozen=True, slots=True)
class Got:
    """What came back for one request."""

    status: int
    body: str
    retry_after: str = ""


Send = Callable[[Provider, Call], Awaitable[Got]]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A page, when it was asked for, and what it cost."""

    page: Page
    asked: float
    cost: float = 0.0
    cached: bool = False


@dataclass(slots=True)
class _Talk:
    """One provider and one question, as far as it has come."""

    provider: Provider
    question: Question
    findings: dict[Finding, None] = field(default_factory=dict)
    total: int | None = None
    more: bool = False
    cost: float = 0.0
    asked: float = 0.0
    cached: bool = True
    pages: int = 0

    def take(self, page: Page) -> Call | None:
        """Add a page, and return what to ask next.

        Raises:
            ProviderError: the pages lead nowhere.
        """
        before = len(self.findings)
        self.pages += 1
        self.findings.update(dict.fromkeys(page.findings))
        self.total = page.total if page.total is not None else self.total
        self.more = page.cut or page.next is not None
        enough = min(self.question.limit, self.question.too_many or self.question.limit)
        if page.next is None or len(self.findings) >= enough:
            return None
        if page.findings and len(self.findings) == before:
            raise unreadable("it sends the same page again and again")
        if self.pages >= _MOST_PAGES:
            raise unreadable(f"its pages do not end after {self.pages}")
        return page.next

    def reply(self, error: ProviderError | None = None) -> Reply:
        """Return what was said."""
        found = tuple(self.findings)[: self.question.limit]
        asked = datetime.fromtimestamp(self.asked or time(), UTC)
        return Reply(
            question=self.question,
            provider=self.provider.name,
            findings=found,
            total=self.total,
            cut=self.more or len(self.findings) > len(found) or (error is not None and bool(found)),
            failure=error.failure if error else None,
            detail=told(self.provider, error.failure, str(error)) if error else "",
            time=f"{asked:%Y-%m-%dT%H:%M:%SZ}",
            cached=self.cached and error is None,
            cost=self.cost,
        )


class Pace:
    """No more than so many requests a second, and so many at once."""

    def __init__(self, rate: float) -> None:
        self.apart = 1 / rate if rate else 0.0
        self.slots = asyncio.Semaphore(_AT_ONCE)
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._next = max(self._next, now) + self.apart
        await asyncio.sleep(self._next - self.apart - now)

    def hold(self, seconds: float) -> None:
        """Let nobody go on before so many seconds are over."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)


class Asker:
    """The run's way to the providers; in the lab, to those that the lab serves.

    Args:
        send: Sends one request.
        shelf: The providers.
        keys: Of the run: who has none for a provider does not ask it.
        answers: What was asked before.
        budget: Credits that the run may cost.
        paced: Whether the providers' rates are kept; the lab has none.
        first_wait: Seconds before the second try; it doubles with each.
        generous: Whether enrichments may cost something too.
    """

    def __init__(
        self,
        *,
        send: Send,
        shelf: Sequence[Provider],
        keys: Keys,
        answers: Answers,
        budget: float,
        paced: bool = True,
        first_wait: float = 1.0,
        generous: bool = False,
    ) -> None:
        self._send, self._shelf, self._keys, self._answers = send, tuple(shelf), keys, answers
        self._budget, self._first_wait, self._generous = budget, first_wait, generous
        self._pace = {one.name: Pace(one.rate if paced else 0) for one in self._shelf}
        self._under_way: dict[str, asyncio.Task[_Heard]] = {}
        self._given_up: dict[str, ProviderError] = {}
        self.spent: defaultdict[str, float] = defaultdict(float)
        """Credits by provider; what failed without a word may have been charged, and is counted."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, lab: Lab | None) -> Self:
        """Take the providers from their shelf, with the run's keys and budget.

        Raises:
            KeysError: the file of keys is not right.
            ValueError: the budget is no number.
        """
        settings = crawler.settings
        limit = str(settings.get("MANTIS_BUDGET") or "").strip()
        return cls(
            send=_through(crawler, lab.http_port if lab else None),
            shelf=[*discover(providers, Provider).values()],  # type: ignore[type-abstract]
            keys=keys_of(settings, lab=lab is not None),
            answers=Answers(_place(crawler, lab)),
            budget=float(limit) if limit else float("inf") if lab else _BUDGET,
            paced=lab is None,
            first_wait=0.05 if lab else 1.0,
            generous=lab is not None or settings.getbool("MANTIS_PAID_ENRICHMENT"),
        )

    async def ask(self, question: Question, *, paid: bool = True) -> tuple[Reply, ...]:
        """Return one reply a provider; of those that cost something only where that is wanted."""
        chosen = [
            one
            for one in self._shelf
            if question.ask in one.asks and (paid or not one.price(question) or self._known(one, question))
        ]
        if why := unfit(question):
            return (Reply(question=question, provider="nobody", failure=Failure.REJECTED, detail=why),)
        return tuple(await asyncio.gather(*(self._reply(one, question) for one in chosen)))

    async def look(self, question: Question) -> tuple[Reply, ...]:
        """Ask for an enrichment: of every artifact, so whoever costs something is asked only if told to."""
        return await self.ask(question, paid=self._generous)

    def price(self, question: Question) -> dict[str, float]:
        """Return what asking would cost at the least, in credits by provider; what is kept costs nothing."""
        return {
            one.name: 0.0 if self._known(one, question) else one.price(question)
            for one in self._shelf
            if question.ask in one.asks and self._usable(one)
        }

    def close(self) -> None:
        """Close what is kept."""
        self._answers.close()

    def _usable(self, provider: Provider) -> bool:
        return not provider.keyed.key or bool(self._keys.of(provider.keyed.key))

    def _known(self, provider: Provider, question: Question) -> bool:
        """Whether everything that the question would cost is kept."""
        try:
            call = provider.call(question)
            while call is not None:
                kept = self._answers.get(provider.name, call, provider.keeps)
                if kept is None:
                    return False
                call = provider.page(question, call, kept.body, kept.status).next
        except ProviderError:
            return False
        return True

    async def _reply(self, provider: Provider, question: Question) -> Reply:
        talk = _Talk(provider, question)
        try:
            call: Call | None = self._first(provider, question)
            while call is not None:
                heard = await self._page(provider, question, call)
                talk.asked = talk.asked or heard.asked
                talk.cost += heard.cost
                talk.cached = talk.cached and heard.cached
                call = talk.take(heard.page)
        except ProviderError as error:
            return talk.reply(error)
        except Exception as error:  # one provider must not stop the others
            logger.exception("Asking %s failed", provider.name)
            return talk.reply(unreadable(f"reading its answer failed: {type(error).__name__}"))
        return talk.reply()

    def _first(self, provider: Provider, question: Question) -> Call:
        if not self._usable(provider):
            raise ProviderError(Failure.NO_KEY, "there is no key")
        call = provider.call(question)
        if call is None:
            raise ProviderError(Failure.REJECTED, "it does not know such values")
        return call

    async def _page(self, provider: Provider, question: Question, call: Call) -> _Heard:
        """Return a page; the same request is made once at a time."""
        kept = self._answers.get(provider.name, call, provider.keeps)
        if kept is not None:
            page = provider.page(question, call, kept.body, kept.status)
            return _Heard(page, kept.time, cached=True)
        name = key(provider.name, call)
        mine = name not in self._under_way
        if mine:
            self._under_way[name] = asyncio.create_task(self._asked(provider, question, call))
        try:
            heard = await asyncio.shield(self._under_way[name])
        finally:
            if mine:
                self._under_way.pop(name, None)
        return heard if mine else replace(heard, cost=0.0)

    async def _asked(self, provider: Provider, question: Question, call: Call) -> _Heard:
        if gone := self._given_up.get(provider.name):
            raise gone
        self._reserve(provider, call)
        try:
            got = await self._answered(provider, call)
            page = provider.page(question, call, got.body, got.status)
        except ProviderError as error:
            if error.failure in _FREE:
                self.spent[provider.name] -= call.cost
            if error.failure in {Failure.REFUSED, Failure.NO_CREDIT}:
                # it will say so to every question: the free ones go on without it
                self._given_up[provider.name] = error
            raise
        self._answers.put(provider.name, call, got.body, got.status)
        return _Heard(page, time(), cost=call.cost)

    def _reserve(self, provider: Provider, call: Call) -> None:
        if sum(self.spent.values()) + call.cost > self._budget:
            what = f"{call.cost:g} more credits would pass the budget of {self._budget:g}"
            raise ProviderError(Failure.BUDGET, what)
        self.spent[provider.name] += call.cost

    async def _answered(self, provider: Provider, call: Call) -> Got:
        """Return an answer after as many tries as are worth it."""
        pace, wait = self._pace[provider.name], self._first_wait
        for last in (*[False] * (_TRIES - 1), True):
            async with pace.slots:
                await pace.turn()
                try:
                    got = await self._send(provider, call)
                except ProviderError as error:
                    failed, told_wait = error, None
                else:
                    if got.status in provider.statuses:
                        return got
                    failed, told_wait = provider.refusal(got.status, got.body), seconds(got.retry_after)
            pause = wait if told_wait is None else told_wait
            again = failed.failure in {Failure.RATE, Failure.UNREACHABLE}
            if last or not again or pause > _LONGEST_WAIT:
                raise failed
            if failed.failure is Failure.RATE:
                pace.hold(pause)
            else:
                await asyncio.sleep(pause)
            wait *= 2
        raise AssertionError


def unfit(question: Question) -> str:
    """Return why a question is put to nobody; empty if it may be asked.

    Names and addresses of somebody's own network are nobody else's business.
    """
    subject = question.subject
    if question.ask is Ask.REGISTERED_BY:
        return "" if 0 < len(subject) <= 254 else "no e-mail address or name is so long"
    if "/" in subject:
        return "a range of addresses is not asked about: name single addresses"
    if parse(subject):
        return "" if is_public(subject) else f"{subject[:60]} is an address of a private network"
    if question.ask in {Ask.NAMES_AT, Ask.PLACE}:
        return f"{subject[:60]!r} is no address"
    if not is_name(subject):
        return f"{subject[:60]!r} is no name of the DNS ({len(subject)} characters)"
    inner = "." not in subject or subject.rpartition(".")[2] in _INNER or subject.endswith(".home.arpa")
    return f"{subject[:60]!r} is a name of an inner network" if inner else ""


def seconds(retry_after: str) -> float | None:
    """Return how long a ``Retry-After`` says to wait, as seconds or as a date; `None` if it says nothing."""
    words = retry_after.strip()
    if words.isdecimal():
        return float(words)
    try:
        when = parsedate_to_datetime(words)
    except ValueError:
        return None
    return max(0.0, when.replace(tzinfo=when.tzinfo or UTC).timestamp() - time())


def _through(crawler: Crawler, lab_port: int | None) -> Send:
    """Return what sends requests through the crawler's downloader."""

    async def send(provider: Provider, call: Call) -> Got:
        request = Request(
            call.url.replace("https://", f"{SCHEME}://", 1),
            method=call.method,
            body=call.body,
            headers={"User-Agent": f"mantis_crawler/{__version__}", **dict(call.headers)},
            dont_filter=True,
            meta={
                "mantis_keyed": provider.keyed,
                "mantis_lab_port": lab_port,
                "download_slot": provider.name,
                "download_timeout": _TIMEOUT,
                "download_maxsize": _MOST_BYTES,
            },
        )
        assert crawler.engine is not None
        try:
            response = await crawler.engine.download_async(request)
        except (
            DownloadFailedError,
            DownloadTimeoutError,
            DownloadConnectionRefusedError,
            CannotResolveHostError,
        ) as error:
            raise ProviderError(Failure.UNREACHABLE, f"no answer came ({error})") from error
        after = response.headers.get("Retry-After") or b""
        return Got(
            status=response.status,
            body=response.body.decode("utf-8", "replace"),
            retry_after=after.decode("latin-1"),
        )

    return send


def _place(crawler: Crawler, lab: Lab | None) -> Path:
    """Return where answers are kept: those of the lab never among those of the real internet."""
    if lab is not None:
        return Path(crawler.settings.get("MANTIS_OUTPUTS")) / f"answers-lab-{lab.world.seed}.sqlite"
    return Path(crawler.settings.get("MANTIS_ANSWERS")).expanduser() / "answers.sqlite"
