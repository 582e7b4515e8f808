"""Where not all are visited, each way by which artifacts came gets its share."""

from dataclasses import replace

from mantis_crawler.items import Artifact, Outcome, Record, Step
from mantis_crawler.spiders.turns import Turns, in_turns, way_of
from tests.builders import a_record, a_resolution, an_artifact


def came(url: str, pivot: str = "") -> Artifact:
    artifact = an_artifact(url)
    steps = (Step(pivot=pivot, value="x", strength=1.0),) if pivot else ()
    return replace(artifact, expansion=steps)


def alive(artifact: Artifact) -> Record:
    return replace(
        a_record(artifact.url or "", resolution=a_resolution(artifact.host, "8.8.8.8")), artifact=artifact
    )


NAMES = [came(f"http://n{number}.top/", "reverse_whois") for number in range(20)]
FEW = [came(f"http://m{number}.top/", "reverse_ip") for number in range(2)]
ADDRESSES = [came(f"http://8.8.8.{number}/") for number in range(5)]
ALL = [*NAMES, *FEW, *ADDRESSES]


def visited(limit: int) -> list[str]:
    turns = Turns(limit, ALL)
    records = [
        record for record in map(alive, ALL) if not turns.must_wait(record) and turns.take(record.artifact)
    ]
    records += [record for record in turns.late() if turns.take(record.artifact)]
    return [way_of(record.artifact) for record in records]


def test_each_way_gets_its_share_and_what_is_over_goes_round() -> None:
    found = visited(12)
    assert len(found) == 12
    assert found.count("reverse_ip name") == 2
    assert found.count("indicator address") == 5
    assert found.count("reverse_whois name") == 5


def test_a_limit_above_all_visits_all_and_one_of_nothing_none() -> None:
    assert len(visited(100)) == len(ALL)
    assert visited(0) == []


def test_dead_names_wait_for_nothing() -> None:
    turns = Turns(0, ALL)
    assert not turns.must_wait(a_record(resolution=a_resolution("a.top", outcome=Outcome.NXDOMAIN)))
    assert not Turns(None, ALL).must_wait(alive(NAMES[0]))


def test_turns_go_round_the_groups_in_order() -> None:
    assert [*in_turns("aabcaa", str)] == ["a", "b", "c", "a", "a", "a"]
