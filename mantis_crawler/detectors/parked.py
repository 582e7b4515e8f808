"""Parked: nobody's page yet. A lander of advertisements, a for-sale sign, a default page."""

from collections.abc import Iterator

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Page, Signal

_SIGNATURES = {
    "window.park=": "Bodis",
    'window.park = "': "Bodis",
    "data-adblockkey=": "Bodis or ParkingCrew",
    "d38psrni17bvxu.cloudfront.net": "Bodis or ParkingCrew",
    "parkingcrew.net": "ParkingCrew",
    "parking.parklogic.com": "ParkLogic",
    "parklogic.com": "ParkLogic",
    "trkpc.net/track": "ParkingCrew",
    "google.com/adsense/domains/caf.js": "Google AdSense for Domains",
    "dp-teaminternet": "Team Internet",
    'pubid: "dp-': "Google AdSense for Domains",
    "img1.wsimg.com/parking-lander": "GoDaddy",
    "parking-lander": "GoDaddy",
    "lander_system": "GoDaddy",
    'ap:"parking"': "GoDaddy",
    "sedoparking.com": "Sedo",
    "sedo.com/search/details": "Sedo",
    "hugedomains.com/domain_profile": "HugeDomains",
    "cdn-fileserver.com/bping": "Skenzo",
    "bodiscdn.com": "Bodis",
    "bodis.com": "Bodis",
    "above.com/marketplace": "Above",
    "dan.com/buy-domain": "Dan",
    "cdn0.dan.com": "Dan",
    "afternic.com/forsale": "Afternic",
    "uniregistry.com/market": "Uniregistry",
    "domainmarket.com/buynow": "DomainMarket",
    "sav.com/domain": "Sav",
    "namebright.com/coming": "NameBright",
    "parking.reg.ru": "REG.RU",
    "reg.ru/domain/shop": "REG.RU",
    "nic.ru/shop": "RU-CENTER",
    "onamae.com/parking": "Onamae",
    "dynadot.com/market": "Dynadot",
    "tr_uuid=": "a tracker of parked pages",
    "epik.com/domain": "Epik",
    "namecheap.com/domains/marketplace": "Namecheap",
    "sitemaintenance/parking": "a hoster",
}
_STUBS = ('window.location.href="/lander"', "window.location.href='/lander'", 'location.replace("/lander")')
_SALE = Lexicon(
    "domain is for sale, domain for sale, domain may be for sale, buy this domain, "
    "this domain is available, domain name is for sale, domain available for purchase, make an offer, "
    "purchase this domain, interested in this domain, inquire about this domain, domain is parked, "
    "parked domain, parked free, domain parked, domain parking, domain reserved, domain is reserved, "
    "related searches, domain has expired, domain expired, is parked at, is parked free, "
    "this domain was registered, this domain is registered, own this domain, get this domain, "
    "premium domain, domain is currently parked, domain is pending renewal, renew your domain, "
    "recently registered, domain has been registered, registered at, listed for sale",
    "domain steht zum verkauf, domain zu verkaufen, domain kaufen, domain ist geparkt, "
    "diese domain ist registriert, domain geparkt, domaine est a vendre, domaine a vendre, "
    "acheter ce domaine, domaine est parque, domaine reserve, nom de domaine a ete enregistre",
    "dominio en venta, dominio esta en venta, comprar este dominio, dominio estacionado, dominio aparcado, "
    "dominio a la venta, dominio reservado, dominio a venda, dominio esta a venda, dominio registrado, "
    "dominio in vendita, dominio e in vendita, dominio parcheggiato, acquista questo dominio",
    "домен продается, домен продаётся, купить домен, домен припаркован, домен зарегистрирован, "
    "домен выставлен на продажу, alan adi satilik, satilik alan adi, alan adi park, domena na sprzedaz, "
    "domena jest zaparkowana, kup te domene, domain dijual, domain ini dijual, ten mien dang ban, "
    "domein te koop, domeinnaam is te koop, النطاق للبيع, هذا النطاق",
    "도메인 판매, 도메인을 판매, 주차된 도메인, 이 도메인은, 도메인 파킹, ドメイン販売, ドメインは売り, "
    "ドメイン名は販売, お名前.com, このドメイン, 域名出售, 域名正在出售, 此域名, 该域名, 购买域名, "
    "域名停放, 域名待售, 網域出售, 網域名稱出售",
)
_SERVER = Lexicon(
    "welcome to nginx, apache2 default page, apache2 debian default, apache2 ubuntu default, "
    "apache http server test page, it works, iis windows server, internet information services, "
    "default web site page, this is the default index page, default index page, "
    "this is the default welcome page, default welcome page, default server page, placeholder page, "
    "default page, web server's default page, welcome to your website, your new website, is ready, "
    "successfully installed, welcome to xampp, welcome to centos, test page, plesk default page, "
    "domain default page, web server is running, welcome to openresty, congratulations the site is up, "
    "this page is used to test, powered by vesta, powered by ispconfig, powered by hestia, "
    "powered by directadmin, site is working properly, the owner of this webpage has not yet uploaded, "
    "has not uploaded, no content has been uploaded, there is no website configured, "
    "upload your website files, index html in the web directory, if you are the owner of this website, "
    "hosting provider",
    "standard index seite, platzhalterseite, hier entsteht, herzlich willkommen auf ihrer website, "
    "page par defaut, page d accueil par defaut, pagina predeterminada, pagina por defecto, "
    "pagina index padrao, pagina di default, pagina predefinita, страница по умолчанию, "
    "страницата по подразбиране, сайт только что создан, varsayilan sayfa, strona domyslna, "
    "domyslna strona, halaman default, standard index sida, standaard indexpagina, standardna index, "
    "standardna indeksna, oletusaloitussivu, alapertelmezett",
    "기본 페이지, デフォルトページ, 初期ページ, 默认页面, 恭喜, 站点创建成功, 預設頁面",
)
_SERVER_TITLE = Lexicon(
    "welcome to nginx, apache2 *, test page for*, apache http server, iis windows*, default web site page, "
    "welcome, hello world, index of, domain default page, web hosting, default page, placeholder, "
    "it works, xampp, coming soon, under construction, website suspended, account suspended, "
    "domain reserved, site en construction, parked*, parking, domain for sale, domain names"
)
_SOON = Lexicon(
    "coming soon, under construction, site is under construction, website coming soon, launching soon, "
    "page is under construction, has been suspended, account suspended, website is suspended, "
    "site suspended, website suspended, opening soon, check back later, bald verfugbar, im aufbau, "
    "in kurze, bientot disponible, en construction, site en construction, proximamente, en construccion, "
    "em breve, em construcao, in costruzione, prossimamente, скоро открытие, сайт находится в разработке, "
    "сайт в разработке, сайт заблокирован, yapim asamasinda, cok yakinda, wkrotce, strona w budowie, "
    "segera hadir, sap ra mat, قريبا, 준비중, 준비 중입니다, 공사중, 工事中, 準備中, 近日公開, 建设中, "
    "建設中, 敬请期待, 即将上线",
)


class Parked(Detector):
    """Sees the structure of parking providers, for-sale signs and default pages of servers."""

    name = "parked"
    content_class = ContentClass(name="parked", rsit="other", rank=50)

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield signatures of providers, then words; words only where the page says little else."""
        seen = view(page)
        yield from _structure(seen)
        room = _room(seen)
        for name, lexicon, weight, what in (
            ("sale", _SALE, 0.6, "it speaks of a domain that is parked or for sale"),
            ("server", _SERVER, 0.6, "it is what a server shows before there is a site"),
            ("soon", _SOON, 0.55, "it says that the site is not there yet or no longer"),
        ):
            if found := lexicon.found(seen.opening + seen.title):
                yield seen.signal(name, (weight + 0.1 * (len(found) - 1)) * room, f"{what}: {listed(found)}")
        if room and (word := _SERVER_TITLE.first(seen.title) or _SALE.first(seen.title)):
            yield seen.signal("titled", 0.3 * room, f"the title says {quote(word)}")


def _structure(seen: View) -> Iterator[Signal]:
    source = seen.source
    found = {mark: owner for mark, owner in _SIGNATURES.items() if mark in source}
    if found:
        share = 0.9 if seen.length < 3_000 else 0.4
        yield seen.signal(
            "maker",
            share,
            f"built like a parked page of {listed(dict.fromkeys(found.values()), 3)}: {listed(found, 3)}",
        )
    if len(source) < 2_000 and any(stub in source for stub in _STUBS):
        yield seen.signal("stub", 0.9, "a stub that leads to a parking lander, as GoDaddy's")
    if any(hop.url.split("?", 1)[0].endswith("/lander") for hop in seen.page.hops):
        yield seen.signal("lander", 0.7, "it led to /lander, as GoDaddy's parked pages do")


def _room(seen: View) -> float:
    """How much of a page such a sentence can be: all of a short one, nothing of a long one."""
    if seen.length > 6_000 or seen.link_count > 60:
        return 0.0
    return 1.0 if seen.length < 1_500 else 0.8 if seen.length < 4_000 else 0.4
