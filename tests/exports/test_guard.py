from typing import Any

import pytest

from mantis_crawler.exports.guard import candidates, valid_domain, why_not
from mantis_crawler.items import Enrichment, Hold, Tap, View, Visit
from tests.builders import a_lure, a_record, a_verdict, a_visit, an_artifact, an_enrichment

CLEAR = (an_enrichment(veto=""),)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://duckdns.org/", "a public or private suffix"),
        ("http://github.io/", "a public or private suffix"),
        ("http://co.uk/", "a public or private suffix"),
        ("http://1.2.3.4/", "a bare address"),
        ("http://[2606:4700::1]/", "a bare address"),
        ("http://localhost/", "not a domain name"),
        ("http://a..top/", "not a domain name"),
        ("http://bücher.de/", "not a domain name"),
        ("http://lure.test/", "ends in no public suffix"),
    ],
)
def test_the_door_holds_even_where_the_warning_lists_say_nothing(url: str, reason: str) -> None:
    assert (why_not(a_record(url, enrichments=CLEAR)) or "").startswith(reason)


@pytest.mark.parametrize("host", ["x.duckdns.org", "xn--pple-43d.com", "parcel-fee.top", "my_parcel.co.uk"])
def test_a_name_of_its_own_passes(host: str) -> None:
    assert why_not(a_record(f"http://{host}/", enrichments=CLEAR)) is None


def test_a_veto_of_the_warning_lists_is_the_reason() -> None:
    record = a_record("http://imgur.com/", enrichments=(an_enrichment(veto="a popular name"),))
    assert why_not(record) == "a popular name"


@pytest.mark.parametrize(
    "enrichments",
    [
        (),
        (Enrichment(source="warninglists", facts={}, error="a list is not installed"),),
        (an_enrichment(veto=None),),
        (an_enrichment("dns", veto=""),),
    ],
)
def test_a_name_that_nobody_looked_up_is_kept_off(enrichments: Any) -> None:
    assert why_not(a_record("http://a.top/", enrichments=enrichments)) == "the warning lists were not asked"


def test_a_held_artifact_is_never_listed() -> None:
    artifact = an_artifact("http://a.top/", hold=Hold.DEAD_DROP)
    assert why_not(a_record(artifact=artifact, enrichments=CLEAR)) == "not visited: dead_drop"


def test_only_lures_are_candidates_sorted_by_name_then_evidence() -> None:
    records = [
        a_record("http://b.top/2"),
        a_record("http://honest.top/", lure=a_lure(is_lure=False)),
        a_record("http://A.top./"),
        a_record("http://unseen.top/", lure=None),
        a_record("http://b.top/1"),
    ]
    found = list(candidates(records))
    assert [lure.name for lure in found] == ["a.top", "b.top", "b.top"]
    assert found[1].record.id < found[2].record.id


@pytest.mark.parametrize(
    "name",
    ["a.top", "a_b.top", "xn--p1ai.xn--p1ai", "1.2.top", "-a.top", "a" * 63 + ".top", "a." * 126 + "top"],
)
def test_what_pi_hole_takes_for_a_domain_is_valid(name: str) -> None:
    assert valid_domain(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "top",
        "a..top",
        ".top",
        "a.top.",
        "a.t",
        "A.top",
        "a b.top",
        "a.top # why",
        "a.-top",
        "a.top-",
        "é.top",
        "a" * 64 + ".top",
        "a." * 127 + "top",
        "a.top/x",
        "*.a.top",
        "a.top:80",
    ],
)
def test_what_pi_hole_refuses_is_not_valid(name: str) -> None:
    assert not valid_domain(name)


def test_a_name_that_only_redirects_to_a_lure_is_not_listed() -> None:
    elsewhere = a_visit(
        url="http://go.parcel-hop.com/x", final_url="http://www.lure-site.top/", verdict=a_verdict()
    )
    record = a_record("http://go.parcel-hop.com/x", visits=(elsewhere,), lure=a_lure())
    assert why_not(record) == "it only redirects: the lure was seen on lure-site.top"
    own = a_visit(
        url="http://go.parcel-hop.com/x", final_url="http://www.parcel-hop.com/y", verdict=a_verdict()
    )
    assert "redirects" not in (
        why_not(a_record("http://go.parcel-hop.com/x", visits=(own,), lure=a_lure())) or ""
    )


def test_what_a_device_saw_is_told_exit_by_exit() -> None:
    visits = [
        a_visit("android", verdict=a_verdict(name), exit=code)
        for code, name in (("fr", "login"), ("jp", "error"))
    ]
    (candidate,) = candidates([a_record(visits=visits, enrichments=CLEAR)])
    assert candidate.devices == "android@fr=login android@jp=error"


def tapped(device: str, behind: str) -> Visit:
    """A page that says nothing, and a button that leads to a login on another host."""
    view = View(url=behind)
    tap = Tap(label="Go on", tag="a", x=1, y=1, view=view, verdict=a_verdict("login"))
    return a_visit(device, url="http://a.top/", verdict=a_verdict("unknown", 0.9), tap=tap)


def test_what_a_tap_led_to_is_what_a_device_saw() -> None:
    record = a_record("http://a.top/", visits=(tapped("android", "http://a.top/in"),), lure=a_lure())
    (candidate,) = candidates([record])
    assert candidate.devices == "android=login"


def test_harm_that_a_tap_led_to_on_another_name_is_that_names() -> None:
    visit = tapped("android", "http://kit.top/in")
    record = a_record("http://a.top/", visits=(visit,), lure=a_lure(), enrichments=CLEAR)
    assert why_not(record) == "it only redirects: the lure was seen on kit.top"
    visit = tapped("android", "http://www.a.top/in")
    assert why_not(a_record("http://a.top/", visits=(visit,), lure=a_lure(), enrichments=CLEAR)) is None
