"""Shops, each with a form that a hasty crawler could take for a lure."""

from collections.abc import Iterator

from mantis_crawler.lab.draft import Draft, build
from mantis_crawler.lab.site import Family, Site

_DRAFTS = (
    Draft(host="fellrunnersupply.com", design="shops-outdoor", language="en", scheme="https"),
    Draft(
        host="teekontor-sandmole.de",
        design="shops-checkout",
        language="de",
        scheme="https",
        path="/kasse?schritt=2",
    ),
    Draft(host="ceramichevaldoro.it", design="shops-ceramiche", language="it"),
    Draft(
        host="livrariamarealta.shop",
        design="shops-cadastro",
        language="pt",
        scheme="https",
        certificate="expired",
    ),
    Draft(host="maison-aurelie-dentelle.fr", design="shops-lingerie", language="fr", scheme="https"),
)


class Shops(Family):
    """Honest shops: a login box, a checkout, a registration, lingerie."""

    name = "shops"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the shops."""
        for draft in _DRAFTS:
            yield build(draft, self.name, seed, pool="company")
