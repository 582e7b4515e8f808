import json

from selectolax.lexbor import LexborHTMLParser

from mantis_crawler.lab.sites.news import News
from tests.lab.sites.neighbours import of_design, text

NEWS = News()


def test_articles_say_in_json_that_they_are_news() -> None:
    for design in ("news-article-fr", "news-article-es", "news-feature-en"):
        for site in of_design(NEWS, design):
            script = LexborHTMLParser(text(site)).css('script[type="application/ld+json"]')[0]
            said = json.loads(script.text())
            kinds = [item["@type"] for item in said.get("@graph", [said])]
            assert "NewsArticle" in kinds


def test_some_stories_are_about_what_the_crawler_looks_for() -> None:
    pages = " ".join(text(site) for site in NEWS.sites(1)).casefold()
    assert all(word in pages for word in ("casino", "mot de passe", "pornographic", "parked domains", "sms"))


def test_the_same_design_tells_different_stories() -> None:
    one, two = of_design(NEWS, "news-feature-en")
    titles = {LexborHTMLParser(text(site)).css("h1")[0].text() for site in (one, two)}
    assert len(titles) == 2


def test_there_are_five_designs_in_six_languages() -> None:
    sites = list(NEWS.sites(1))
    assert len({site.design for site in sites}) >= 5
    assert {site.language for site in sites} >= {"en", "fr", "ja", "es", "tr", "pl"}
