"""Parked names: advertising landers, offers for sale, registrars' placeholders, sites yet to come."""

from collections.abc import Iterator
from types import MappingProxyType as Words

from mantis_crawler.lab.draft import Draft, build
from mantis_crawler.lab.site import Family, Site

_TERMS = {
    "en": (
        "Online Casino Bonus",
        "Payday Loans",
        "Dating Sites Over 40",
        "Car Insurance Quotes",
        "Cheap Flights",
        "Slot Games",
        "Web Hosting",
        "Credit Card Login",
        "Download Free Music",
        "Parcel Tracking",
    ),
    "de": (
        "Online Casino Bonus",
        "Kredit ohne Schufa",
        "Partnersuche ab 50",
        "Kfz-Versicherung Vergleich",
        "Günstige Flüge",
        "Handytarife",
        "Sportwetten Tipps",
        "Treppenlift Kosten",
        "Kostenlos Filme herunterladen",
    ),
    "fr": (
        "Casino en ligne",
        "Crédit rapide",
        "Site de rencontre gratuit",
        "Assurance auto",
        "Vols pas chers",
        "Suivi de colis",
        "Pari sportif",
        "Mutuelle senior",
        "Panneaux solaires",
    ),
    "ja": (
        "オンラインカジノ",
        "カードローン 即日",
        "出会い 無料",
        "自動車保険 比較",
        "格安航空券",
        "脱毛サロン",
        "レンタルサーバー",
        "宅配便 追跡",
        "パチンコ 攻略",
    ),
    "es": (
        "Casino en línea",
        "Préstamos rápidos",
        "Citas en línea",
        "Seguro de coche",
        "Vuelos baratos",
        "Apuestas deportivas",
        "Descargar música gratis",
        "Energía solar",
    ),
}

_BODIS_EN = Words(
    {
        "terms": _TERMS["en"],
        "related": "Related Searches:",
        "rights": "All Rights Reserved.",
        "privacy": "Privacy Policy",
    }
)
_BODIS_JA = Words(
    {
        "terms": _TERMS["ja"],
        "related": "関連検索:",
        "rights": "無断複写・転載を禁じます。",
        "privacy": "プライバシーポリシー",
    }
)
_CREW_EN = Words(
    {
        "terms": _TERMS["en"],
        "title": "Related links",
        "description": "See related links to what you are looking for.",
        "sale": "This domain may be for sale! Click here to inquire.",
        "related": "Related Links",
        "teaser": "Sponsored results",
        "disclaimer": "The Sponsored Listings displayed above are served automatically by a third party.",
    }
)
_CREW_DE = Words(
    {
        "terms": _TERMS["de"],
        "title": "Informationen zum Thema",
        "description": "Hier finden Sie verwandte Links zu Ihrem Thema.",
        "sale": "Diese Domain kaufen",
        "related": "Weitere Links",
        "teaser": "Gesponserte Ergebnisse",
        "disclaimer": "Die hier angezeigten Sponsored Listings werden von Dritten automatisch generiert.",
    }
)
_STUB_EN = Words(
    {
        "terms": _TERMS["en"],
        "claim": "Get this domain.",
        "more": "Learn more",
        "related": "Related searches",
        "parked": "This Web page is parked for FREE, courtesy of the registrar.",
        "rights": "Copyright © All Rights Reserved. Privacy Policy",
    }
)
_STUB_ES = Words(
    {
        "terms": _TERMS["es"],
        "claim": "Consigue este dominio.",
        "more": "Más información",
        "related": "Búsquedas relacionadas",
        "parked": "Esta página web está aparcada GRATIS, cortesía del registrador.",
        "rights": "Copyright © Todos los derechos reservados. Política de privacidad",
    }
)
_AUCTION_DE = Words(
    {
        "terms": _TERMS["de"],
        "title": "Diese Website steht zum Verkauf! - Informationen zum Thema",
        "description": "Diese Website steht zum Verkauf! Hier finden Sie Informationen zu allen Themen.",
        "sale": "Diese Domain steht zum Verkauf!",
        "offer": "Der Eigentümer bietet sie an. Jetzt Angebot abgeben",
        "teaser": "Vergleichen Sie jetzt die besten Anbieter. Anzeige",
        "disclaimer": "Diese Webseite wurde vom Domain Inhaber dynamisch generiert. Datenschutzbestimmungen",
    }
)
_AUCTION_FR = Words(
    {
        "terms": _TERMS["fr"],
        "title": "Ce site web est à vendre ! -",
        "description": "Ce site web est à vendre ! Toutes les informations et liens sur le sujet.",
        "sale": "Ce nom de domaine est à vendre.",
        "offer": "Le propriétaire du domaine le propose à la vente : faire une offre",
        "teaser": "Comparez les meilleures offres du moment. Annonce",
        "disclaimer": "Cette page a été générée par le propriétaire à l'aide du programme de parking.",
    }
)
_SOON_EN = Words(
    {
        "name": "Studio Larch & Pine",
        "soon": "Coming soon",
        "text": "We are building something new. Leave your email to hear when our website is live.",
        "mail": "Your email",
        "notify": "Notify me",
    }
)
_SOON_IT = Words(
    {
        "name": "Bottega Quercetti",
        "soon": "Prossimamente",
        "text": "Il nostro nuovo sito è in costruzione. Lasciaci la tua email e ti avviseremo.",
        "mail": "La tua email",
        "notify": "Avvisami",
    }
)

_DRAFTS = (
    Draft(host="velmontagarden.com", design="parking-bodis", language="en", words=_BODIS_EN),
    Draft(host="hoshinokura-mall.xyz", design="parking-bodis", language="ja", words=_BODIS_JA),
    Draft(host="tarnwickpost.net", design="parking-crew", language="en", words=_CREW_EN),
    Draft(host="brunnhagen-reisen.de", design="parking-crew", language="de", words=_CREW_DE),
    Draft(
        host="kestrelpath.top",
        design="parking-stub",
        language="en",
        words=_STUB_EN,
        more={"/lander": "stub-lander"},
    ),
    Draft(
        host="casaverdeluna.es",
        design="parking-stub",
        language="es",
        words=_STUB_ES,
        more={"/lander": "stub-lander"},
        scheme="https",
        certificate="wrong_name",
    ),
    Draft(host="moorlichter.de", design="parking-auction", language="de", words=_AUCTION_DE),
    Draft(host="colis-vallombreux.fr", design="parking-auction", language="fr", words=_AUCTION_FR),
    Draft(host="zentrapixel.com", design="parking-offer", language="en", scheme="https"),
    Draft(
        host="orchardquay.shop",
        design="parking-huge",
        language="en",
        words=Words({"brand": "BulkOfDomains"}),
    ),
    Draft(
        host="aomizu-transport.jp",
        design="parking-registrar-ja",
        language="ja",
        words=Words({"brand": "なまえ登録.コム"}),
    ),
    Draft(
        host="livraison-lunaire.fr",
        design="parking-registrar-fr",
        language="fr",
        words=Words({"brand": "Hébergia"}),
        scheme="https",
    ),
    Draft(
        host="haneulbit.co.kr",
        design="parking-registrar-ko",
        language="ko",
        words=Words({"brand": "도메인누리"}),
    ),
    Draft(host="larchandpine.studio", design="parking-soon", language="en", words=_SOON_EN, scheme="https"),
    Draft(host="bottegaquercetti.it", design="parking-soon", language="it", words=_SOON_IT),
    Draft(host="zielonylisek.pl", design="parking-expired", language="pl"),
)


class Parking(Family):
    """What most names of a campaign become once it is over."""

    name = "parking"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the parked sites."""
        for draft in _DRAFTS:
            yield build(draft, self.name, seed, pool="parking")
