import json
import random
from pathlib import Path

import pytest

from mantis_crawler.exports.figures import Figures, percent
from mantis_crawler.exports.generated import coincidence, generated, shape
from mantis_crawler.exports.summary import Summary
from mantis_crawler.items import Answer, Enrichment, IndicatorType, Outcome, Record, Resolution, Step
from tests.builders import a_lure, a_record, a_verdict, a_visit, an_artifact, an_indicator


def random_names(count: int, suffix: str = "duckdns.org") -> list[tuple[str, str]]:
    dice = random.Random(1)
    return [
        ("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=5)) + f".{suffix}", suffix)
        for _ in range(count)
    ]


WORDS = """house water bread table chair green plant night river stone light music paper glass horse sheep
apple beach cloud dance earth field grape heart image juice knife lemon mouse ocean pearl queen radio"""


def test_a_cluster_of_random_labels_looks_generated_and_one_of_words_does_not() -> None:
    made = random_names(40)
    people = [(f"{word}.duckdns.org", "duckdns.org") for word in WORDS.split()]
    assert generated(made) == frozenset(name for name, _ in made)
    assert generated(people) == frozenset()


def test_of_a_few_names_nothing_is_said() -> None:
    assert generated(random_names(11)) == frozenset()


def test_siblings_have_the_same_shape_and_suffix() -> None:
    assert shape("abc12-x") == shape("xyz99-q") == "a302-a1"
    split = [*random_names(8, "duckdns.org"), *random_names(8, "hopto.org")]
    assert generated(split) == frozenset()


def test_the_index_of_coincidence_of_even_letters_is_low() -> None:
    assert coincidence("abcdefghijklmnopqrstuvwxyz" * 10) == pytest.approx(1 / 26, abs=0.005)
    assert coincidence("aaaa") == 1.0


def grown(host: str, pivot: str, *addresses: str, known_bad: bool | None = None) -> Record:
    artifact = an_artifact(f"http://{host}/", expansion=(Step(pivot=pivot, value="5.6.7.8"),))
    outcome = None if addresses else Outcome.NXDOMAIN
    answers = tuple(Answer(address=address) for address in addresses)
    listed = {"dynamic_dns": host.endswith("duckdns.org"), "suffix": "com", "registrable": host}
    judged = [] if known_bad is None else [Enrichment(source="threat_intel", facts={"known_bad": known_bad})]
    return a_record(
        artifact=artifact,
        resolution=Resolution(host=host, outcome=outcome, answers=answers),
        enrichments=(Enrichment(source="warninglists", facts=listed), *judged),
        visits=(),
        verdict=None,
        lure=None,
    )


def an_address(value: str, country: str) -> Record:
    row = {"address": value, "countries": {"iptocc": country}, "network": "Made Hosting"}
    indicator = an_indicator(value, type=IndicatorType.IP)
    return a_record(
        artifact=an_artifact(f"http://{value}/", indicator=indicator),
        enrichments=(Enrichment(source="geo", facts={"addresses": [row]}),),
        visits=(),
        verdict=None,
        lure=None,
    )


def figures(*records: Record) -> Figures:
    sums = Figures()
    assert [*sums.through(records)] == [*records]
    return sums


def test_the_shares_are_of_what_was_asked_and_by_pivot() -> None:
    plain = figures(
        an_address("5.6.7.8", "kr"),
        an_address("5.6.7.9", "kr"),
        grown("a.duckdns.org", "reverse_ip", "5.6.7.8", known_bad=True),
        grown("b.duckdns.org", "reverse_ip", "9.9.9.10", known_bad=False),
        grown("c.com", "reverse_ip"),
        grown("d.com", "reverse_whois"),
    ).plain()
    assert plain["indicators"]["count"] == 2
    assert plain["indicators"]["countries"] == {"kr": 2}
    artifacts = plain["artifacts"]
    assert (artifacts["count"], artifacts["dynamic_dns"], artifacts["resolving"]) == (4, 2, 2)
    assert (artifacts["resolving_percent"], artifacts["known_bad_percent"]) == (50.0, 50.0)
    assert (artifacts["addresses"], artifacts["addresses_that_are_indicators"]) == (2, 1)
    by_pivot = artifacts["by_pivot"]
    assert [*by_pivot] == ["reverse_ip", "reverse_whois"]
    assert by_pivot["reverse_ip"]["dynamic_dns_percent"] == 66.67
    assert by_pivot["reverse_whois"]["known_bad"] is None


def test_where_nothing_was_grown_the_artifacts_are_the_indicators_own() -> None:
    alive = Resolution(host="a.com", outcome=None, answers=(Answer(address="5.6.7.8"),))
    plain = figures(
        an_address("5.6.7.8", "kr"),
        a_record(artifact=an_artifact("http://a.com/"), resolution=alive, visits=(), verdict=None, lure=None),
    ).plain()["artifacts"]
    assert (plain["count"], plain["resolving"], plain["resolving_percent"]) == (2, 2, 100.0)
    assert [*plain["by_pivot"]] == ["indicator"]


def test_lures_are_counted_by_what_each_device_saw() -> None:
    visits = (
        a_visit("android", verdict=a_verdict("download")),
        a_visit("iphone", verdict=a_verdict("login")),
        a_visit("desktop", verdict=None),
    )
    plain = figures(a_record(visits=visits, verdict=a_verdict("download"), lure=a_lure())).plain()
    assert plain["lures"] == 1
    assert plain["lures_by_device"] == {"android": {"download": 1}, "iphone": {"login": 1}}


def test_registrars_and_years_are_counted_once_a_record() -> None:
    facts = {"registrar": "Made Registrar", "created": "2022-01-02T03:04:05Z"}
    record = a_record(
        enrichments=(Enrichment(source="rdap", facts=facts), Enrichment(source="whois", facts=facts))
    )
    plain = figures(record).plain()
    assert (plain["registrars"], plain["registered_in"]) == ({"Made Registrar": 1}, {"2022": 1})


def test_of_nothing_there_is_no_share() -> None:
    assert percent(0, 0) is None
    assert Figures().plain()["artifacts"]["resolving_percent"] is None


def test_the_summary_is_one_json_document_of_the_figures(tmp_path: Path) -> None:
    records = [grown("a.duckdns.org", "reverse_ip", "5.6.7.8")]
    path = Summary().write(records, tmp_path)
    assert path.name == "summary.json"
    assert json.loads(path.read_text("utf-8")) == figures(*records).plain()
