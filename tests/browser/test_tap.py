"""Which button is the single call to action of a page."""

from typing import Any

import pytest

from mantis_crawler.browser.calls import is_call
from mantis_crawler.browser.tap import CLICKABLES, choose


def button(label: str, href: str = "", *, form: bool = False) -> dict[str, Any]:
    return {"label": label, "tag": "a", "href": href, "form": form}


CALLS = "Download;  OK! ;Update now »;TÉLÉCHARGER;Weiter;설치;下载;続ける;تحميل;ดาวน์โหลด;Скачать"


@pytest.mark.parametrize("label", CALLS.split(";"))
def test_calls_are_known_in_many_languages(label: str) -> None:
    assert is_call(label)


@pytest.mark.parametrize(
    "label", ["", "Privacy", "Log in", "Delete", "O", "open a long sentence that goes on and on for ever"]
)
def test_other_words_are_no_call(label: str) -> None:
    assert not is_call(label)


def test_the_single_call_is_chosen() -> None:
    assert choose([button("Privacy"), button("Download"), button("Imprint")]) == 1


def test_the_same_call_twice_is_one() -> None:
    assert choose([button("Download", "/x"), button("Download", "/x")]) == 0


def test_between_two_calls_none_is_chosen() -> None:
    assert choose([button("Download", "/x"), button("Install", "/y")]) is None


def test_a_call_in_a_form_that_wants_something_is_left() -> None:
    assert choose([button("Continue", form=True)]) is None


def test_a_page_with_much_to_press_has_no_single_call() -> None:
    assert choose([button("Download"), *[button(f"news {n}") for n in range(CLICKABLES)]]) is None
