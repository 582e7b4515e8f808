"""Kits that hand out an app, or a profile for an iPhone."""

from collections.abc import Iterator
from functools import partial

from mantis_crawler.lab.apk import apk, mobileconfig
from mantis_crawler.lab.pages import page
from mantis_crawler.lab.sheet import Kit
from mantis_crawler.lab.site import Family, Reply, Request, Site
from mantis_crawler.lab.stock import missing

_APK = "application/vnd.android.package-archive"
_PROFILE = "application/x-apple-aspen-config"
_STORE = {
    "title": "Caderneta Segura - Apps",
    "app": "Caderneta Segura",
    "maker": "Equipa Caderneta",
    "stars": "4,8 estrelas · 1 mi de transferências",
    "button": "Instalar",
    "about": "Sobre esta aplicação",
    "text": "Transfira a aplicação (APK) e permita fontes desconhecidas para proteger a sua conta.",
    "file": "/caderneta-segura.apk",
}
_AUTO = {
    "title": "Pembaruan Keamanan",
    "app": "Kurir Melati",
    "maker": "Kurir Melati",
    "stars": "",
    "button": "Unduh aplikasi",
    "about": "Unduhan dimulai otomatis",
    "text": "Jika unduhan APK tidak dimulai, ketuk tombol di atas, lalu buka berkas dan instal.",
    "file": "/resi-paket.apk",
}
_PHONE = {
    "title": "通信設定のお知らせ",
    "app": "みさき通信 設定アシスト",
    "maker": "みさき通信",
    "stars": "",
    "button": "設定をダウンロード",
    "about": "設定方法",
    "text": "ダウンロード後、「設定」アプリを開いてプロファイルをインストールしてください。",
    "file": "/setup",
}


class Store(Family):
    """What wants to be installed."""

    name = "store"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield one site of each kit."""
        yield _kit("page", "apps.{7}.top", "pt", "br", partial(_page, seed)).site(seed)
        yield _kit("auto", "resi-{6}.xyz", "id", "id", partial(_auto, seed)).site(seed)
        yield _kit("profile", "{8}.top", "ja", "jp", partial(_profile, seed)).site(seed)


def _kit(design: str, shape: str, language: str, country: str, answer: partial[Reply]) -> Kit:
    return Kit(design=f"store-{design}", shape=shape, language=language, country=country, answer=answer)


def _page(seed: int, request: Request) -> Reply:
    """A store page: nothing is handed out before a tap."""
    if request.path == _STORE["file"]:
        return Reply(body=apk(seed, request.host, request.count), type=_APK)
    if request.path != "/":
        return missing()
    return Reply(body=page("store/app", "pt", _STORE, refresh=""))


def _auto(seed: int, request: Request) -> Reply:
    """A page whose download starts by itself, on an Android phone."""
    if request.path == _AUTO["file"] and request.device == "android":
        name = {"Content-Disposition": 'attachment; filename="resi-paket.apk"'}
        return Reply(
            body=apk(seed, request.host, request.count), type="application/octet-stream", headers=name
        )
    if request.path != "/":
        return missing()
    starts = request.device == "android"
    return Reply(body=page("store/app", "id", _AUTO, refresh=_AUTO["file"] if starts else ""))


def _profile(seed: int, request: Request) -> Reply:
    """A profile for an iPhone, an app for an Android phone, nothing for others."""
    if request.device == "desktop":
        return missing()
    if request.path == "/":
        return Reply(body=page("store/app", "ja", _PHONE, refresh="/setup"))
    if request.path != "/setup":
        return missing()
    if request.device == "iphone":
        return Reply(body=mobileconfig(request.host, "Network setup"), type=_PROFILE)
    return Reply(body=apk(seed, request.host, request.count), type=_APK)
