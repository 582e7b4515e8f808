"""Download: a page that is there to make its visitor fetch a file, or that hands one out."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, listed, quote
from mantis_crawler.items import ContentClass, Download, Outcome, Page, Signal

APPS = frozenset({"apk", "xapk", "mobileconfig", "ipa", "exe", "msi", "dmg", "pkg", "jar"})
"""Download types, by content, that are run or installed."""
_APP_ENDINGS = (".apk", ".xapk", ".apks", ".apkm", ".mobileconfig", ".ipa", ".aab")
_SOFTWARE_ENDINGS = (".exe", ".msi", ".dmg", ".pkg", ".appimage", ".deb", ".zip", ".rar", ".7z")
_TYPES = frozenset(("softwareapplication", "mobileapplication", "videogame", "webapplication"))
_APP_HOSTS = frozenset(("apk", "mod", "download", "install", "uptodown", "softonic", "app"))
_HOSTS = (
    "mediafire.com/file",
    "mega.nz/",
    "drive.google.com/uc",
    "/releases/download/",
    "apkpure.",
    "apkmirror.com",
    "uptodown.com",
    "drive.usercontent.google.com",
    "file-upload",
    "mega.co.nz",
    "pixeldrain.com",
    "gofile.io",
    "anonfiles",
    "github.com/releases",
    "workupload.com",
    "1drv.ms/",
    "pan.baidu.com",
    "lanzou",
    "terabox",
    "dropbox.com/s/",
    "zippyshare.com",
)
_STORES = (
    "play.google.com/store/apps",
    "apps.apple.com/",
    "itunes.apple.com/",
    "appgallery.",
    "testflight.apple.com",
    "apps.microsoft.com",
    "galaxystore.samsung.com",
    "onestore.co.kr",
    "appstore.",
)
_INSTALL_SCHEMES = ("itms-services:", "intent:", "market:")
_URGE = Lexicon(
    "download, downloads, install, get apk, download apk, download app, get the app, install app, "
    "update now, update, download now",
    "get it now, get started free, download free, free download, download latest, download mod, "
    "download for, install now, get the apk, "
    "herunterladen, installieren, aktualisieren, jetzt laden, telecharger, telechargez, telechargement*, "
    "installer, installez, mettre a jour, descargar, descarga, instalar, actualizar, baixar, baixe, "
    "atualizar, scarica, scaricare, installa, aggiorna, descarrega, baixar agora, obtener, downloaden, "
    "installeren, ladda ner, hent, last ned, lataa",
    "скачать, установить, обновить, indir, yukle, guncelle, hemen indir, pobierz, zainstaluj, unduh, "
    "ดาวน์โหลด, ติดตั้ง, डाउनलोड, इंस्टॉल, zaktualizuj, instaluj, sciagnij, unduh sekarang, ücretsiz indir, "
    "загрузить, скачать бесплатно, pasang, tai ve, tai xuong, cai dat, تحميل, تنزيل, تثبيت, حمل",
    "다운로드, 설치, 업데이트, 앱 설치, 내려받기, ダウンロード, インストール, アップデート, 下载, 下載, "
    "安装, 安裝, 更新, 立即下载, 立即下載, 点击下载, 免费下载, 받기, 다운받기, 설치하기, 入手, "
    "今すぐダウンロード",
)
_TITLE = Lexicon(
    "apk*, mod apk, download, downloads, app download, install, mod menu, apps mod, get the app",
    "herunterladen, telecharger, telechargement*, descargar, descarga, baixar, scarica, скачать, indir, "
    "pobierz, unduh, download apk, tai, tai ve, تحميل, تنزيل, 다운로드, ダウンロード, 下载, 下載",
)
_TALK = Lexicon(
    "download for android, download for ios, download for windows, android version, ios version, "
    "get it on google play, available on google play, download on the app store, add to home screen, "
    "apk file, free download, trust this app, install from unknown, enable installation, app info, "
    "what s new in, version history, supported android",
    "apk, mod apk, unknown sources, please install, install the client, install it, our app, mobile app,  "
    "client installed, modded apps, modded games, apk download, download links, downloads, mb download, "
    "jogos modificados, aplicativos modificados, juegos modificados, earning app*, best earning, "
    "install the app, download the app, latest version, file size, android app, download will start, "
    "download starts, download should start, app size, how to install, android 5, requires android, "
    "ios app, installation guide, allow from this source, install unknown apps, settings security, "
    "virus free, scan the qr code to download, unlimited money, mod menu, premium unlocked, no root, "
    "package name, minimum android, mod features, app apk, android apk, version, developer, updated on, "
    "file manager, sideload*, trust developer, vpn device management, profile downloaded, install profile, "
    "click the download button, your download, earn money app, refer and earn",
    "unbekannte quellen, sources inconnues, origenes desconocidos, fontes desconhecidas, "
    "fuentes desconocidas, origini sconosciute, неизвестных источников, неизвестные источники, "
    "bilinmeyen kaynaklar, nieznanych zrodel, sumber tidak dikenal, nguon khong xac dinh, "
    "مصادر غير معروفة, 출처를 알 수 없는, 提供元不明, 未知来源, 未知應用, 安卓版, ios版, 安卓下载, "
    "fuentes desconocidas, aplicacion gratis, descargar gratis, ultima version, version android, "
    "derniere version, telecharger gratuitement, kostenlos herunterladen, letzte version, neueste version, "
    "son surum, hileli, apk indir, mod apk indir, uygulamayi indir, скачать бесплатно, последняя версия, "
    "мод, взлом, на андроид, установите приложение, aplikasi, versi terbaru, unduh aplikasi, tai app, "
    "phien ban moi nhat, tai mien phi, التطبيق, تحميل التطبيق, اخر اصدار, apk مهكرة, تطبيق, "
    "앱을 설치, 앱 설치, 설치 방법, 최신 버전, 알 수 없는 앱, 설치를 허용, アプリをダウンロード, "
    "インストール方法, "
    "提供元不明のアプリ, プロファイル, 信任, 企业级应用, 安装教程, 安装包, 扫码下载, 下载安装, 应用下载, "
    "最新版, "
    "苹果下载, 下载app, 앱 다운로드, 最新バージョン",
)


_WARNING = Lexicon(
    "beware, scam, scams, fraud, phishing, never ask, will never, do not install, don t install",
    "vorsicht, betrug*, warnung vor, niemals, arnaque*, fraude*, escroquerie, estafa*, golpe*, nunca, "
    "truffa, truffe, non chiederemo mai",
    "мошенник*, мошенничеств*, никогда не, dolandirici*, asla, oszustwo, oszust*, nigdy, waspada*, penipuan, "
    "tidak pernah, lua dao, khong bao gio, احتيال, oplichting",
    "詐欺, ご注意, 사기, 피싱, 谨防, 诈骗, 詐騙, 切勿",
)
"""What pages say that warn of apps from elsewhere."""
_SIZE = re.compile(r"\b\d{1,4}(?:[.,]\d{1,2})? ?[MG]B\b")
_VERSION = re.compile(r"\b[vV](?:ersion)?[ .]{0,2}\d{1,3}(?:\.\d{1,4}){1,3}\b")
_NEEDS = re.compile(
    r"\b(?:Android|iOS) ?\d{1,2}(?:\.\d)?(?:\+| ?(?:and|or|o|y|ve|und|et|以上|이상))", re.IGNORECASE
)
_BADGE = Lexicon(
    "get it on google play, available on the app store, download on the app store, google play badge, "
    "android app on google play, google play, app store, disponible en google play, "
    "disponible sur google play, "
    "jetzt bei google play, disponivel no google play, disponibile su google play, доступно в google play, "
    "google play den indirin, google play で手に入れよう, google play에서 다운로드"
)


class Fetch(Detector):
    """Sees files that were handed out, links to apps, and words that urge to install."""

    name = "download"
    content_class = ContentClass(name="download", victim=True, rsit="malware-distribution", rank=60)
    sees = MappingProxyType(
        {
            "file": "a file that was handed out, by content",
            "ended": "a visit that ended in a file",
            "links": "links to apps, programs and file hosts",
            "script": "an app's file named in a script",
            "store": "a short page that links to an app store",
            "urge": "links and buttons that urge to fetch it",
            "titled": "such words in title or headings",
            "talk": "words about installing, versions, unknown sources",
            "dialog": "a dialog that urges",
            "declared": "schema.org types of apps",
            "facts": "size, version or needed system of an app",
            "badge": "a store's badge that does not lead to the store",
            "host": "a word of the trade in the host's name",
        }
    )

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
    yield from _described(seen, share)
    if stores and seen.length < 1_500 and seen.link_count < 15:
        yield seen.signal("store", 0.2 * share, "it links to an app store")
    pushed = bool(apps or stores or hosted or software) or any(link.button for link in urging)
    yield from _urges(seen, [link.label.strip() for link in urging], share, pushed=pushed)


def _described(seen: View, share: float) -> Iterator[Signal]:
    """Yield what tells that a page describes an app: its type, size and version, a store's badge."""
    if types := sorted(seen.schema_types & _TYPES):
        yield seen.signal("declared", 0.3 * share, f"it declares itself {listed(types)} (schema.org)")
    facts = [
        found[0] for pattern in (_SIZE, _VERSION, _NEEDS) if (found := pattern.search(seen.text[:6_000]))
    ]
    if facts:
        weight = min(0.15 * len(facts), 0.35) * share
        yield seen.signal(
            "facts", weight, f"it tells an app's size, version or needs: {quote(listed(facts))}"
        )
    badges = [link for link in seen.links[:200] if not link.button and _BADGE.first(link.label)]
    if badges and not any(mark in link.href for link in badges for mark in _STORES):
        yield seen.signal("badge", 0.4, "a badge of an app store does not lead to that store")
    labels = set(re.split(r"[\d.-]+", seen.page.host))
    if part := sorted(labels & _APP_HOSTS) or ["apk"] * ("apk" in seen.page.host):
        yield seen.signal("host", 0.2 * share, f"its host's name says {quote(part[0])}")


def _urges(seen: View, labels: list[str], share: float, *, pushed: bool) -> Iterator[Signal]:
    if labels:
        buttons = listed(dict.fromkeys(labels), 3)
        alone = seen.length < 400 and seen.link_count <= 2 * len(labels)
        weight = (0.55 if alone else 0.4 if pushed else 0.25) * share
        yield seen.signal("urge", weight, f"links and buttons urge to fetch it: {quote(buttons)}")
    if word := _TITLE.first(seen.title) or _TITLE.any_of(seen.headings[:2]):
        yield seen.signal("titled", 0.35 * share, f"the title or a heading says {quote(word)}")
    if talk := _TALK.found(seen.words):
        warns = not (labels or pushed or seen.page.downloads) and _WARNING.first(seen.words)
        here = 0.3 if warns else 1.0
        yield seen.signal(
            "talk", min(0.2 * len(talk), 0.5) * share * here, f"it talks of installing: {listed(talk)}"
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
