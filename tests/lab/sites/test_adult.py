import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.adult import Adult
from tests.lab.sites.neighbours import of_design, text

ADULT = Adult()


@pytest.mark.parametrize("design", ["adult-gate", "adult-tube"])
def test_labelled_pages_carry_the_rating(design: str) -> None:
    for site in of_design(ADULT, design):
        ratings = LexborHTMLParser(text(site)).css("meta[name=rating i]")
        assert "RTA-5042-1996-1400-1577-RTA" in [node.attributes["content"] for node in ratings]


def test_a_tube_shows_twelve_flat_tiles_with_their_length() -> None:
    for site in of_design(ADULT, "adult-tube"):
        assert len(LexborHTMLParser(text(site)).css(".thumb em")) == 12


def test_every_page_says_that_it_is_for_grown_ups() -> None:
    for site in ADULT.sites(1):
        assert any(word in text(site) for word in ("18", "21")), site.host


def test_no_page_has_a_picture() -> None:
    for site in ADULT.sites(1):
        assert not LexborHTMLParser(text(site)).css("img, video, picture, source")


def test_there_are_five_designs_in_six_languages() -> None:
    sites = list(ADULT.sites(1))
    assert len({site.design for site in sites}) >= 5
    assert {site.language for site in sites} == {"en", "de", "ru", "ja", "es", "zh"}
