import pytest

from mantis_crawler import sources as shelf
from mantis_crawler.catalog import discover
from mantis_crawler.items import Indicator, Pap, Tlp
from mantis_crawler.sources.base import Source
from mantis_crawler.sources.feed import read_text
from mantis_crawler.sources.markings import Marking, marking_in


def read(text: str) -> list[Indicator]:
    feed = read_text(text, "feed", discover(shelf, Source))  # type: ignore[type-abstract]
    return [entry for entry in feed.indicators if isinstance(entry, Indicator)]


@pytest.mark.parametrize(
    ("text", "tlp", "pap"),
    [
        ("TLP:RED", Tlp.RED, None),
        ("tlp:white", Tlp.CLEAR, None),
        ("TLP:AMBER+STRICT", Tlp.AMBER_STRICT, None),
        ("TLP 2.0: Green", Tlp.GREEN, None),
        ('tlp:"amber", PAP: RED', Tlp.AMBER, Pap.RED),
        ("PAP:WHITE", None, Pap.CLEAR),
        ("pap=amber", None, Pap.AMBER),
        ("TLP:GREEN but TLP:RED below", Tlp.RED, None),
        ("help:red tape:amber", None, None),
        ("a recap: red flags", None, None),
    ],
)
def test_a_marking_is_read_however_it_is_written(text: str, tlp: Tlp | None, pap: Pap | None) -> None:
    assert marking_in(text) == Marking(tlp, pap)


def test_a_marking_on_its_own_line_holds_for_what_follows() -> None:
    found = read("evil.com\n# TLP:AMBER, PAP:RED\nbad.com\nworse.com\n# PAP:GREEN\nlast.com\n")
    assert [(one.value, one.tlp, one.pap) for one in found] == [
        ("evil.com", None, None),
        ("bad.com", Tlp.AMBER, Pap.RED),
        ("worse.com", Tlp.AMBER, Pap.RED),
        ("last.com", Tlp.AMBER, Pap.GREEN),
    ]


def test_a_marking_beside_a_value_is_of_that_value_alone() -> None:
    found = read("evil[.]com - PAP:RED\nbad[.]com\nworse.com # TLP:RED\n")
    assert [(one.tlp, one.pap) for one in found] == [(None, Pap.RED), (None, None), (Tlp.RED, None)]


def test_a_column_of_colours_marks_each_row() -> None:
    found = read("tlp;value;pap\nred;evil.com;amber\ngreen;bad.com;\nTLP:AMBER;worse.com;PAP:RED\n")
    assert [(one.tlp, one.pap) for one in found] == [
        (Tlp.RED, Pap.AMBER),
        (Tlp.GREEN, None),
        (Tlp.AMBER, Pap.RED),
    ]


def test_json_lines_are_marked_by_field_or_tag() -> None:
    found = read(
        '{"value": "evil.com", "tags": ["tlp:green", "PAP:RED"]}\n{"value": "bad.com", "tlp": "red"}\n'
    )
    assert [(one.tlp, one.pap) for one in found] == [(Tlp.GREEN, Pap.RED), (Tlp.RED, None)]
