"""What a page reads like: one sign of many traits, that is capped and says which of them it goes by."""

import pytest

from mantis_crawler.detectors import reading
from mantis_crawler.detectors.reading import CAP, LEAST, Likeness, parse, reads_like, weight_of
from mantis_crawler.detectors.traits import KINDS, traits
from mantis_crawler.detectors.view import view
from tests.detectors.pages import a_page

REPORT = (
    "<title>Flood in the valley</title><article><p>Police said on Monday that the river rose.</p></article>"
)


def test_traits_tell_words_by_where_they_stand() -> None:
    found = traits(view(a_page(REPORT)))
    assert {"t:flood", "w:police", "n:article>=1", "f:none"} <= set(found)
    assert {trait[0] for trait in found} <= set(KINDS)
    assert len(found) == len(set(found))


def test_scripts_without_spaces_are_read_by_two_letters() -> None:
    found = traits(
        view(a_page("<title>登录</title><p>请输入您的手机号码和验证码以继续办理本次业务的申请</p>"))
    )
    assert {"t:登录", "w:验证", "w:证码"} <= set(found)


def test_a_field_is_a_trait_by_its_purpose() -> None:
    found = traits(view(a_page("<form><input type=password name=pass></form>")))
    assert {"f:password", "f:fields=1"} <= set(found)


def test_a_page_that_shows_nothing_has_no_traits() -> None:
    assert traits(view(a_page("<div class='article headline'></div>"))) == ()


def test_traits_of_a_long_page_are_bounded() -> None:
    words = " ".join(
        f"w{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")) for number in range(50_000)
    )
    assert len(traits(view(a_page(f"<p>{words}</p>")))) < 3_000


def test_a_likeness_grows_with_the_traits_that_speak_for_it_and_never_decides_alone() -> None:
    likeness = Likeness(bias=-1.0, weights={"w:police": 9.0, "w:river": 9.0, "w:cart": -9.0})
    some, more = likeness.chance(["w:police"]), likeness.chance(["w:police", "w:river"])
    assert likeness.chance([]) < some < more < 1.0
    assert likeness.chance(["w:police", "w:cart"]) < some
    assert weight_of(1.0) == CAP < 1.0
    assert weight_of(LEAST) == 0.0


def test_a_likeness_of_any_weights_stays_a_number() -> None:
    likeness = Likeness(bias=0.0, weights={"w:a": 1e9, "w:b": -1e9})
    assert 0.0 <= likeness.chance(["w:b"]) < likeness.chance(["w:a"]) <= 1.0


def test_the_reason_names_the_traits_that_speak_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    likeness = Likeness(bias=1.0, weights={"w:police": 5.0, "t:flood": 3.0, "w:monday": -2.0})
    monkeypatch.setattr(reading, "readings", lambda: {"news": likeness})
    (signal,) = reads_like(view(a_page(REPORT)), "news")
    assert signal.name == "reads"
    assert "'police' (text), 'flood' (title)" in signal.reason
    assert "monday" not in signal.reason
    assert list(reads_like(view(a_page(REPORT)), "parked")) == []


def test_the_likenesses_of_this_version_can_be_read() -> None:
    found = reading.readings()
    assert set(found) == {"news", "other"}
    assert all(len(likeness.weights) > 100 for likeness in found.values())
    assert parse('{"news": {"bias": 0.5, "weights": {"w:a": 1.0}}}')["news"].bias == 0.5
