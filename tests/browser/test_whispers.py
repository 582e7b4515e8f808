"""What our script in a page says on the console, and what a page makes of it."""

import json

import pytest

from mantis_crawler.browser.whispers import SIGN, Whispers


def test_what_a_page_asks_for_is_heard_once_and_other_lines_are_no_whispers() -> None:
    whispers = Whispers()
    for said in ({"what": "asks", "more": "location"}, {"what": "opens", "more": "http://a.example/"}) * 2:
        assert whispers.heard(SIGN + json.dumps(said))
    assert not whispers.heard("a line of the page's own")
    assert ([*whispers.permissions], [*whispers.blocked]) == (["location"], ["http://a.example/"])


@pytest.mark.parametrize("said", ['"x"', "undefined", "[]", '{"what": "x", "more": ""}', '{"what": "asks"}'])
def test_a_page_that_has_a_say_in_json_is_heard_without_harm(said: str) -> None:
    whispers = Whispers()
    assert whispers.heard(SIGN + said)
    assert not whispers.permissions
    assert not whispers.blocked
