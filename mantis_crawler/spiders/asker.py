"""Asks the providers that answer a question: what is kept is not asked again, and not paid twice."""

import asyncio
import logging
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Self

from scrapy.crawler import Crawler

from mantis_crawler import providers
from mantis_crawler.catalog import discover
from mantis_crawler.items import Failure, Question, Reply
from mantis_crawler.lab import Lab
from mantis_crawler.providers.answers import Answers, key
from mantis_crawler.providers.base import Call, Provider, ProviderError, unreadable
from mantis_crawler.providers.keys import Keys, keys_of
from mantis_crawler.spiders.fit import unfit
from mantis_crawler.spiders.pace import Paced
from mantis_crawler.spiders.purse import Purse
from mantis_crawler.spiders.sending import through
from mantis_crawler.spiders.talk import Heard, Talk

logger = logging.getLogger(__name__)

_BUDGET = 500.0
"""Credits of a run where nobody has said how many."""


class Asker:
    """The run's way to the providers; in the lab, to those that the lab serves.

    Args:
        line: Sends requests at the providers' pace.
        shelf: The providers.
        keys: Of the run: who has none for a provider does not ask it.
        answers: What was asked before.
        purse: Credits that the run may cost.
        generous: Whether enrichments may cost something too.
    """

    def __init__(
        self,
        *,
        line: Paced,
        shelf: Sequence[Provider],
        keys: Keys,
        answers: Answers,
        purse: Purse,
        generous: bool = False,
    ) -> None:
        self._line, self._shelf, self._keys, self._answers = line, tuple(shelf), keys, answers
        self._purse, self._generous = purse, generous
        self._under_way: dict[str, asyncio.Task[Heard]] = {}
        self._given_up: dict[str, ProviderError] = {}
        self._keeps_none = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, lab: Lab | None, feeds: Sequence[Provider] = ()) -> Self:
        """Take the providers from their shelf, with the run's keys and budget.

        Args:
            crawler: Of the run.
            lab: Who stands in for all of them; `None`: they themselves.
            feeds: Providers that the user gave as files.

        Raises:
            KeysError: the file of keys is not right.
            ValueError: the budget is no number.
        """
        settings = crawler.settings
        limit = str(settings.get("MANTIS_BUDGET") or "").strip()
        send = through(crawler, lab)
        return cls(
            line=Paced(send, paced=lab is None, first_wait=0.05 if lab else 1.0),
            shelf=[*discover(providers, Provider).values(), *feeds],  # type: ignore[type-abstract]
            keys=keys_of(settings, lab=lab is not None),
            answers=Answers(_place(crawler, lab)),
            purse=Purse(float(limit) if limit else float("inf") if lab else _BUDGET),
            generous=lab is not None or settings.getbool("MANTIS_PAID_ENRICHMENT"),
        )

    @property
    def spent(self) -> Mapping[str, float]:
        """Credits by provider."""
        return self._purse.spent

    async def ask(self, question: Question, *, paid: bool = True) -> tuple[Reply, ...]:
        """Return one reply a provider; of those that cost something only where that is wanted."""
        if why := unfit(question):
            return (Reply(question=question, provider="nobody", failure=Failure.REJECTED, detail=why),)
        chosen = [
            one
            for one in self._shelf
            if question.ask in one.asks and (paid or not one.price(question) or self._known(one, question))
        ]
        spare = [one for one in chosen if one.spare]
        first = [one for one in chosen if not one.spare]
        replies = tuple(await asyncio.gather(*(self._reply(one, question) for one in first)))
        if spare and all(reply.failure for reply in replies):
            replies += tuple(await asyncio.gather(*(self._reply(one, question) for one in spare)))
        return replies

    async def look(self, question: Question, *, paid: bool = False) -> tuple[Reply, ...]:
        """Ask for an enrichment: of every artifact, so whoever costs something is asked only if told to."""
        return await self.ask(question, paid=paid or self._generous)

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
                heard = self._kept(provider, question, call)
                if heard is None:
                    return False
                call = heard.page.next
        except ProviderError:
            return False
        return True

    async def _reply(self, provider: Provider, question: Question) -> Reply:
        talk = Talk(provider, question)
        try:
            if (page := provider.known(question)) is not None:
                talk.hear(Heard(page, time()))
                return talk.reply()
            call: Call | None = self._first(provider, question)
            while call is not None:
                now = call
                try:
                    call = talk.hear(await self._page(provider, question, now))
                except ProviderError:
                    if not now.extra:
                        raise
                    return talk.reply()
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

    def _kept(self, provider: Provider, question: Question, call: Call) -> Heard | None:
        """Return a page that was asked for before, if it is not too old."""
        kept = self._answers.get(provider.name, call, provider.keeps)
        if kept is None:
            return None
        page = provider.page(question, call, kept.body, kept.status)
        old = page.keeps is not None and time() - kept.time > page.keeps * 3600
        return None if old else Heard(page, kept.time, cached=True)

    async def _page(self, provider: Provider, question: Question, call: Call) -> Heard:
        """Return a page; the same request is made once at a time."""
        if heard := self._kept(provider, question, call):
            return heard
        name = key(provider.name, call)
        mine = name not in self._under_way
        if mine:
            asked = self._under_way[name] = asyncio.create_task(self._asked(provider, question, call))
            # not when whoever asked first gives up: it would be asked, and paid, again meanwhile
            asked.add_done_callback(lambda _: self._under_way.pop(name, None))
        heard = await asyncio.shield(self._under_way[name])
        return heard if mine else replace(heard, cost=0.0)

    async def _asked(self, provider: Provider, question: Question, call: Call) -> Heard:
        if gone := self._given_up.get(provider.name):
            raise gone
        self._purse.take(provider, call)
        try:
            got = await self._line.answered(provider, call)
            page = provider.page(question, call, got.body, got.status)
        except ProviderError as error:
            self._purse.failed(provider, call, error)
            if error.failure in {Failure.REFUSED, Failure.NO_CREDIT}:
                # it will say so to every question: the free ones go on without it
                self._given_up[provider.name] = error
            raise
        if call.kept:
            self._keep(provider.name, call, got.body, got.status)
        for other in page.others:
            self._keep(other.provider, other.call, other.body, got.status)
        return Heard(page, time(), cost=call.cost)

    def _keep(self, provider: str, call: Call, body: str, status: int) -> None:
        try:
            self._answers.put(provider, call, body, status)
        except sqlite3.OperationalError as error:  # as of a full disk; what was heard is heard all the same
            if not self._keeps_none:
                logger.warning("Answers are kept no more, so they may be paid again (%s): make room", error)
            self._keeps_none = True


def _place(crawler: Crawler, lab: Lab | None) -> Path:
    """Return where answers are kept: those of the lab never among those of the real internet."""
    if lab is not None:
        return Path(crawler.settings.get("MANTIS_OUTPUTS")) / f"answers-lab-{lab.world.seed}.sqlite"
    return Path(crawler.settings.get("MANTIS_ANSWERS")).expanduser() / "answers.sqlite"
