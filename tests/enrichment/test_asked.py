"""Enrichments that providers are asked for: what is known, and what nobody could say."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.enrichment.categories import Categories
from mantis_crawler.enrichment.elsewhere import Elsewhere
from mantis_crawler.enrichment.known_bad import KnownBad
from mantis_crawler.enrichment.registration import Registered
from mantis_crawler.enrichment.replies import check_wanted
from mantis_crawler.enrichment.reputation import Reputation
from mantis_crawler.enrichment.screenshot import Screenshot
from mantis_crawler.items import (
    Answer,
    Ask,
    Category,
    Contact,
    DnsRecord,
    Failure,
    Finding,
    Hold,
    Outcome,
    Picture,
    Question,
    Record,
    Registration,
    Reply,
    Resolution,
    Threat,
)
from mantis_crawler.items import Reputation as Trust
from mantis_crawler.store import CaptureStore
from tests.builders import a_record, an_artifact


class Said:
    """Answers each question with the same, by provider; remembers what it was asked."""

    def __init__(self, **by: tuple[Finding, ...] | Failure) -> None:
        self.by = by
        self.asked: list[tuple[Ask, str]] = []

    async def look(self, question: Question, *, paid: bool = False) -> tuple[Reply, ...]:
        self.asked.append((question.ask, question.subject))
        return tuple(self._reply(question, name, said) for name, said in self.by.items())

    def price(self, question: Question) -> dict[str, float]:
        return dict.fromkeys(self.by, 1.0)

    def _reply(self, question: Question, name: str, said: tuple[Finding, ...] | Failure) -> Reply:
        if isinstance(said, Failure):
            return Reply(question=question, provider=name, failure=said, detail=f"{name} cannot")
        return Reply(question=question, provider=name, findings=said)


def a_name(host: str, **more: Any) -> Record:
    artifact = an_artifact(f"http://{host}/", **more)
    resolution = Resolution(host=host, outcome=None, answers=(Answer(address="5.6.7.8"),))
    return a_record(artifact=artifact, resolution=resolution)


def facts(enricher: Enricher, said: Said, record: Record) -> dict[str, Any]:
    enricher.meet(said)
    return asyncio.run(enricher.facts(record))


PHISHING = Threat(value="evil.com", kind="phishing", first="2022-01-03T00:00:00Z")
MALWARE = Threat(value="http://evil.com/x.apk", kind="malware", first="2022-01-02T00:00:00Z")


def test_known_bad_says_by_whom_as_what_and_since_when() -> None:
    said = Said(one=(PHISHING,), two=(MALWARE, PHISHING), three=(), four=Failure.RATE)
    found = facts(KnownBad(), said, a_name("evil.com"))
    assert found["known_bad"] is True
    assert found["since"] == "2022-01-02T00:00:00Z"
    assert found["by"]["two"] == {
        "kinds": ["malware", "phishing"],
        "since": "2022-01-02T00:00:00Z",
        "reports": 2,
    }
    assert (found["asked"], found["unknown"]) == (["one", "two", "three"], {"four": "four cannot"})
    assert said.asked == [(Ask.KNOWN_BAD, "evil.com"), (Ask.KNOWN_BAD_URL, "http://evil.com/")]


def test_what_nobody_has_reported_is_not_known_bad_by_those_who_could_say() -> None:
    found = facts(KnownBad(), Said(one=(), two=Failure.NO_KEY), a_name("good.com"))
    assert (found["known_bad"], found["asked"]) == (False, ["one"])


@pytest.mark.parametrize("enricher", [KnownBad(), Registered()], ids=["known_bad", "registration"])
def test_where_all_fail_it_is_unknown_with_their_reasons_and_never_clean(enricher: Enricher) -> None:
    with pytest.raises(EnrichmentError, match="one cannot; two cannot"):
        facts(enricher, Said(one=Failure.REFUSED, two=Failure.UNREADABLE), a_name("evil.com"))


@pytest.mark.parametrize("enricher", [KnownBad(), Registered()], ids=["known_bad", "registration"])
def test_of_what_is_red_nobody_is_asked(enricher: Enricher) -> None:
    said = Said(one=())
    with pytest.raises(EnrichmentError, match="PAP:RED"):
        facts(enricher, said, a_name("evil.com", hold=Hold.PAP_RED))
    assert said.asked == []


def test_where_there_is_nobody_to_ask_it_is_unknown() -> None:
    with pytest.raises(EnrichmentError, match="nobody to ask"):
        asyncio.run(KnownBad().facts(a_name("evil.com")))
    with pytest.raises(EnrichmentError, match="no provider"):
        facts(KnownBad(), Said(), a_name("evil.com"))


def a_registration(**more: Any) -> Registration:
    return Registration(**({"domain": "evil.com", "registrar": "Made Registrar"} | more))


def test_a_registration_tells_registrar_age_and_owner_of_the_domain_above_the_name() -> None:
    said = Said(
        rdap=(a_registration(created="2022-01-02T03:04:05Z", name_servers=("ns1.x.net",)),),
        whois=(a_registration(registrar="", registrant=Contact(name="Sam Sample")),),
    )
    found = facts(Registered(), said, a_name("a.b.evil.com"))
    assert said.asked == [(Ask.REGISTRATION, "evil.com")]
    assert (found["registrar"], found["created"]) == ("Made Registrar", "2022-01-02T03:04:05Z")
    assert found["age_days"] > 1000
    assert (found["privacy"], found["parked_by_name_server"]) == (False, False)


@pytest.mark.parametrize(
    "registrant",
    [Contact(), Contact(organization="Domains By Proxy, LLC"), Contact(name="REDACTED FOR PRIVACY")],
)
def test_an_owner_who_is_not_shown_is_privacy(registrant: Contact) -> None:
    found = facts(Registered(), Said(rdap=(a_registration(registrant=registrant),)), a_name("evil.com"))
    assert (found["privacy"], found["age_days"]) == (True, None)


def test_name_servers_of_a_parking_provider_are_told() -> None:
    said = Said(rdap=(a_registration(name_servers=("ns1.sedoparking.com",)),))
    assert facts(Registered(), said, a_name("evil.com"))["parked_by_name_server"] is True


def test_a_domain_that_the_registry_does_not_hold_is_not_registered() -> None:
    assert facts(Registered(), Said(rdap=()), a_name("evil.com"))["registered"] is False


def test_names_below_dynamic_dns_and_dead_names_are_not_asked_about() -> None:
    said = Said(rdap=(a_registration(),))
    with pytest.raises(EnrichmentError, match=r"duckdns\.org"):
        facts(Registered(), said, a_name("abcde.duckdns.org"))
    dead = a_record(
        artifact=an_artifact("http://evil.com/"),
        resolution=Resolution(host="evil.com", outcome=Outcome.NXDOMAIN),
    )
    with pytest.raises(EnrichmentError, match="lead somewhere"):
        facts(Registered(), said, dead)
    assert said.asked == []


OPINIONS = [Categories(), Elsewhere(), Reputation(), Screenshot()]


def names(opinions: list[Enricher]) -> list[str]:
    return [opinion.name for opinion in opinions if opinion.on]


def test_second_opinions_are_asked_only_where_they_are_named() -> None:
    for said, on in (("", []), ("categories, Screenshot", ["categories", "screenshot"])):
        for opinion in OPINIONS:
            opinion.configure({"MANTIS_SECOND_OPINIONS": said})
        assert names([*OPINIONS]) == on
    check_wanted({"MANTIS_SECOND_OPINIONS": "all"}, OPINIONS)
    with pytest.raises(
        ValueError, match="names colour: known are categories, elsewhere, reputation, screenshot"
    ):
        check_wanted({"MANTIS_SECOND_OPINIONS": "colour,all"}, OPINIONS)


@pytest.mark.parametrize("hold", [Hold.PAP_RED, Hold.PAP_AMBER])
@pytest.mark.parametrize("opinion", OPINIONS, ids=lambda opinion: opinion.name)
def test_nobody_looks_at_what_a_marking_holds_nor_at_dead_names(
    opinion: Enricher, hold: Hold, tmp_path: Path
) -> None:
    opinion.keep(CaptureStore(tmp_path))
    said = Said(one=())
    with pytest.raises(EnrichmentError, match="marking"):
        facts(opinion, said, a_name("evil.com", hold=hold))
    dead = a_record(
        artifact=an_artifact("http://evil.com/"),
        resolution=Resolution(host="evil.com", outcome=Outcome.NXDOMAIN),
    )
    with pytest.raises(EnrichmentError, match="lead somewhere"):
        facts(opinion, said, dead)
    assert said.asked == []


def test_reputation_and_categories_are_kept_by_provider_and_an_error_is_unknown() -> None:
    trust = Trust(score=12, warnings=("WHOIS: young",), listed=True)
    found = facts(Reputation(), Said(one=(trust,), two=Failure.RATE), a_name("evil.com"))
    assert found == {
        "by": {"one": {"score": 12, "warnings": ["WHOIS: young"], "listed": True}},
        "listed": True,
        "unknown": {"two": "two cannot"},
    }
    told = facts(Categories(), Said(one=(Category(name="Gambling", confidence=0.9),)), a_name("evil.com"))
    assert told == {"by": {"one": {"Gambling": 0.9}}, "unknown": {}}


def test_addresses_that_only_others_see_are_told_apart() -> None:
    rows = (
        DnsRecord(type="A", value="5.6.7.9"),
        DnsRecord(type="MX", value="mx.evil.com"),
        DnsRecord(type="A", value="5.6.7.9"),
    )
    found = facts(Elsewhere(), Said(one=rows), a_name("evil.com"))
    assert found["records"] == {"A": ["5.6.7.9"], "MX": ["mx.evil.com"]}
    assert (found["only_there"], found["only_here"]) == (["5.6.7.9"], ["5.6.7.8"])


def test_a_picture_of_others_goes_to_the_store_as_it_came_and_may_not_be_run(tmp_path: Path) -> None:
    store, opinion = CaptureStore(tmp_path), Screenshot()
    opinion.keep(store)
    hostile = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"
    found = facts(opinion, Said(one=(Picture(png=hostile),)), a_name("evil.com"))
    kept = tmp_path / found["pictures"]["one"]["file"]
    assert kept.read_bytes() == hostile
    assert (oct(kept.stat().st_mode)[-3:], kept.suffix) == ("400", ".png")
    assert found["pictures"]["one"]["size"] == len(hostile)
