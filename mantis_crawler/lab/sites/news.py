"""Papers: front pages and articles, some of them about the very things that the crawler looks for."""

from collections.abc import Iterator

from mantis_crawler.lab.draft import Draft, build
from mantis_crawler.lab.site import Family, Site

_DRAFTS = (
    Draft(host="harrowgatecourier.com", design="news-front-en", language="en", scheme="https"),
    Draft(host="gazette-deux-rives.fr", design="news-article-fr", language="fr", scheme="https"),
    Draft(host="kitahama-shinpo.jp", design="news-portal-ja", language="ja"),
    Draft(host="diariodepenalara.es", design="news-article-es", language="es", path="/economia/casinos"),
    Draft(host="yesilirmakpostasi.com", design="news-local-tr", language="tr"),
    Draft(host="wiescinadbuzanskie.pl", design="news-portal-pl", language="pl", scheme="https"),
    Draft(
        host="meridiandesk.net",
        design="news-feature-en",
        language="en",
        words={"story": "age-checks"},
        scheme="https",
        path="/long-reads/age-checks",
    ),
    Draft(
        host="amp.meridiandesk.net",
        design="news-feature-en",
        language="en",
        words={"story": "parked-domains"},
    ),
)


class News(Family):
    """Those who write about lures, and must never be taken for one."""

    name = "news"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the news sites."""
        for draft in _DRAFTS:
            yield build(draft, self.name, seed, pool="news")
