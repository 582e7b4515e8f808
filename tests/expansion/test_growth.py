"""Growth over a small made world, asked through an asker that answers from tables."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mantis_crawler import expansion as shelf
from mantis_crawler.catalog import discover
from mantis_crawler.expansion.base import Kind, Node, Pivot
from mantis_crawler.expansion.cut import CutReason, Limits, tie
from mantis_crawler.expansion.direct import Direct
from mantis_crawler.expansion.growth import Growth
from mantis_crawler.expansion.reverse_ip import ReverseIp
from mantis_crawler.items import (
    Artifact,
    Ask,
    Contact,
    Failure,
    Finding,
    IndicatorType,
    Logged,
    Pap,
    Question,
    Registration,
    Reply,
    Role,
    Sight,
)
from mantis_crawler.spiders.ground import ListedGround
from tests.builders import an_indicator

Table = Mapping[tuple[Ask, str], Sequence[Finding]]


class Tables:
    """An asker that answers from tables, and remembers what it was asked."""

    def __init__(self, table: Table, **reply: Any) -> None:
        self.table, self.reply = table, reply
        self.asked: list[tuple[Ask, str]] = []

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        key = (question.ask, question.subject)
        self.asked.append(key)
        findings = tuple(self.table.get(key, ()))[: question.limit]
        return (Reply(question=question, provider="tables", findings=findings, **self.reply),)

    def price(self, question: Question) -> dict[str, float]:
        return {"tables": 50.0 if question.ask is Ask.REGISTRATIONS else 1.0}


def sights(*values: str) -> tuple[Sight, ...]:
    return tuple(Sight(value=value) for value in values)


def registered(domain: str, email: str = "", name: str = "") -> Registration:
    return Registration(domain=domain, registrant=Contact(email=email, name=name))


def an_ip(value: str = "5.6.7.8", **kw: Any) -> Any:
    return an_indicator(value, type=IndicatorType.IP, **kw)


def growth_of(asker: Tables, *, pivots: Sequence[str] = (), **limits: Any) -> Growth:
    every = discover(shelf, Pivot)  # type: ignore[type-abstract]
    chosen = [pivot for name, pivot in every.items() if name in pivots or (not pivots and pivot.on)]
    return Growth(asker=asker, ground=ListedGround(), pivots=chosen, limits=Limits(**limits), direct=Direct())


def grown(asker: Tables, *indicators: Any, **options: Any) -> tuple[dict[str, Artifact], Growth]:
    growth = growth_of(asker, **options)
    asyncio.run(growth.grow(indicators))
    return {artifact.host: artifact for artifact in growth.artifacts()}, growth


def reasons(growth: Growth) -> dict[CutReason, int | None]:
    return {cut.reason: cut.count for cut in growth.cuts}


def test_the_shelf_offers_each_pivot_and_guesses_only_if_asked() -> None:
    every = discover(shelf, Pivot)  # type: ignore[type-abstract]
    assert {name for name, pivot in every.items() if not pivot.on} == {"same_network", "same_pattern"}
    assert {name for name, pivot in every.items() if pivot.on} == {
        "certificates",
        "forward_dns",
        "reverse_ip",
        "reverse_whois",
        "whois",
        "whois_history",
    }


def test_an_address_leads_to_its_names_with_the_path_kept() -> None:
    asker = Tables({(Ask.NAMES_AT, "5.6.7.8"): sights("Evil.Com.", "bad.com")})
    found, _ = grown(asker, an_ip(country="fr"))
    assert list(found) == ["evil.com", "bad.com"]
    artifact = found["evil.com"]
    (step,) = artifact.expansion
    assert (step.pivot, step.value, step.fan_out, step.provider) == ("reverse_ip", "5.6.7.8", 2, "tables")
    assert (artifact.url, artifact.country, artifact.indicator.value) == ("http://evil.com/", "fr", "5.6.7.8")


def test_a_domain_leads_over_its_earlier_registrant_to_what_else_was_registered() -> None:
    asker = Tables(
        {
            (Ask.REGISTRATIONS, "xpddg.com"): (
                registered("xpddg.com", "REDACTED FOR PRIVACY", "Redacted for Privacy"),
                registered("xpddg.com", "sam@mailbox.com", "Sam Sample"),
            ),
            (Ask.REGISTERED_BY, "sam@mailbox.com"): sights("udsuc.com", "xpddg.com"),
            (Ask.REGISTERED_BY, "sam sample"): sights("udsuc.com", "other.com"),
        }
    )
    found, _ = grown(asker, an_indicator("coqrf.xpddg.com"))
    assert set(found) == {"udsuc.com", "other.com", "xpddg.com"}
    assert [step.pivot for step in found["udsuc.com"].expansion] == ["whois_history", "reverse_whois"]
    assert found["udsuc.com"].ways == 2
    assert found["udsuc.com"].strength > found["other.com"].strength
    assert not any("redacted" in subject for _, subject in asker.asked)


@pytest.mark.parametrize(
    "contact",
    [
        Contact(email="abc123@whoisguard.com", name="WhoisGuard Protected"),
        Contact(
            email="pw-1@privacyguardian.org",
            name="Domain Administrator",
            organization="See PrivacyGuardian.org",
        ),
        Contact(
            email="domains@registrar.example.com", name="REDACTED FOR PRIVACY", organization="Privacy service"
        ),
        Contact(email="https://tieredaccess.com/contact/1", name="Contact Privacy Inc. Customer 0123456789"),
        Contact(
            email="x@domainsbyproxy.com", name="Registration Private", organization="Domains By Proxy, LLC"
        ),
        Contact(email="Please query the RDDS service", name="n/a", organization="-"),
        Contact(email="hostmaster@hoster.com", name="Statutory Masking Enabled"),
        Contact(name="个人隐私保护"),
    ],
)
def test_a_redacted_or_privacy_service_registrant_is_never_a_pivot(contact: Contact) -> None:
    registration = Registration(domain="xpddg.com", registrant=contact)
    asker = Tables({(Ask.REGISTRATION, "xpddg.com"): (registration,)})
    grown(asker, an_indicator("xpddg.com"))
    assert not [subject for ask, subject in asker.asked if ask is Ask.REGISTERED_BY]


def test_only_the_registrant_leads_on_not_the_hoster_who_is_the_technical_contact() -> None:
    registration = Registration(
        domain="xpddg.com",
        registrant=Contact(email="sam@mailbox.com"),
        others=(Contact(email="tech@hoster.com", name="Big Hoster"),),
    )
    asker = Tables({(Ask.REGISTRATION, "xpddg.com"): (registration,)})
    grown(asker, an_indicator("xpddg.com"))
    assert [subject for ask, subject in asker.asked if ask is Ask.REGISTERED_BY] == ["sam@mailbox.com"]


def test_names_on_a_certificate_are_a_tie_unless_it_is_shared_by_many() -> None:
    asker = Tables(
        {
            (Ask.CERTIFICATES, "xpddg.com"): (
                Logged(names=("*.xpddg.com", "coqrf.xpddg.com", "udsuc.com")),
                Logged(names=("xpddg.com", *(f"customer{number}.com" for number in range(50)))),
            )
        }
    )
    found, _ = grown(asker, an_indicator("xpddg.com"))
    assert set(found) == {"coqrf.xpddg.com", "udsuc.com"}


def test_the_strength_falls_with_the_fan_out_and_ends_at_nothing() -> None:
    pivot = ReverseIp()
    strengths = [tie(0.9, count, pivot) for count in (1, 50, 100, 250, 1_000, 4_999, 5_000, 10**7)]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[0] == strengths[1] == 0.9
    assert strengths[-2:] == [0.0, 0.0]
    assert 0.5 < strengths[3] < 0.7


def test_an_address_with_five_thousand_names_ties_nothing() -> None:
    asker = Tables({(Ask.NAMES_AT, "5.6.7.8"): sights(*(f"name{number}.com" for number in range(5_000)))})
    found, growth = grown(asker, an_ip())
    assert not found
    assert reasons(growth) == {CutReason.WEAK: 5_000}


def test_a_providers_count_is_the_fan_out_even_if_it_gives_less() -> None:
    asker = Tables({(Ask.NAMES_AT, "5.6.7.8"): sights("evil.com")}, total=10_000_000, cut=True)
    found, growth = grown(asker, an_ip())
    assert not found
    assert reasons(growth)[CutReason.FAN_OUT] == 9_999_999


def test_at_depth_one_what_was_found_is_not_pivoted_at_depth_two_it_is() -> None:
    table: Table = {
        (Ask.NAMES_AT, "5.6.7.8"): sights("evil.com"),
        (Ask.ADDRESSES_OF, "evil.com"): sights("5.6.7.9"),
        (Ask.NAMES_AT, "5.6.7.9"): sights("deep.com"),
    }
    one, growth = grown(Tables(table), an_ip())
    two, _ = grown(Tables(table), an_ip(), depth=2)
    three, _ = grown(Tables(table), an_ip(), depth=3)
    assert [set(found) for found in (one, two, three)] == [
        {"evil.com"},
        {"evil.com", "5.6.7.9"},
        {"evil.com", "5.6.7.9", "deep.com"},
    ]
    assert reasons(growth)[CutReason.DEPTH] == 1
    assert [step.value for step in three["deep.com"].expansion] == ["5.6.7.8", "evil.com", "5.6.7.9"]


def test_total_and_fan_out_are_limits_and_what_is_cut_is_counted() -> None:
    asker = Tables({(Ask.NAMES_AT, "5.6.7.8"): sights(*(f"name{number}.com" for number in range(40)))})
    found, growth = grown(asker, an_ip(), total=30)
    assert len(found) == 30
    assert reasons(growth)[CutReason.TOTAL] == 10
    found, _ = grown(asker, an_ip(), fan_out=7)
    assert len(found) == 7


def test_the_same_question_is_asked_once() -> None:
    asker = Tables({})
    grown(asker, an_indicator("a.xpddg.com"), an_indicator("b.xpddg.com"))
    assert len(asker.asked) == len(set(asker.asked))
    assert (Ask.REGISTRATIONS, "xpddg.com") in asker.asked


def test_of_pap_red_nobody_is_asked_by_any_pivot_whoever_leads_there() -> None:
    asker = Tables({(Ask.NAMES_AT, "5.6.7.8"): sights("secret.com", "a.secret.com", "open.com")})
    _, growth = grown(asker, an_ip(), an_indicator("secret.com", pap=Pap.RED), depth=2)
    assert not [subject for _, subject in asker.asked if "secret" in subject]
    assert (Ask.REGISTRATION, "open.com") in asker.asked
    assert CutReason.PAP in reasons(growth)


def test_of_pap_amber_third_parties_are_asked() -> None:
    asker = Tables({})
    grown(asker, an_ip(pap=Pap.AMBER))
    assert asker.asked == [(Ask.NAMES_AT, "5.6.7.8")]


def test_dead_drops_hashes_and_what_is_common_lead_nowhere() -> None:
    asker = Tables({})
    _, growth = grown(
        asker,
        an_indicator("https://imgur.com/user/a", role=Role.DEAD_DROP),
        an_indicator("a" * 64, type=IndicatorType.HASH, role=Role.SAMPLE),
        an_indicator("https://www.google.com/url?q=x"),
        an_indicator("duckdns.org"),
        an_ip("1.1.1.1"),
    )
    assert not asker.asked
    assert sorted(cut.reason for cut in growth.cuts) == ["common", "common", "common", "role", "role"]


def test_what_a_provider_says_may_be_no_name_and_is_then_counted() -> None:
    asker = Tables(
        {
            (Ask.NAMES_AT, "5.6.7.8"): sights(
                "evil.com", "x" * 300 + ".com", "printer.local", "10.0.0.0/8", "<script>", "", "duckdns.org"
            )
        }
    )
    found, growth = grown(asker, an_ip())
    assert list(found) == ["evil.com"]
    assert reasons(growth)[CutReason.INVALID] == 5
    assert reasons(growth)[CutReason.COMMON] == 1


def test_a_failure_costs_its_answer_alone_and_is_written_down() -> None:
    table: Table = {(Ask.NAMES_AT, "5.6.7.8"): sights("evil.com")}
    asker = Tables(table, failure=Failure.NO_CREDIT, detail="tables: no credit is left", cut=True)
    found, growth = grown(asker, an_ip(), an_ip("5.6.7.9"))
    assert list(found) == ["evil.com"]
    (cut,) = (cut for cut in growth.cuts if cut.reason is CutReason.FAILURE)
    assert (cut.reason, cut.provider, cut.count) == (CutReason.FAILURE, "tables", 2)
    assert cut.detail == "no_credit: tables: no credit is left"


def test_an_indicator_that_another_leads_to_is_noted_and_not_found_again() -> None:
    asker = Tables({(Ask.NAMES_AT, "5.6.7.8"): sights("evil.com", "new.com")})
    found, growth = grown(asker, an_ip(), an_indicator("evil.com"))
    assert list(found) == ["new.com"]
    assert growth.overlap == {"evil.com"}


def test_neighbours_are_the_rest_of_the_network_and_weakly_tied() -> None:
    found, _ = grown(Tables({}), an_ip("5.6.7.8"), pivots=["same_network"])
    assert len(found) == 253
    assert "5.6.7.8" not in found
    assert {artifact.strength for artifact in found.values()} == {0.2}


def test_a_pattern_of_names_goes_on_with_its_numbers() -> None:
    found, _ = grown(Tables({}), an_indicator("usps.com-ic07.top"), pivots=["same_pattern"])
    assert set(found) == {f"usps.com-ic{number:02}.top" for number in range(2, 13) if number != 7}


def test_a_price_is_told_of_each_first_question_without_asking() -> None:
    asker = Tables({})
    growth = growth_of(asker)
    questions = growth.first_questions([an_indicator("a.xpddg.com"), an_indicator("b.xpddg.com")])
    assert sum(asker.price(question)["tables"] for question in questions) == 50 + 4
    assert not asker.asked


def test_the_ground_knows_owners_and_suffixes() -> None:
    ground = ListedGround()
    assert ground.owned("a.b.duckdns.org") == "b.duckdns.org"
    assert ground.name("Bücher.example.com.") == "xn--bcher-kva.example.com"
    assert ground.common(Node(kind=Kind.NAME, value="duckdns.org"))


NEW_PIVOT = """
from mantis_crawler.expansion.base import Kind, Lead, Pivot

class Mirror(Pivot):
    name = "mirror"

    def question(self, node, limit):
        return None

    def guesses(self, node):
        yield Lead(kind=Kind.NAME, value=f"www.{node.value}", weight=0.5)
"""


def test_a_pivot_is_one_file_that_is_dropped_on_the_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mirror.py").write_text(NEW_PIVOT, "utf-8")
    monkeypatch.setattr(shelf, "__path__", [*shelf.__path__, str(tmp_path)])
    try:
        pivots = discover(shelf, Pivot)  # type: ignore[type-abstract]
        growth = Growth(
            asker=Tables({}),
            ground=ListedGround(),
            pivots=[pivots["mirror"]],
            limits=Limits(),
            direct=Direct(),
        )
        asyncio.run(growth.grow([an_indicator("evil.com", type=IndicatorType.HOST)]))
    finally:
        sys.modules.pop("mantis_crawler.expansion.mirror", None)
    (artifact,) = growth.artifacts()
    assert (artifact.host, artifact.expansion[-1].pivot) == ("www.evil.com", "mirror")
