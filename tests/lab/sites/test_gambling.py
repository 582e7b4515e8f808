import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.gambling import Gambling
from tests.lab.sites.neighbours import of_design, text

GAMBLING = Gambling()


@pytest.mark.parametrize(
    ("design", "words"),
    [
        ("gambling-slots", ("slot", "jackpot", "deposit")),
        ("gambling-sportsbook", ("bahis", "bonus", "Süper Lig")),
        ("gambling-toto", ("토토", "바카라", "환전")),
        ("gambling-lottery", ("彩票", "开奖", "首存")),
        ("gambling-poker", ("Roulette", "free spins", "18+")),
        ("gambling-cassino", ("Cassino", "Pix", "Jackpot")),
    ],
)
def test_a_page_offers_what_its_design_is_for(design: str, words: tuple[str, ...]) -> None:
    for site in of_design(GAMBLING, design):
        assert [word for word in words if word not in text(site)] == []


def test_the_bookmaker_lists_seven_matches_with_three_odds_each() -> None:
    for site in of_design(GAMBLING, "gambling-sportsbook"):
        odds = [float(node.text()) for node in LexborHTMLParser(text(site)).css("td.o")]
        assert len(odds) == 21
        assert min(odds) > 1


def test_some_pages_have_a_login_form_beside_the_games() -> None:
    with_form = {
        s.design for s in GAMBLING.sites(1) if LexborHTMLParser(text(s)).css_first("input[type=password]")
    }
    assert with_form == {"gambling-sportsbook", "gambling-toto", "gambling-cassino"}


def test_there_are_six_designs_in_six_languages() -> None:
    sites = list(GAMBLING.sites(1))
    assert len({site.design for site in sites}) >= 6
    assert {site.language for site in sites} == {"en", "tr", "id", "ko", "zh", "pt"}
