"""Asking, through the real wire, the providers that the lab stands in for; sockets alone are left out."""

import asyncio
from pathlib import Path

import pytest

from mantis_crawler.items import Ask, Failure, Question, Registration, Reply
from mantis_crawler.lab.providers.whoisxml import registered
from mantis_crawler.providers.answers import Answers
from mantis_crawler.providers.base import Call, Provider, ProviderError
from mantis_crawler.spiders.asker import Asker
from mantis_crawler.spiders.fit import unfit
from mantis_crawler.spiders.pace import Got, Pace, Paced, seconds
from tests.spiders.lab_providers import CASE, EMAIL, SHELF, WORLD, Lab

AT_MOST = Question(ask=Ask.NAMES_AT, subject=CASE.addresses[0], too_many=5_000)
HISTORY = Question(ask=Ask.REGISTRATIONS, subject=CASE.domains[0])
BY = Question(ask=Ask.REGISTERED_BY, subject=EMAIL, too_many=100_000)


def ask(asker: Asker, question: Question) -> Reply:
    (reply,) = asyncio.run(asker.ask(question))
    return reply


def test_pages_are_followed_to_the_end() -> None:
    lab = Lab()
    reply = ask(lab.asker("whoisxml_reverse_ip"), AT_MOST)
    assert tuple(finding.value for finding in reply.findings) == CASE.at[AT_MOST.subject]  # type: ignore[union-attr]
    assert (len(lab.calls), reply.cost, reply.cut, reply.failure) == (3, 3, False, None)


def test_a_preview_is_made_before_anything_is_bought() -> None:
    lab = Lab()
    asker = lab.asker("whoisxml_history", "whoisxml_reverse_whois")
    assert len(ask(asker, HISTORY).findings) == 2
    assert len(ask(asker, BY).findings) == 7_087
    assert lab.modes() == ["preview", "purchase"] * 2
    assert dict(asker.spent) == {"whoisxml_history": 50, "whoisxml_reverse_whois": 50}


def test_what_was_answered_is_not_asked_or_paid_again_in_another_run(tmp_path: Path) -> None:
    first, second = Lab(), Lab()
    for lab in (first, second):
        answers = Answers(tmp_path / "answers.sqlite")
        asker = lab.asker("whoisxml_reverse_ip", "whoisxml_reverse_whois", answers=answers)
        assert asker.price(BY) == {"whoisxml_reverse_whois": 50.0 if lab is first else 0.0}
        replies = [ask(asker, question) for question in (AT_MOST, BY)]
        answers.close()
    assert len(first.calls) == 5
    assert second.calls == []
    assert [(reply.cost, reply.cached) for reply in replies] == [(0, True)] * 2
    assert oct((tmp_path / "answers.sqlite").stat().st_mode)[-3:] == "600"


def test_the_budget_is_never_passed_and_what_was_found_is_kept() -> None:
    lab = Lab()
    asker = lab.asker("whoisxml_reverse_ip", budget=2)
    reply = ask(asker, AT_MOST)
    assert (len(reply.findings), reply.cut, reply.failure) == (600, True, Failure.BUDGET)
    assert "MANTIS_BUDGET" in reply.detail
    assert (len(lab.calls), sum(asker.spent.values())) == (2, 2)


def test_of_many_at_once_the_budget_is_not_passed_either() -> None:
    lab = Lab()
    asker = lab.asker("whoisxml_reverse_ip", budget=5)

    async def all_at_once() -> list[tuple[Reply, ...]]:
        asked = [Question(ask=Ask.NAMES_AT, subject=address) for address in CASE.addresses[2:40]]
        return await asyncio.gather(*map(asker.ask, asked))

    replies = [reply for (reply,) in asyncio.run(all_at_once())]
    assert (len(lab.calls), sum(reply.failure is None for reply in replies)) == (5, 5)


def test_the_same_question_at_the_same_time_is_one_request() -> None:
    lab = Lab()
    asker = lab.asker("whoisxml_reverse_whois")

    async def twice() -> list[tuple[Reply, ...]]:
        return list(await asyncio.gather(asker.ask(BY), asker.ask(BY)))

    (one,), (two,) = asyncio.run(twice())
    assert (len(lab.calls), one.findings == two.findings, one.cost + two.cost) == (2, True, 50)


def test_an_asker_that_gives_up_does_not_have_the_same_paid_twice() -> None:
    lab = Lab()
    asker = lab.asker("whoisxml_reverse_whois")

    async def one_gives_up() -> Reply:
        first = asyncio.create_task(asker.ask(BY))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        first.cancel()
        (reply,) = await asker.ask(BY)
        return reply

    reply = asyncio.run(one_gives_up())
    assert (reply.failure, len(lab.calls)) == (None, 2)


def test_a_wrong_key_is_tried_once_and_the_others_go_on() -> None:
    lab = Lab(whoisxml="lab-wrong-key:secret")
    asker = lab.asker("whoisxml_reverse_ip", "mnemonic")
    for address in CASE.addresses[:5]:
        paid, free = sorted(asyncio.run(asker.ask(Question(ask=Ask.NAMES_AT, subject=address))), key=_by_name)
        assert (paid.failure, free.failure) == (None, Failure.REFUSED)
    assert [name for name, _ in lab.calls].count("whoisxml_reverse_ip") == 1
    assert not any(asker.spent.values())


def _by_name(reply: Reply) -> str:
    return reply.provider


def test_after_a_429_it_is_asked_again() -> None:
    lab = Lab("lab-429:secret")
    reply = ask(lab.asker("whoisxml_history"), HISTORY)
    assert (len(reply.findings), reply.failure) == (2, None)
    assert lab.modes() == ["preview", "preview", "purchase", "purchase"]


def test_a_page_that_never_ends_is_left_where_it_ties_nothing() -> None:
    lab = Lab("lab-endless:secret")
    reply = ask(lab.asker("whoisxml_reverse_ip"), AT_MOST)
    assert (len(reply.findings), reply.cut, reply.failure) == (5_100, True, None)
    assert len(lab.calls) == 17


def test_the_same_page_again_is_a_failure_that_keeps_what_it_has() -> None:
    lab = Lab("lab-same-page:secret")
    reply = ask(lab.asker("whoisxml_reverse_ip"), AT_MOST)
    assert (len(reply.findings), reply.cut, reply.failure) == (300, True, Failure.UNREADABLE)
    assert len(lab.calls) == 2


def test_ten_million_results_are_counted_and_not_bought() -> None:
    lab = Lab("lab-ten-million:secret")
    reply = ask(lab.asker("whoisxml_reverse_whois"), BY)
    assert (reply.total, reply.findings, reply.cost) == (10_000_000, (), 0)
    assert lab.modes() == ["preview"]


def test_a_limit_ends_the_paging_and_says_so() -> None:
    lab = Lab("lab-ten-million:secret")
    question = Question(ask=Ask.REGISTERED_BY, subject=EMAIL, limit=15_000)
    reply = ask(lab.asker("whoisxml_reverse_whois"), question)
    assert (len(reply.findings), reply.cut, reply.cost) == (15_000, True, 100)


def test_without_a_key_nobody_is_asked_and_it_says_where_one_is_had() -> None:
    lab = Lab("")
    reply = ask(lab.asker("whoisxml_reverse_ip"), AT_MOST)
    assert (reply.failure, lab.calls) == (Failure.NO_KEY, [])
    assert "MANTIS_KEY_WHOISXML" in reply.detail
    assert "https://whoisxmlapi.com" in reply.detail


UNFIT = [
    (Ask.REGISTRATION, "x" * 296 + ".com", "300 characters"),
    (Ask.REGISTRATION, "fileserver", "inner network"),
    (Ask.CERTIFICATES, "printer.corp", "inner network"),
    (Ask.ADDRESSES_OF, "nas.home.arpa", "inner network"),
    (Ask.KNOWN_BAD, "10.0.0.5", "private network"),
    (Ask.NAMES_AT, "192.168.1.1", "private network"),
    (Ask.NAMES_AT, "5.6.7.0/24", "range"),
    (Ask.PLACE, "a.com", "no address"),
    (Ask.REGISTRATION, "a b.com", "no name"),
    (Ask.RECORDS, "5.6.7.8", "no name"),
    (Ask.PLACES, "5.6.7.8 10.0.0.1", "private network"),
    (Ask.PICTURE, "http://router.lan/", "inner network"),
    (Ask.PICTURE, "http://[::1]/", "private network"),
    (Ask.PICTURE, "file:///etc/passwd", "no URL"),
    (Ask.KNOWN_BAD_URL, "http://a.com/" + "x" * 2_000, "characters"),
]


@pytest.mark.parametrize(("kind", "subject", "why"), UNFIT)
def test_what_is_nobody_elses_business_is_asked_of_nobody(kind: Ask, subject: str, why: str) -> None:
    lab = Lab()
    reply = ask(lab.asker(), Question(ask=kind, subject=subject))
    assert (reply.failure, lab.calls) == (Failure.REJECTED, [])
    assert why in reply.detail


@pytest.mark.parametrize("subject", ["evil.com", "5.6.7.8", "2a00:1450::1"])
def test_public_names_and_addresses_are_fit(subject: str) -> None:
    assert unfit(Question(ask=Ask.KNOWN_BAD, subject=subject)) == ""


def test_enrichment_asks_those_who_cost_something_only_where_that_is_wanted() -> None:
    lab = Lab()
    asker = lab.asker("rdap", "whoisxml_whois")
    question = Question(ask=Ask.REGISTRATION, subject=CASE.domains[0])
    assert [reply.provider for reply in asyncio.run(asker.look(question))] == ["rdap"]
    assert len(asyncio.run(asker.ask(question))) == 2


def test_a_provider_that_breaks_does_not_stop_the_others() -> None:
    class Broken(type(SHELF["mnemonic"])):  # type: ignore[misc]
        name = "broken"

        def page(self, *given: object) -> None:
            raise KeyError("surprise")

    lab = Lab()
    asker = lab.asker()
    asker._shelf = (Broken(), SHELF["mnemonic"])
    broken, good = asyncio.run(asker.ask(AT_MOST))
    assert (broken.failure, good.failure) == (Failure.UNREADABLE, None)


def test_turns_are_as_far_apart_as_the_rate_says(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def turns() -> None:
        pace = Pace(4)
        for _ in range(3):
            await pace.turn()
        pace.hold(10)
        await pace.turn()

    async def noted(duration: float) -> None:
        waits.append(duration)

    monkeypatch.setattr("mantis_crawler.spiders.pace.asyncio.sleep", noted)
    asyncio.run(turns())
    assert waits == pytest.approx([0, 0.25, 0.5, 10], abs=0.05)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert (seconds("7"), seconds(""), seconds("soon")) == (7.0, None, None)
    assert seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


def test_a_provider_that_wants_to_be_waited_for_an_hour_is_given_up() -> None:
    lab = Lab()

    async def send(provider: Provider, call: Call) -> Got:
        lab.calls.append((provider.name, call))
        return Got(429, "{}", "3600")

    assert ask(lab.asker("whoisxml_history", send=send), HISTORY).failure is Failure.RATE
    assert len(lab.calls) == 1


def test_no_connection_is_unreachable_after_as_many_tries_as_are_worth_it() -> None:
    lab = Lab()

    async def send(provider: Provider, call: Call) -> Got:
        lab.calls.append((provider.name, call))
        raise ProviderError(Failure.UNREACHABLE, "no answer came")

    assert ask(lab.asker("whoisxml_history", send=send), HISTORY).failure is Failure.UNREACHABLE
    assert len(lab.calls) == 4


def test_a_spare_provider_is_asked_only_where_the_others_cannot_say() -> None:
    pytest.importorskip("asyncwhois")
    lab = Lab()
    asker = lab.asker("rdap", "whois")
    (reply,) = asyncio.run(asker.ask(Question(ask=Ask.REGISTRATION, subject=CASE.domains[0])))
    assert (reply.provider, reply.failure) == ("rdap", None)
    elsewhere = next(f"n{number}.zone" for number in range(99) if registered(WORLD, f"n{number}.zone"))
    rdap, whois = asyncio.run(asker.ask(Question(ask=Ask.REGISTRATION, subject=elsewhere)))
    assert (rdap.failure, whois.failure) == (Failure.REJECTED, None)
    # the registry's word, and the registrar's with the owner
    assert [one.registrant.organization for one in whois.findings if isinstance(one, Registration)] == [
        "",
        "Domains By Proxy, LLC",
    ]


def test_what_a_registry_said_is_an_answer_where_the_registrar_fails() -> None:
    pytest.importorskip("asyncwhois")
    lab = Lab()

    async def send(provider: Provider, call: Call) -> Got:
        if call.step == "registrar":
            raise ProviderError(Failure.UNREACHABLE, "no answer came")
        return await lab.send(provider, call)

    asker = lab.asker("whois", send=send)
    (reply,) = asyncio.run(asker.ask(Question(ask=Ask.REGISTRATION, subject=CASE.domains[0])))
    assert (reply.failure, len(reply.findings), reply.cut) == (None, 1, True)


def test_each_of_a_providers_servers_has_a_pace_of_its_own() -> None:
    line = Paced(Lab().send)
    provider = SHELF["whois"]
    one, two = (Call(url=f"whois://{host}/a.com") for host in ("whois.a.example", "whois.b.example"))
    assert line._lane(provider, one) is line._lane(provider, one)
    assert line._lane(provider, one) is not line._lane(provider, two)
