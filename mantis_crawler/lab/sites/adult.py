"""Pages for adults, as tame as their purpose can still be told: flat colours stand for pictures."""

from collections.abc import Iterator
from typing import Any

from mantis_crawler.lab.draft import Draft, build
from mantis_crawler.lab.site import Family, Site


def _draft(host: str, design: str, language: str, brand: str, city: str = "", **rest: Any) -> Draft:
    words = {"brand": brand, "city": city}
    return Draft(host=host, design=f"adult-{design}", language=language, words=words, **rest)


_DRAFTS = (
    _draft("velvetcurtain18.com", "gate", "en", "Velvet Curtain", scheme="https"),
    _draft("nachtsalon-privat.de", "gate", "de", "Nachtsalon"),
    _draft("maturetubevault.xyz", "tube", "en", "VaultXXX"),
    _draft("vzroslyj-ekran.top", "tube", "ru", "Экран18+", scheme="https", certificate="expired"),
    _draft("otona-yozora.xyz", "video-ja", "ja", "大人の夜空", scheme="https"),
    _draft("meet-tonight-local.top", "dating", "en", "NearbyFlame"),
    _draft("citas-sin-rodeos.es", "dating", "es", "SinRodeos"),
    _draft("begleitung-elbnacht.de", "escorts", "de", "Elbnacht Escorts", city="Hamburg", scheme="https"),
    _draft("yese-zhibo.top", "cams", "zh", "夜色直播"),
)


class Adult(Family):
    """Sites that a lure's name may lead to once its traffic is sold."""

    name = "adult"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the sites for adults."""
        for draft in _DRAFTS:
            yield build(draft, self.name, seed, pool="adult")
