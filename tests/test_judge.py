"""The judge weighs, compares and never invents."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import e, log
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mantis_crawler.items import Cloaking, ContentClass, Evidence, Outcome, Page, Signal, Tap, Verdict, Visit
from mantis_crawler.judge import (
    Weights,
    compare,
    fitted,
    judge,
    lure,
    noisy_or,
    principal,
    see,
    strongest,
)
from tests.builders import a_verdict, a_visit

CLASSES = {
    kind.name: kind
    for kind in (
        ContentClass(name="login", victim=True, rank=40),
        ContentClass(name="download", victim=True, rank=60),
        ContentClass(name="parked", rank=50),
        ContentClass(name="gambling", rank=30),
        ContentClass(name="news", rank=20),
        ContentClass(name="error", rank=10),
        ContentClass(name="blank", rank=5),
        ContentClass(name="other", rank=0),
        ContentClass(name="suspicion", rank=-1),
    )
}
WEIGHTS = st.floats(min_value=0, max_value=1)
EVIDENCE = st.builds(
    Evidence,
    content_class=st.sampled_from([*CLASSES, "detector_error", "nobody's"]),
    weight=WEIGHTS,
    reason=st.just("why"),
)


def ev(name: str, weight: float, reason: str = "why") -> Evidence:
    return Evidence(content_class=name, weight=weight, reason=reason)


def sureness(verdict: Verdict, name: str) -> float:
    return verdict.confidence if verdict.content_class == name else dict(verdict.others).get(name, 0.0)


@given(st.lists(EVIDENCE, max_size=12))
def test_a_confidence_lies_between_0_and_1(evidence: list[Evidence]) -> None:
    verdict = judge(evidence, CLASSES)
    assert all(0 <= sure <= 1 for sure in (verdict.confidence, *(sure for _, sure in verdict.others)))


@given(st.lists(EVIDENCE, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(evidence: list[Evidence], chance: Any) -> None:
    shuffled = list(evidence)
    chance.shuffle(shuffled)
    one, other = judge(evidence, CLASSES), judge(shuffled, CLASSES)
    assert (one.content_class, one.confidence, one.others) == (
        other.content_class,
        other.confidence,
        other.others,
    )


@given(st.lists(EVIDENCE, max_size=10), WEIGHTS, st.sampled_from(["login", "parked", "other"]))
def test_evidence_of_a_class_never_makes_us_less_sure_of_it(
    evidence: list[Evidence], weight: float, name: str
) -> None:
    before, after = judge(evidence, CLASSES), judge([*evidence, ev(name, weight)], CLASSES)
    assert sureness(after, name) >= sureness(before, name)
    if before.content_class == name:
        assert after.content_class == name


@given(st.lists(EVIDENCE, max_size=10))
def test_suspicion_and_failed_detectors_are_kept_and_never_a_class(evidence: list[Evidence]) -> None:
    verdict = judge(evidence, CLASSES)
    assert verdict.evidence == tuple(evidence)
    assert verdict.content_class in {*CLASSES, "unknown"} - {"suspicion"}


def test_no_evidence_is_unknown_for_sure() -> None:
    assert judge([], CLASSES) == Verdict(content_class="unknown", confidence=1.0)


EVEN = Weights(
    bias={"login": 0.0, "parked": 0.0, "other": 1.0},
    gain={"login": 2.0, "parked": 2.0, "other": 1.0, "blank": 2.0},
    signals={"login.alone": 4.0},
    unknown_below=0.5,
)


def test_below_the_threshold_the_class_is_unknown_and_the_likeliest_is_named() -> None:
    verdict = judge([ev("login", 0.3)], CLASSES, weights=EVEN)
    # 1 / (1 - 0.3) ** 2 of that, and e + 1 of the others, which nothing speaks for
    sure = round(0.7**-2 / (0.7**-2 + 1 + e), 4)
    assert (verdict.content_class, verdict.others) == ("unknown", (("login", sure),))
    assert verdict.confidence == pytest.approx(1 - sure)


def test_a_class_that_nothing_speaks_for_is_never_said() -> None:
    assert judge([ev("suspicion", 0.9)], CLASSES, weights=EVEN, threshold=0.0).content_class == "unknown"


def test_of_classes_that_are_as_sure_the_higher_rank_is_the_main_one() -> None:
    verdict = judge([ev("login", 0.9), ev("parked", 0.9)], CLASSES, weights=EVEN, threshold=0.1)
    assert (verdict.content_class, [name for name, _ in verdict.others]) == ("parked", ["login"])


def test_a_sign_with_a_weight_of_its_own_counts_by_that_and_a_rare_one_by_its_class() -> None:
    own = Evidence(content_class="login", weight=0.5, reason="why", name="alone")
    rare = Evidence(content_class="login", weight=0.5, reason="why", name="rare")
    assert EVEN.scores([own])["login"] == pytest.approx(4.0 * log(2))
    assert EVEN.scores([rare])["login"] == pytest.approx(2.0 * log(2))
    assert EVEN.scores([rare, rare]) == EVEN.scores([rare])


def test_a_share_of_pages_may_be_of_any_class_however_sure_the_signs() -> None:
    sure = judge([ev("login", 0.99)], CLASSES, weights=replace(EVEN, slip=0.3))
    assert sure.confidence == pytest.approx(0.7 + 0.3 / 3, abs=0.01)


def test_the_fitted_weights_say_what_they_were_fitted_to_and_how_good_they_are() -> None:
    about = fitted().about
    assert set(about["floor"]) == {"macro_f1", "ece"}
    assert len(about["data"]) == 64
    assert all(weight >= 0 for weight in (*fitted().gain.values(), *fitted().signals.values()))
    folds = about["result"]["development"]
    assert mean(one["macro_f1"] for one in folds) >= about["floor"]["macro_f1"]


def test_the_threshold_can_be_moved() -> None:
    evidence = [ev("login", 0.6)]
    said = judge(evidence, CLASSES, weights=EVEN)
    assert said.content_class == "login"
    assert judge(evidence, CLASSES, weights=EVEN, threshold=0.9).content_class == "unknown"


def test_two_signs_are_surer_than_one_and_none_is_certain() -> None:
    assert noisy_or([0.5, 0.5]) == 0.75
    assert noisy_or([1.0, 1.0]) == 0.99


class Sees:
    def __init__(self, name: str, *, breaks: bool) -> None:
        self.name = name
        self.content_class = ContentClass(name=name)
        self.breaks = breaks

    def signals(self, page: Page) -> Iterator[Signal]:
        yield Signal(weight=0.4, reason="seen")
        if self.breaks:
            raise RuntimeError("x" * 1_000)


def test_a_detector_that_fails_is_evidence_and_the_others_go_on() -> None:
    page = Page(visit=a_visit(), html="", text="")
    found = see(page, [Sees("login", breaks=True), Sees("news", breaks=False)])
    assert [item.content_class for item in found] == ["login", "detector_error", "news"]
    assert found[1].weight == 0
    assert found[1].reason.startswith("login: RuntimeError")
    assert len(found[1].reason) <= 300


@pytest.mark.parametrize(
    ("others", "wins"),
    [
        ([("parked", 0.99), ("login", 0.6)], "login"),
        ([("unknown", 1.0), ("gambling", 0.6)], "gambling"),
        ([("blank", 0.98), ("other", 0.6)], "other"),
        ([("error", 0.98), ("news", 0.6)], "news"),
        ([("other", 0.9), ("parked", 0.6)], "parked"),
        ([("login", 0.9), ("download", 0.97)], "download"),
        ([("unknown", 1.0), ("blank", 0.9)], "blank"),
    ],
)
def test_the_strongest_verdict_tells_most(others: list[tuple[str, float]], wins: str) -> None:
    verdicts = [a_verdict(name, sure) for name, sure in others]
    for ordered in (verdicts, verdicts[::-1]):
        best = strongest(ordered, CLASSES)
        assert best is not None
        assert best.content_class == wins


def test_no_visit_has_no_strongest_verdict_and_no_outcome() -> None:
    assert strongest([], CLASSES) is None
    assert principal([]) is None


def test_a_file_tells_more_than_a_page_and_a_page_more_than_a_failure() -> None:
    order = [
        Outcome.DOWNLOAD,
        Outcome.LOADED,
        Outcome.CHALLENGE,
        Outcome.HTTP_ERROR,
        Outcome.BLANK,
        Outcome.TIMEOUT,
    ]
    for better, worse in pairwise(order):
        assert principal([a_visit(outcome=worse), a_visit(outcome=better)]) is better


def test_every_outcome_has_its_place() -> None:
    assert all(principal([a_visit(outcome=outcome)]) is outcome for outcome in Outcome)


def shows(device: str, name: str | None, sure: float = 0.9, **kw: Any) -> Visit:
    return a_visit(device, verdict=a_verdict(name, sure) if name else None, **kw)


def may_be_login(sure: float) -> Visit:
    """A desktop's page that is rather something else than a login."""
    others = (("login", round(0.95 - sure, 2)),)
    return a_visit("desktop", verdict=a_verdict("other", sure, others=others))


@pytest.mark.parametrize(
    "decoy", [shows("desktop", "other", 0.55), may_be_login(0.8), shows("desktop", "news", 0.55)]
)
def test_a_decoy_that_only_the_desktop_gets_is_cloaking(decoy: Visit) -> None:
    found = compare([shows("android", "login"), shows("iphone", "login"), decoy])
    assert found.kinds == ("user_agent_filtering",)


def test_a_page_that_depends_on_the_device_is_filtered_by_user_agent() -> None:
    cloaking = compare([shows("android", "download"), shows("iphone", "login"), shows("desktop", "blank")])
    assert cloaking.kinds == ("user_agent_filtering",)
    assert cloaking.reasons[0] == "android: download; iphone: login; desktop: blank"


@pytest.mark.parametrize(
    "visits",
    [
        [],
        [shows("android", "login")],
        [shows("android", "login"), shows("iphone", "login"), shows("desktop", "login")],
        [shows("android", "login"), shows("desktop", None, outcome=Outcome.TIMEOUT)],
        [shows("android", "login"), shows("desktop", None, outcome=Outcome.CRASHED)],
        [shows("android", "login"), shows("desktop", "error", status=503, outcome=Outcome.HTTP_ERROR)],
        [shows("android", "other"), shows("iphone", "other"), shows("desktop", "unknown")],
        [shows("android", "login"), shows("desktop", "unknown")],
        [shows("android", "login"), may_be_login(0.52)],
        [shows("android", "login"), shows("desktop", "other", 0.45)],
        [shows("android", "news"), shows("desktop", "other")],
        [shows("android", "other"), shows("desktop", "blank")],
        [shows("android", "login", final_url="https://m.site.example/"), shows("desktop", "login")],
    ],
    ids=[
        "none",
        "one",
        "agree",
        "timeout",
        "crash",
        "503",
        "weak",
        "unknown",
        "unsure",
        "very unsure",
        "theme",
        "plain",
        "mobile site",
    ],
)
def test_visits_that_prove_nothing_are_not_cloaking(visits: list[Visit]) -> None:
    assert compare(visits) == Cloaking(kinds=())


def test_a_page_that_one_country_gets_and_another_does_not_is_geo_blocking() -> None:
    gone = shows("android", "error", status=404, outcome=Outcome.HTTP_ERROR, exit="jp")
    cloaking = compare([shows("android", "login", exit="fr"), gone])
    assert cloaking.kinds == ("geo_blocking",)
    assert cloaking.reasons[0] == "android through fr: login; android through jp: error"


@pytest.mark.parametrize(
    "visits",
    [
        [shows("android", "login", exit="fr"), shows("android", "login", exit="jp")],
        [shows("android", "login", exit="fr"), shows("android", None, outcome=Outcome.TIMEOUT, exit="jp")],
        [
            shows("android", "login", exit="fr"),
            shows("android", None, outcome=Outcome.EXIT_FAILED, exit="jp"),
        ],
        [shows("android", "login", exit="fr"), shows("android", "unknown", exit="jp")],
        [shows("android", "login", exit="fr"), shows("iphone", "blank", exit="jp")],
    ],
    ids=["agree", "timeout", "exit", "unknown", "other device"],
)
def test_exits_that_prove_nothing_are_not_cloaking(visits: list[Visit]) -> None:
    assert compare(visits) == Cloaking(kinds=())


def test_an_exit_that_is_forbidden_may_be_known_as_an_exit() -> None:
    forbidden = shows("android", "error", status=403, outcome=Outcome.HTTP_ERROR, exit="jp")
    assert compare([shows("android", "login", exit="fr"), forbidden]).kinds == ("other",)


def test_a_link_that_answers_once_is_not_geo_blocking() -> None:
    gone = shows("android", "error", status=410, outcome=Outcome.HTTP_ERROR, exit="jp")
    assert compare([shows("android", "login", exit="fr"), gone]).kinds == ("time_based_display",)


def test_devices_are_compared_within_one_exit() -> None:
    visits = [
        shows(device, name, exit=code)
        for code in ("fr", "jp")
        for device, name in (("android", "download"), ("desktop", "blank"))
    ]
    assert compare(visits).kinds == ("user_agent_filtering",)


def test_a_404_for_the_desktop_alone_is_cloaking() -> None:
    desktop = shows("desktop", "error", status=404, outcome=Outcome.HTTP_ERROR)
    assert compare([shows("android", "login"), desktop]).kinds == ("user_agent_filtering",)


def test_a_link_that_answers_once_is_not_filtered_by_user_agent() -> None:
    gone = [
        shows(device, "error", status=410, outcome=Outcome.HTTP_ERROR) for device in ("iphone", "desktop")
    ]
    assert compare([shows("android", "login"), *gone]).kinds == ("time_based_display",)


def test_a_gate_before_one_device_only_is_a_captcha() -> None:
    visits = [shows("android", "login"), shows("desktop", "challenge", outcome=Outcome.CHALLENGE)]
    assert compare(visits).kinds == ("captcha",)


def test_an_outcome_speaks_where_no_verdict_does() -> None:
    blank = shows("desktop", None, outcome=Outcome.BLANK)
    assert compare([shows("android", "download"), blank]).kinds == ("user_agent_filtering",)


def test_another_host_for_one_device_is_named() -> None:
    decoy = shows("desktop", "other", final_url="https://portal.example.org/")
    reasons = compare([shows("android", "login"), decoy]).reasons
    assert "desktop was led to 'portal.example.org'" in reasons


def suspected(device: str, name: str, *weights: float) -> Visit:
    evidence = (ev(name, 0.9), *(ev("suspicion", weight, f"reason {weight}") for weight in weights))
    return a_visit(device, verdict=Verdict(content_class=name, confidence=0.9, evidence=evidence))


def test_an_honest_login_is_no_lure() -> None:
    found = lure([suspected("android", "login"), suspected("iphone", "login")], Cloaking(kinds=()))
    assert (found.is_lure, found.score, found.reasons) == (False, 0.0, ())


def behind(device: str, name: str, *weights: float) -> Visit:
    """A page that says nothing, and what the tap on its button led to."""
    told = suspected(device, name, *weights).verdict
    return shows(device, "unknown", tap=Tap(label="Go on", tag="a", x=1, y=1, verdict=told))


def test_what_a_tap_leads_to_makes_a_lure_as_what_is_shown_at_once_does() -> None:
    found = lure([behind("android", "login", 0.4, 0.5), shows("desktop", "unknown")], None)
    assert found.is_lure
    assert found.reasons[0] == "android shows login after a tap"


@pytest.mark.parametrize(
    ("created", "reason"),
    [
        ("2026-10-20T08:00:00Z", "its domain was registered 16 days before the visit"),
        ("2026-09-01T08:00:00+00:00", "its domain was registered 65 days before the visit"),
        ("2019-01-01T00:00:00Z", ""),
        ("2026-12-01T00:00:00Z", ""),
        ("2026-10-20", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_young_name_adds_to_what_makes_a_login_suspicious(created: str, reason: str) -> None:
    visit = replace(suspected("android", "login", 0.4, 0.1), started="2026-11-05T10:00:00.000Z")
    found, old = lure([visit], None, created), lure([visit], None)
    assert [told for told in found.reasons if told not in old.reasons] == ([reason] if reason else [])
    assert (found.score > old.score) is bool(reason)
    assert found.is_lure is ("16 days" in reason)


def test_a_young_name_alone_makes_no_lure() -> None:
    visit = replace(suspected("android", "login"), started="2026-11-05T10:00:00.000Z")
    assert not lure([visit], None, "2026-11-04T10:00:00Z").is_lure


def test_what_only_a_phone_tapped_is_not_held_against_the_desktop() -> None:
    assert compare([behind("android", "login"), shows("desktop", "other")]).kinds == ()


def test_suspicion_without_a_class_that_harms_is_no_lure() -> None:
    assert not lure([suspected("android", "parked", 0.9, 0.8)], None).is_lure


@pytest.mark.parametrize(
    ("likely", "weights", "is_lure"),
    [
        (0.1, (0.6, 0.5), True),
        (0.001, (0.6, 0.5), False),
        (0.001, (0.9, 0.8), True),
    ],
)
def test_an_article_with_a_box_to_log_in_is_no_lure_however_odd_its_name(
    likely: float, weights: tuple[float, ...], *, is_lure: bool
) -> None:
    told = suspected("android", "news", *weights).verdict
    assert told is not None
    box = Evidence(content_class="login", weight=0.2, reason="a form", name="asks_secret")
    verdict = replace(told, evidence=(*told.evidence, box), others=(("login", likely),))
    assert lure([replace(shows("android", "news"), verdict=verdict)], None).is_lure is is_lure


def test_roaming_mantis_is_a_lure() -> None:
    visits = [
        suspected("android", "download", 0.6, 0.45),
        suspected("iphone", "login", 0.7),
        shows("desktop", "blank"),
    ]
    found = lure(visits, compare(visits))
    assert found.is_lure
    assert found.score > 0.95
    assert "what it shows depends on the device" in found.reasons
    assert found.reasons[:2] == ("android shows download", "iphone shows login")


def test_one_weak_reason_is_not_enough_and_two_visits_do_not_double_it() -> None:
    visits = [suspected("android", "login", 0.45), suspected("iphone", "login", 0.45)]
    found = lure(visits, Cloaking(kinds=()))
    assert not found.is_lure
    assert found.score == 0.45


def test_filtering_alone_is_not_enough() -> None:
    visits = [shows("android", "login"), shows("desktop", "blank")]
    assert not lure(visits, compare(visits)).is_lure


@given(st.lists(WEIGHTS, max_size=6, unique=True))
def test_a_lures_score_lies_between_0_and_1(weights: list[float]) -> None:
    assert 0 <= lure([suspected("android", "login", *weights)], None).score <= 1


def test_a_404_for_one_device_and_any_page_for_another_is_a_fence() -> None:
    seen = Visit(device="android", outcome=Outcome.LOADED, url="http://a/", status=200)
    gone = Visit(device="desktop", outcome=Outcome.HTTP_ERROR, url="http://a/", status=404)
    assert compare([seen, gone]).kinds == ("user_agent_filtering",)
    assert compare([gone, replace(gone, device="iphone")]).kinds == ()
    assert compare([seen, replace(gone, status=503)]).kinds == ()


def test_a_404_through_one_exit_and_a_page_through_another_is_a_fence_around_a_country() -> None:
    seen = Visit(device="android", outcome=Outcome.LOADED, url="http://a/", status=200, exit="jp")
    gone = replace(seen, outcome=Outcome.HTTP_ERROR, status=404, exit="us")
    assert compare([seen, gone]).kinds == ("geo_blocking",)
