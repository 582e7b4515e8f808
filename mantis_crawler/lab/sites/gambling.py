"""Casinos, bookmakers, lotteries, and who earns by sending players to them."""

from collections.abc import Iterator
from typing import Any

from mantis_crawler.lab.draft import Draft, build
from mantis_crawler.lab.site import Family, Site


def _draft(host: str, design: str, language: str, brand: str, **rest: Any) -> Draft:
    return Draft(host=host, design=f"gambling-{design}", language=language, words={"brand": brand}, **rest)


_DRAFTS = (
    _draft("gacorlangit88.xyz", "slots", "id", "GACORLANGIT88"),
    _draft("hokinusa-slot.top", "slots", "id", "HOKINUSA", scheme="https"),
    _draft("bahisdoruk412.com", "sportsbook", "tr", "Bahisdoruk", scheme="https"),
    _draft("kazanyolu77.top", "sportsbook", "tr", "Kazanyolu"),
    _draft("toto-namsan.xyz", "toto", "ko", "남산토토"),
    _draft("caihong-cp365.top", "lottery", "zh", "彩虹彩票", scheme="https", certificate="self_signed"),
    _draft("bestcasinoledger.com", "review", "en", "Casino Ledger", scheme="https"),
    _draft("guiacassinobr.net", "review", "pt", "Guia do Cassino"),
    _draft("tigreverdebet.com", "cassino", "pt", "TigreVerde.bet", scheme="https"),
    _draft("aurelianclub.net", "poker", "en", "Aurelian"),
)


class Gambling(Family):
    """Sites that want the visitor's stake, not the password."""

    name = "gambling"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the gambling sites."""
        for draft in _DRAFTS:
            yield build(draft, self.name, seed, pool="gambling")
