"""Parked: nobody's page yet. A lander of advertisements, a for-sale sign, a default page."""

from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.hosts import registrable
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, fold, listed, quote, word_set
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
    "parkingpage": "a hoster",
    "parking-page": "a hoster",
    "domain-parking": "a hoster",
    "parked-domain": "a hoster",
    "hostinger.com/parking": "Hostinger",
    "dns-parking.com": "Hostinger",
    "ovhcloud.com/en/domains": "OVHcloud",
    "porkbun.com/address": "Porkbun",
    "parkingpage.namecheap.com": "Namecheap",
    "squadhelp.com/name": "Squadhelp",
    "atom.com/name": "Atom",
    "brandbucket.com/names": "BrandBucket",
    "sedo.com/checkdomainoffer": "Sedo",
    "domainnamesales.com": "Uniregistry",
    "voodoo.com/": "Voodoo",
    "smartname.com": "SmartName",
    "fabulous.com/parking": "Fabulous",
    "rookmedia.net": "Rook Media",
    "domainsponsor": "DomainSponsor",
    "ds.cashparking": "CashParking",
    "cashparking.com": "CashParking",
    "internettraffic.com": "InternetTraffic",
    "expireddomain": "an auction of expired domains",
    "domainlore": "Domainlore",
    "dnspod.cn/domain": "DNSPod",
    "mi.aliyun.com": "Alibaba Cloud",
    "gname.com": "Gname",
    "muumuu-domain.com": "Muumuu Domain",
    "whois.co.kr/parking": "Whois Corp",
    "hosting.kr/parking": "Hosting.kr",
    "gabia.com/parking": "Gabia",
    "strato.de/parking": "STRATO",
    "ionos.com/parking": "IONOS",
    "uicdn.net/parking": "IONOS",
    "loopia.com/parking": "Loopia",
    "one.com/static/parking": "One.com",
    "home.pl/parking": "home.pl",
    "register.it/parking": "Register.it",
    "timeweb.ru/parking": "Timeweb",
    "beget.com/parking": "Beget",
    "natro.com/park": "Natro",
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
    "recently registered, domain has been registered, registered at, listed for sale, domain is available, "
    "buy it now, this name is for sale, this web page is parked, webpage is parked, page is parked, "
    "sponsored listings, this domain may be, website for sale, domain auction, domain broker, "
    "get a price, lease to own, minimum offer, registrant of this domain, "
    "expired and is pending, renewal or deletion, expired on, expired domain, reactivate your domain, "
    "registration has expired, registrar, place a backorder, domain owner, sponsored results, "
    "this domain has been registered, future home of, reserved for a customer",
    "domain steht zum verkauf, domain zu verkaufen, domain kaufen, domain ist geparkt, "
    "diese domain ist registriert, domain geparkt, diese domain steht, domain ist reserviert, "
    "domain wurde registriert, domain ist abgelaufen, kaufangebot, nom de domaine est reserve, "
    "domaine a expire, domaine est deja reserve, domaine est enregistre, domaine est a vendre, "
    "domaine a vendre, "
    "acheter ce domaine, domaine est parque, domaine reserve, nom de domaine a ete enregistre",
    "dominio en venta, dominio esta en venta, comprar este dominio, dominio estacionado, dominio aparcado, "
    "dominio a la venta, dominio reservado, dominio a venda, dominio esta a venda, dominio registrado, "
    "dominio ha caducado, dominio ha expirado, dominio expirado, dominio scaduto, "
    "dominio e stato registrato, "
    "dominio registrado, dominio ha sido registrado, este dominio, questo dominio, "
    "dominio in vendita, dominio e in vendita, dominio parcheggiato, acquista questo dominio",
    "домен продается, домен продаётся, купить домен, домен припаркован, домен зарегистрирован, "
    "домен выставлен на продажу, alan adi satilik, satilik alan adi, alan adi park, domena na sprzedaz, "
    "domena jest zaparkowana, kup te domene, domain dijual, domain ini dijual, ten mien dang ban, "
    "alan adi tescil, alan adi suresi, suresi dolmus, bu alan adi, domena wygasla, domena jest na sprzedaz, "
    "domena zarejestrowana, ta domena, срок регистрации домена, домен не продлен, истек срок, "
    "этот домен, домен куплен, domain telah kedaluwarsa, domain ini telah, ten mien nay, het han, "
    "ten mien da het han, انتهت صلاحية النطاق, تم تسجيل النطاق, domein is gereserveerd, "
    "domein geregistreerd, "
    "domanen ar till salu, domanen ar parkerad, domænet er til salg, verkkotunnus, โดเมนนี้, ขายโดเมน, "
    "डोमेन बिक्री, "
    "domein te koop, domeinnaam is te koop, النطاق للبيع, هذا النطاق",
    "도메인 판매, 도메인을 판매, 주차된 도메인, 이 도메인은, 도메인 파킹, ドメイン販売, ドメインは売り, "
    "ドメイン名は販売, お名前.com, このドメイン, 域名出售, 域名正在出售, 此域名, 该域名, 购买域名, "
    "域名停放, 域名待售, 網域出售, 網域名稱出售, 网域名称, 域名已过期, 域名到期, 本域名, 域名可转让, "
    "域名转让, 域名注册, "
    "도메인이 만료, 도메인 만료, 등록된 도메인, 도메인을 구입, 도메인이 등록, このドメイン名, "
    "ドメインの有効期限, "
    "ドメインは登録, ドメインパーキング, 取得されています",
)
_SERVER = Lexicon(
    "welcome to nginx, apache2 default page, apache2 debian default, apache2 ubuntu default, "
    "apache http server test page, it works, iis windows server, internet information services, "
    "default web site page, this is the default index page, default index page, "
    "this is the default welcome page, default welcome page, default server page, placeholder page, "
    "default page, web server's default page, welcome to your website, your new website, is ready, "
    "iis7, iis8, iis10, microsoft internet information, cpanel, cgi sys defaultwebpage, "
    "sorry if you are the owner, great success apache is working, cpanel apache, plesk, "
    "web host edition, litespeed web server, openlitespeed, caddy works, congratulations your web server, "
    "welcome to caddy, tengine, apache tomcat, if you re seeing this, lighttpd, placeholder page, "
    "server is up and running, index of, hello world, welcome to your new site, just another wordpress site, "
    "website is under, domain is not configured, site not configured, there isn t a github pages site, "
    "no such app, project not found, the site you were looking for, there is nothing here yet, "
    "this ip is being shared, virtual host, aapanel, cyberpanel, webmin, virtualmin, froxlor, "
    "nginx ui, 1panel, "
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
    "웹서버가 정상, 설치가 완료, テストページ, サーバーは正常, 没有找到站点, 站点已创建, 宝塔, 网站建设中, "
    "如果您看到, "
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
    "maintenance, wartungsarbeiten, wartungsmodus, seite im aufbau, site suspendu, compte suspendu, "
    "site en maintenance, cuenta suspendida, sitio suspendido, sitio web suspendido, conta suspensa, "
    "site suspenso, sito sospeso, sito in manutenzione, hesap askiya, site askiya, konto zawieszone, "
    "strona zawieszona, akun ditangguhkan, situs ditangguhkan, tam ngung, bi tam khoa, bao tri, "
    "binnenkort beschikbaar, in aanbouw, kommer snart, under uppbyggnad, kommer snart, เร็วๆ นี้, "
    "जल्द आ रहा है, "
    "تم تعليق الحساب, الموقع قيد الانشاء, сайт приостановлен, хостинг отключен, аккаунт заблокирован, "
    "서비스가 중지, 사이트가 정지, サイトは停止, アカウント停止, 网站已暂停, 网站暂停, 站点已暂停, 维护中, "
    "segera hadir, sap ra mat, قريبا, 준비중, 준비 중입니다, 공사중, 工事中, 準備中, 近日公開, 建设中, "
    "建設中, 敬请期待, 即将上线",
)


_LISTING = Lexicon("index of, directory listing for, directory listing, listing of")
_FOR_SALE = Lexicon(
    "for sale, buy now, make an offer, on sale, can be yours, steht zum verkauf, zu verkaufen, a vendre, "
    "se vende, en venta, a venda, in vendita, te koop, till salu, til salg, продается, продаётся, satilik, "
    "na sprzedaz, dijual, rao ban, للبيع",
    "판매, 매각, 販売, 売ります, 譲渡, 出售, 转让, 轉讓, ขาย",
)
_SOFTWARE = {
    "nginx": "nginx",
    "openresty": "OpenResty",
    "apache2": "Apache",
    "apache http server": "Apache",
    "it works": "Apache",
    "tomcat": "Tomcat",
    "iis": "IIS",
    "internet information services": "IIS",
    "cpanel": "cPanel",
    "plesk": "Plesk",
    "litespeed": "LiteSpeed",
    "lighttpd": "lighttpd",
    "caddy": "Caddy",
    "xampp": "XAMPP",
    "ispconfig": "ISPConfig",
    "directadmin": "DirectAdmin",
    "vesta": "Vesta",
    "hestia": "Hestia",
    "centos": "CentOS",
    "宝塔": "BT panel",
    "aapanel": "aaPanel",
    "cyberpanel": "CyberPanel",
    "tengine": "Tengine",
    "froxlor": "Froxlor",
    "github pages": "GitHub Pages",
    "wordpress": "WordPress",
}
"""Words by which a default page tells whose it is."""
_NAME_SERVERS = word_set("sedoparking.com bodis.com parkingcrew.net above.com dns-parking.com parklogic.com")


class Parked(Detector):
    """Sees the structure of parking providers, for-sale signs and default pages of servers."""

    name = "parked"
    content_class = ContentClass(name="parked", rsit="other", rank=50)
    sees = MappingProxyType(
        {
            "maker": "signatures of providers in the source",
            "asked": "a fetch from a provider's host",
            "ads": "a short page that is little but links that search",
            "stub": "a stub that leads to a lander",
            "lander": "a hop to a lander",
            "sale": "words of a domain that is parked, for sale or expired",
            "server": "what a server shows before there is a site, and which server",
            "soon": "words of a site that is not there yet, or suspended",
            "titled": "such words in the title",
            "offered": "the host's own name, for sale",
        }
    )

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
            found = lexicon.found(seen.opening + seen.title)
            if name == "server" and _lists_files(seen):
                found = ()
            if found:
                server = _software(seen) if name == "server" else ""
                told = f"{what}{server}"
                yield seen.signal(name, (weight + 0.1 * (len(found) - 1)) * room, f"{told}: {listed(found)}")
        if room and (offer := _offered(seen)):
            yield seen.signal(
                "offered", 0.75 * room, f"it says that its own name is for sale: {quote(offer)}"
            )
        if _lists_files(seen):
            return
        if room and (word := _SERVER_TITLE.first(seen.title) or _SALE.first(seen.title)):
            yield seen.signal("titled", 0.3 * room, f"the title says {quote(word)}")


def _lists_files(seen: View) -> bool:
    """Whether it is a folder that holds something: its server has a site, if one without pages."""
    return bool(_LISTING.first(seen.title)) and seen.link_count >= 4


def _offered(seen: View) -> str:
    """Return the title or heading that offers the host's own name."""
    own = fold(registrable(seen.page.host))
    told = (seen.title, *seen.headings[:3])
    return next((text.strip() for text in told if own in text and _FOR_SALE.first(text)), "")


def _software(seen: View) -> str:
    text = f"{seen.title}{seen.opening}"
    found = next((software for word, software in _SOFTWARE.items() if word in text), "")
    return f" ({found})" if found else ""


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
    asked = [connection.host for connection in seen.page.visit.connections[:200]]
    if host := next((host for host in asked if registrable(host) in _NAME_SERVERS), ""):
        yield seen.signal("asked", 0.7, f"it fetched from {quote(host)}, which serves parked pages")
    if seen.length < 4_000 and (ads := _ads(seen)) >= 4:
        yield seen.signal(
            "ads", 0.3, f"a short page that is little but {ads} bare advertisements or searches"
        )
    if len(source) < 2_000 and any(stub in source for stub in _STUBS):
        yield seen.signal("stub", 0.9, "a stub that leads to a parking lander, as GoDaddy's")
    if any(hop.url.split("?", 1)[0].endswith("/lander") for hop in seen.page.hops):
        yield seen.signal("lander", 0.7, "it led to /lander, as GoDaddy's parked pages do")


def _ads(seen: View) -> int:
    """Count short links that search, or that lead away through a tracker: an ad lander's own."""
    if seen.link_count > 40:
        return 0
    marks = (
        "?q=",
        "&q=",
        "query=",
        "/search",
        "caf",
        "/click",
        "/go?",
        "/rd?",
        "/_tr",
        "?tr=",
        "&kw=",
        "?kw=",
    )
    return sum(
        not link.button and len(link.label) < 60 and any(mark in link.href for mark in marks)
        for link in seen.links
    )


def _room(seen: View) -> float:
    """How much of a page such a sentence can be: all of a short one, nothing of a long one."""
    if seen.length > 6_000 or seen.link_count > 60:
        return 0.0
    return 1.0 if seen.length < 1_500 else 0.8 if seen.length < 4_000 else 0.4
