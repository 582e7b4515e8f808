import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.parking import Parking
from tests.lab.sites.neighbours import ask, of_design, text

PARKING = Parking()


@pytest.mark.parametrize(
    ("design", "mark"),
    [
        ("parking-bodis", "data-adblockkey="),
        ("parking-bodis", 'window.park = "eyJ'),
        ("parking-crew", '"pubId":"dp-'),
        ("parking-stub", 'window.onload=function(){window.location.href="/lander"}'),
        ("parking-auction", "/frmpark/"),
        ("parking-offer", "is for sale"),
        ("parking-huge", "/shopping_cart.cfm"),
        ("parking-registrar-ja", "ドメイン"),
        ("parking-registrar-fr", "nom de domaine"),
        ("parking-registrar-ko", "주차된 도메인"),
        ("parking-expired", "wygasła"),
    ],
)
def test_a_parked_page_bears_the_mark_of_its_provider(design: str, mark: str) -> None:
    for site in of_design(PARKING, design):
        assert mark in text(site)


def test_the_stub_leads_to_a_lander_on_the_same_host() -> None:
    for site in of_design(PARKING, "parking-stub"):
        lander = ask(site, "/lander")
        assert lander.status == 200
        assert b'window.LANDER_SYSTEM="PW"' in lander.body


def test_some_parked_pages_advertise_casinos_dating_and_loans() -> None:
    page = " ".join(text(site) for site in PARKING.sites(1)).casefold()
    assert all(word in page for word in ("casino", "dating", "loan"))


def test_a_page_names_the_domain_under_which_it_is_asked_for() -> None:
    for design in (
        "parking-bodis",
        "parking-crew",
        "parking-auction",
        "parking-huge",
        "parking-registrar-ko",
    ):
        for site in of_design(PARKING, design):
            assert site.host in LexborHTMLParser(text(site)).css("body")[0].text()


def test_there_are_six_styles_in_five_languages() -> None:
    sites = list(PARKING.sites(1))
    assert len({site.design for site in sites}) >= 6
    assert {site.language for site in sites} >= {"en", "de", "fr", "ja", "es"}
    assert {site.pool for site in sites} == {"parking"}
