"""What can go wrong with a provider, for every one of them: a failure with its name and a remedy, no more."""

import asyncio
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest

from mantis_crawler.items import Ask, Failure, Question, Reply
from mantis_crawler.lab.providers.whoisxml import registered
from mantis_crawler.providers.answers import Answers
from mantis_crawler.providers.base import Call, Provider
from mantis_crawler.spiders.pace import Got
from tests.spiders.lab_providers import SHELF, WORLD, Lab, a_question

ASKED = {
    name: provider
    for name, provider in SHELF.items()
    if provider.hosts and (name != "whois" or find_spec("asyncwhois"))
}
KEYED = [name for name, provider in ASKED.items() if provider.keyed.key]
_NO = {Failure.REFUSED, Failure.NO_CREDIT, Failure.RATE}
_UNREAD = {Failure.UNREADABLE, Failure.UNREACHABLE}
OF_ALL = {
    "html": {Failure.UNREADABLE},
    "xml": {Failure.UNREADABLE},
    "html-502": {Failure.UNREACHABLE},
    "always-429": {Failure.RATE},
    "truncated": {Failure.UNREADABLE},
    "error-200": _UNREAD | {Failure.REFUSED},
}
OF_KEYS = {"wrong-key": {Failure.REFUSED}, "no-credit": {Failure.NO_CREDIT}, "quota": _NO}


def asked(name: str, lab: Lab, question: Question) -> Reply:
    (reply,) = asyncio.run(lab.asker(name).ask(question))
    return reply


def question_of(name: str, fault: str) -> Question:
    """Of those without a key, a name chooses the fault."""
    if name in KEYED:
        return a_question(SHELF[name])
    names = (f"fault-{fault}.n{number}.com" for number in count())
    ask = min(SHELF[name].asks)
    return Question(ask=ask, subject=next(one for one in names if registered(WORLD, one)))


@pytest.mark.parametrize("name", ASKED)
def test_where_nothing_goes_wrong_there_are_findings(name: str) -> None:
    lab = Lab()
    reply = asked(name, lab, a_question(SHELF[name]))
    assert (reply.failure, reply.detail) == (None, "")
    assert reply.findings
    assert reply.cost == sum(call.cost for _, call in lab.calls)


@pytest.mark.parametrize(("fault", "failures"), (OF_ALL | OF_KEYS).items(), ids=[*OF_ALL, *OF_KEYS])
@pytest.mark.parametrize("name", ASKED)
def test_each_fault_of_each_provider_names_it_and_a_remedy_and_no_key(
    name: str, fault: str, failures: set[Failure]
) -> None:
    if fault in OF_KEYS and name not in KEYED:
        return  # there is no key that could be wrong
    reply = asked(name, Lab(f"lab-{fault}:secret"), question_of(name, fault))
    assert reply.failure in failures
    assert reply.findings == ()
    what, dash, remedy = reply.detail.partition(" - ")
    assert what.startswith(f"{SHELF[name].about.title}: ")
    assert dash
    assert len(remedy) > 20
    assert "secret" not in reply.detail


@pytest.mark.parametrize("name", ASKED)
def test_what_was_no_answer_is_not_kept(name: str, tmp_path: Path) -> None:
    answers = Answers(tmp_path / "answers.sqlite")
    question = question_of(name, "html")
    asyncio.run(Lab("lab-html:secret").asker(name, answers=answers).ask(question))
    after = Lab()
    asyncio.run(after.asker(name, answers=answers).ask(question))
    assert after.calls
    answers.close()


@pytest.mark.parametrize("name", ASKED)
def test_with_a_warm_cache_nobody_is_paid_again(name: str, tmp_path: Path) -> None:
    first, second = Lab(), Lab("lab-no-credit:secret")
    for lab in (first, second):
        answers = Answers(tmp_path / "answers.sqlite")
        asker = lab.asker(name, answers=answers)
        (reply,) = asyncio.run(asker.ask(a_question(SHELF[name])))
        answers.close()
        if lab is first:
            found = reply.findings
            assert sum(asker.spent.values()) == reply.cost
    assert second.paid == []
    if name != "whoisxml_geolocation_bulk":  # whether an order is ready is asked again
        assert (second.calls, reply.findings, reply.cached) == ([], found, True)


@pytest.mark.parametrize("name", [name for name in ASKED if SHELF[name].price(a_question(SHELF[name]))])
def test_a_budget_of_nothing_asks_for_nothing_that_costs(name: str) -> None:
    lab = Lab()
    (reply,) = asyncio.run(lab.asker(name, budget=0).ask(a_question(SHELF[name])))
    assert (reply.failure, reply.cost, lab.paid) == (Failure.BUDGET, 0, [])
    assert "MANTIS_BUDGET" in reply.detail


PREVIEWED = ["whoisxml_history", "whoisxml_reverse_whois"]


@pytest.mark.parametrize("name", PREVIEWED)
def test_a_preview_comes_before_any_purchase(name: str) -> None:
    lab = Lab()
    asked(name, lab, a_question(SHELF[name]))
    assert [(call.step, bool(call.cost)) for _, call in lab.calls] == [("preview", False), ("purchase", True)]


@pytest.mark.parametrize("ask", [ask for ask in Ask if ask not in {Ask.REGISTERED_BY, Ask.PLACES}])
@pytest.mark.parametrize(
    "subject", ["x" * 296 + ".com", "fileserver", "printer.corp", "10.0.0.5", "5.6.7.0/24", "::1", ""]
)
def test_nobody_is_asked_about_what_is_too_long_inside_or_a_range(ask: Ask, subject: str) -> None:
    of_url = ask in {Ask.KNOWN_BAD_URL, Ask.PICTURE}
    lab = Lab()
    replies = asyncio.run(
        lab.asker().ask(Question(ask=ask, subject=f"http://{subject}" if of_url else subject))
    )
    if of_url and subject == "5.6.7.0/24":  # as a URL, this is a path
        return
    assert [reply.failure for reply in replies] == [Failure.REJECTED]
    assert replies[0].detail
    assert lab.calls == []


def test_an_order_that_never_gets_ready_ends() -> None:
    name = "whoisxml_geolocation_bulk"
    reply = asked(name, Lab("lab-endless:secret"), a_question(SHELF[name]))
    assert (reply.failure, reply.findings) == (Failure.UNREADABLE, ())
    assert "do not end" in reply.detail


def test_more_than_was_wanted_is_cut_and_said_to_be() -> None:
    row = '{"rrname": "n%d.com", "rrtype": "A", "rdata": "5.6.7.8"}\n'

    async def send(_provider: Provider, _call: Call) -> Got:
        return Got(200, "".join(row % number for number in range(20_000)))

    asker = Lab().asker("circl", send=send)
    (reply,) = asyncio.run(asker.ask(Question(ask=Ask.NAMES_AT, subject="5.6.7.8", limit=500)))
    assert (len(reply.findings), reply.cut, reply.failure) == (500, True, None)


def test_what_an_order_brought_is_not_paid_for_address_by_address() -> None:
    lab = Lab()
    asker = lab.asker("whoisxml_geolocation", "whoisxml_geolocation_bulk")
    addresses = a_question(SHELF["whoisxml_geolocation_bulk"]).subject.split()

    async def both() -> list[tuple[Reply, ...]]:
        await asker.ask(Question(ask=Ask.PLACES, subject=" ".join(addresses)))
        singles = [Question(ask=Ask.PLACE, subject=one) for one in addresses]
        assert [sum(asker.price(one).values()) for one in singles] == [0, 0, 0]
        return [await asker.ask(one) for one in singles]

    alone = [reply for (reply,) in asyncio.run(both())]
    assert [reply.findings != () and reply.cached for reply in alone] == [True] * 3
    assert lab.paid == ["whoisxml_geolocation_bulk"]
    assert sum(asker.spent.values()) == 3
