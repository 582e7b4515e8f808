"""Download: a page that is there to make its visitor fetch a file, or that hands one out."""

from collections.abc import Iterator

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Download, Outcome, Page, Signal

APPS = frozenset({"apk", "xapk", "mobileconfig", "ipa", "exe", "msi", "dmg", "pkg", "jar"})
"""Download types, by content, that are run or installed."""
_APP_ENDINGS = (".apk", ".xapk", ".apks", ".apkm", ".mobileconfig", ".ipa", ".aab")
_SOFTWARE_ENDINGS = (".exe", ".msi", ".dmg", ".pkg", ".appimage", ".deb", ".zip", ".rar", ".7z")
_HOSTS = (
    "mediafire.com/file",
    "mega.nz/",
    "drive.google.com/uc",
    "/releases/download/",
    "apkpure.",
    "dropbox.com/s/",
    "zippyshare.com",
)
_STORES = (
    "play.google.com/store/apps",
    "apps.apple.com/",
    "itunes.apple.com/",
    "appgallery.",
    "testflight.apple.com",
)
_INSTALL_SCHEMES = ("itms-services:", "intent:", "market:")
_URGE = Lexicon(
    "download, downloads, install, get apk, download apk, download app, get the app, install app, "
    "update now, update, download now",
    "herunterladen, installieren, aktualisieren, jetzt laden, telecharger, telechargez, telechargement*, "
    "installer, installez, mettre a jour, descargar, descarga, instalar, actualizar, baixar, baixe, "
    "atualizar, scarica, scaricare, installa, aggiorna",
    "скачать, установить, обновить, indir, yukle, guncelle, hemen indir, pobierz, zainstaluj, unduh, "
    "pasang, tai ve, tai xuong, cai dat, تحميل, تنزيل, تثبيت, حمل",
    "다운로드, 설치, 업데이트, 앱 설치, 내려받기, ダウンロード, インストール, アップデート, 下载, 下載, "
    "安装, 安裝, 更新",
)
_TITLE = Lexicon(
    "apk, mod apk, download, downloads, app download, install",
    "herunterladen, telecharger, telechargement*, descargar, descarga, baixar, scarica, скачать, indir, "
    "pobierz, unduh, download apk, tai, tai ve, تحميل, تنزيل, 다운로드, ダウンロード, 下载, 下載",
)
_TALK = Lexicon(
    "download for android, download for ios, download for windows, android version, ios version, "
    "get it on google play, available on google play, download on the app store, add to home screen, "
    "apk file, free download, trust this app, install from unknown, enable installation, app info, "
    "what s new in, version history, supported android",
    "apk, mod apk, unknown sources, please install, install the client, install it, our app, mobile app,  "
    "install the app, download the app, latest version, file size, android app, download will start, "
    "download starts, download should start, app size, how to install, android 5, requires android, "
    "ios app, installation guide",
    "unbekannte quellen, sources inconnues, origenes desconocidos, fontes desconhecidas, "
    "fuentes desconocidas, origini sconosciute, неизвестных источников, неизвестные источники, "
    "bilinmeyen kaynaklar, nieznanych zrodel, sumber tidak dikenal, nguon khong xac dinh, "
    "مصادر غير معروفة, 출처를 알 수 없는, 提供元不明, 未知来源, 未知應用, 安卓版, ios版, 安卓下载, "
    "苹果下载, 下载app, 앱 다운로드, 最新バージョン",
)


class Fetch(Detector):
    """Sees files that were handed out, links to apps, and words that urge to install."""

    name = "download"
    content_class = ContentClass(name="download", victim=True, rsit="malware-distribution", rank=60)

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield the file first, then the offer of one."""
        seen = view(page)
        yield from _files(seen)
        yield from _offer(seen)


def _files(seen: View) -> Iterator[Signal]:
    for download in seen.page.downloads[:5]:
        weight = 0.97 if is_app(download) else 0.8
        yield seen.signal(
            "file", weight, f"the page handed out {quote(download.name)}, by content {download.type}"
        )
    if not seen.page.downloads and seen.page.outcome is Outcome.DOWNLOAD:
        yield seen.signal("ended", 0.9, "the visit ended in a file")


def is_app(download: Download) -> bool:
    """Return whether a file is run or installed, by content or by name."""
    return download.type in APPS or download.name.lower().endswith(_APP_ENDINGS)


def _offer(seen: View) -> Iterator[Signal]:
    apps = [link.href for link in seen.links if _is_app_link(link.href)]
    stores = [link.href for link in seen.links if any(mark in link.href for mark in _STORES)]
    hosted = [link.href for link in seen.links if any(mark in link.href for mark in _HOSTS)]
    software = [link.href for link in seen.links if _path(link.href).endswith(_SOFTWARE_ENDINGS)]
    urging = [link for link in seen.links if len(link.label) < 70 and _URGE.first(link.label)]
    share = _share(seen, len(apps) + len(urging))
    for hrefs, weight, what in (
        (apps, 0.6, "lead to an app"),
        (hosted, 0.4, "lead to a file on a file host"),
        (software, 0.35, "lead to a program"),
    ):
        if hrefs:
            yield seen.signal(
                "links", weight * share, f"{len(hrefs)} links {what}, such as {quote(hrefs[0])}"
            )
            break
    else:
        if any(mark in seen.source for mark in (".apk", ".mobileconfig", "itms-services:")):
            yield seen.signal("script", 0.4 * share, "a script of it names an app's file")
    if stores and seen.length < 1_500 and seen.link_count < 15:
        yield seen.signal("store", 0.2 * share, "it links to an app store")
    yield from _urges(seen, [link.label.strip() for link in urging], share)


def _urges(seen: View, labels: list[str], share: float) -> Iterator[Signal]:
    if labels:
        buttons = listed(dict.fromkeys(labels), 3)
        alone = seen.length < 400 and seen.link_count <= 2 * len(labels)
        weight = (0.55 if alone else 0.4) * share
        yield seen.signal("urge", weight, f"links and buttons urge to fetch it: {quote(buttons)}")
    if word := _TITLE.first(seen.title) or _TITLE.any_of(seen.headings[:2]):
        yield seen.signal("titled", 0.35 * share, f"the title or a heading says {quote(word)}")
    if talk := _TALK.found(seen.words):
        yield seen.signal(
            "talk", min(0.2 * len(talk), 0.5) * share, f"it talks of installing: {listed(talk)}"
        )
    if word := _URGE.first(seen.dialogs):
        yield seen.signal("dialog", 0.3, f"a dialog urges to {quote(word)}")


def _share(seen: View, offers: int) -> float:
    """How much of the page is the offer: a link among a hundred is not what the page is for."""
    crowd = min(max((seen.link_count - 25) / 150, (seen.length - 5_000) / 15_000, 0.0), 1.0)
    dense = min(2 * offers / max(seen.link_count, 1), 1.0)
    named = bool(_TITLE.first(seen.title) or _TITLE.any_of(seen.headings[:2]))
    aside = 0.0 if named or seen.link_count <= 20 else 0.35
    return max(1.0 - (0.7 * crowd + aside) * (1.0 - dense), 0.0)


def _is_app_link(href: str) -> bool:
    path = _path(href)
    return path.endswith(_APP_ENDINGS) or ".apk/" in path or path.startswith(_INSTALL_SCHEMES)


def _path(href: str) -> str:
    return href.lower().split("?", 1)[0].split("#", 1)[0]
