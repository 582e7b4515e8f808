import pytest
from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.shops import Shops
from tests.lab.sites.neighbours import of_design, text

SHOPS = Shops()


@pytest.mark.parametrize(
    ("design", "passwords"),
    [("shops-outdoor", 1), ("shops-cadastro", 2), ("shops-checkout", 0), ("shops-ceramiche", 0)],
)
def test_a_shop_asks_for_as_many_passwords_as_its_purpose_needs(design: str, passwords: int) -> None:
    (site,) = of_design(SHOPS, design)
    assert len(LexborHTMLParser(text(site)).css("input[type=password]")) == passwords


def test_a_checkout_asks_for_no_card() -> None:
    (site,) = of_design(SHOPS, "shops-checkout")
    page = LexborHTMLParser(text(site))
    assert page.css_first("input[name=ort]")
    assert not page.css("input[autocomplete^=cc-]")


def test_shops_speak_four_languages() -> None:
    assert len({site.language for site in SHOPS.sites(1)}) >= 4
