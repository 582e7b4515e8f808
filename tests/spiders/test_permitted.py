"""What a feed's markings forbid is never contacted: the artifact is held, and stays on record."""

import pytest

from mantis_crawler.items import Artifact, Hold, Pap
from mantis_crawler.spiders.feeds import permitted
from tests.builders import an_artifact, an_indicator


def an_artifact_marked(url: str, pap: Pap | None, **kw: object) -> Artifact:
    return an_artifact(url, indicator=an_indicator(url, pap=pap), **kw)


def holds(*artifacts: Artifact, exits: bool) -> list[Hold | None]:
    after = [*permitted(artifacts, exits=exits)]
    assert [artifact.id for artifact in after] == [artifact.id for artifact in artifacts]
    return [artifact.hold for artifact in after]


@pytest.mark.parametrize(
    ("pap", "from_here", "through_exits"),
    [
        (None, None, None),
        (Pap.CLEAR, None, None),
        (Pap.GREEN, None, None),
        (Pap.AMBER, Hold.PAP_AMBER, None),
        (Pap.RED, Hold.PAP_RED, Hold.PAP_RED),
    ],
)
def test_a_marking_decides_whether_a_visit_is_made(
    pap: Pap | None, from_here: Hold | None, through_exits: Hold | None
) -> None:
    artifact = an_artifact_marked("http://evil.com/", pap)
    assert holds(artifact, exits=False) == [from_here]
    assert holds(artifact, exits=True) == [through_exits]


def test_a_red_name_holds_every_artifact_on_it_and_below_it_whoever_named_it() -> None:
    artifacts = (
        an_artifact_marked("http://evil.com/", Pap.RED),
        an_artifact_marked("http://evil.com/other", None),
        an_artifact_marked("http://a.evil.com/", Pap.GREEN),
        an_artifact_marked("http://notevil.com/", None),
        an_artifact_marked("http://com/", None),
    )
    assert holds(*artifacts, exits=True) == [Hold.PAP_RED, Hold.PAP_RED, Hold.PAP_RED, None, None]


def test_red_goes_before_any_other_reason_and_a_hash_stays_a_hash() -> None:
    c2 = an_artifact_marked("http://evil.com/", Pap.RED, hold=Hold.C2)
    digest = an_artifact(None, host="", hold=Hold.HASH, indicator=an_indicator("a" * 64, pap=Pap.RED))
    assert holds(c2, digest, exits=False) == [Hold.PAP_RED, Hold.HASH]


def test_what_grew_from_an_amber_indicator_is_amber_too() -> None:
    grown = an_artifact("http://grown.com/", indicator=an_indicator("5.6.7.8", pap=Pap.AMBER))
    assert holds(grown, exits=False) == [Hold.PAP_AMBER]
