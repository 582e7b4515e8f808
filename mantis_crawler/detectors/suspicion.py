"""Suspicion: what makes a page that asks or hands out something look like a lure."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.brands import Brand, strangers
from mantis_crawler.detectors.download import is_app
from mantis_crawler.detectors.forms import Asks, Form, credential_form, forms
from mantis_crawler.detectors.hosts import dynamic_suffix, is_address, random_label, registrable, same_site
from mantis_crawler.detectors.view import View, attribute, view
from mantis_crawler.detectors.words import Lexicon, fold, listed, quote, word_set
from mantis_crawler.items import ContentClass, Outcome, Page, Signal

_SEGMENTS = re.compile(r"[|–—:·•»«(),/!]| - ")
_FILLER = word_set(
    "log in login sign signin on to your my account accounts id welcome official site home page online "
    "secure security banking web mobile app please continue verify verification and or up the a an with "
    "for of at bei de la le el il mon ma compte connexion identifiez vous anmelden anmeldung konto mein "
    "iniciar sesion cuenta mi entrar conta accedi giris yap hesap hesabi se connecter portal center "
    "centre service services customer kundencenter support sso tracking track parcel delivery package "
    "suivi colis sendungsverfolgung inc ltd gmbh corp co com jp form password required member zaloguj "
    "sie вход личный кабинет войти ログイン アカウント サインイン 로그인 登录 登入 公式 公式サイト"
)
_URGE = Lexicon(
    "update to the latest, latest version, new version, update your browser, please update, update chrome, "
    "latest chrome, log in again, re login, sign in again, security risk, account is abnormal, abnormal, "
    "suspended, unusual activity, verify your, has been released, virus, infected, improve security, "
    "better experience, your parcel, your package, redelivery, confirm your",
    "neueste version, neuesten version, aktualisieren sie, bitte aktualisieren, erneut anmelden, "
    "melden sie sich erneut, sicherheitsrisiko, ungewohnliche, ihr paket, bestatigen sie",
    "derniere version, mettre a jour, mettez a jour, meilleure experience, reconnectez, reconnecter, "
    "vous reconnecter, anomalie, anormal*, suspendu, votre colis",
    "ultima version, actualice, actualizar, actualiza, vuelva a iniciar, inicie sesion de nuevo, anomalia, "
    "suspendida, su paquete",
    "ultima versione, aggiorna, aggiornare, aggiornate, accedi di nuovo, accedere di nuovo, anomalo, "
    "sospeso, il tuo pacco",
    "ultima versao, atualize, atualizar, entre novamente, iniciar sessao novamente, anormal, suspensa, "
    "sua encomenda",
    "последней версии, обновите, обновить, войдите снова, подозрительн*, son surum*, guncelleyin, "
    "guncelleme*, tekrar giris, yeniden giris, anormallik, kargonuz",
    "najnowszej wersji, zaktualizuj*, zaloguj sie ponownie, versi terbaru, perbarui, masuk kembali, "
    "phien ban moi nhat, cap nhat, dang nhap lai, أحدث إصدار, تحديث, تسجيل الدخول مرة",
    "最新バージョン, アップデートして, 再度ログイン, 再ログイン, 安全異常, 不正利用, セキュリティ向上, "
    "本人認証, 異常, 更新してください, お荷物",
    "최신 버전, 최신버전, 업데이트, 다시 로그인, 재로그인, 비정상, 보안 강화, 새로운 버전, 새 버전, "
    "이용정지, 택배",
    "最新版本, 更新至, 请更新, 請更新, 重新登录, 重新登入, 帐号异常, 帳號異常, 账户异常, 安全风险, "
    "安全風險, 包裹",
)
# Names of brands that honest host names use as words.
_COMMON = word_set(
    "orange chase ledger phantom halifax hermes meta line poste posten find bring caf ing citi steam outlook"
)
_STORES = word_set(
    "google.com apple.com huawei.com samsung.com amazon.com f-droid.org xiaomi.com oppo.com vivo.com.cn"
)
_EVAL = re.compile(r"\beval\s{0,5}\(|\bnew\s{1,5}function\s{0,5}\(|settimeout\s{0,5}\(\s{0,5}string\.")


class Suspicion(Detector):
    """Sees reasons to take a page that asks for a credential, or hands out an app, for a lure."""

    name = "suspicion"
    content_class = ContentClass(name="suspicion", rank=-1)

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield reasons, the page's own deeds before what its host's name says."""
        seen = view(page)
        form = credential_form(forms(seen))
        baits = bool(form) or bool(page.downloads) or page.outcome is Outcome.DOWNLOAD
        yield from _handed_out(seen)
        yield from _dialogs(seen)
        yield from _script(seen)
        if form is not None:
            yield from _posts(seen, form)
            yield from _asks(seen, form)
        if baits or page.dialogs:
            yield from _borrowed(seen, asks=form is not None)
            yield from _host(seen)


def _handed_out(seen: View) -> Iterator[Signal]:
    apps = [item for item in seen.page.downloads[:5] if is_app(item)]
    if apps and registrable(seen.page.host) not in _STORES:
        kind = "profile" if apps[0].type == "mobileconfig" else "app"
        yield seen.signal(
            "app", 0.45, f"an {kind} came unasked, from a host that is no app store".replace("an p", "a p")
        )
        if seen.page.dialogs:
            yield seen.signal("app_dialog", 0.5, "the app came after a dialog")


def _dialogs(seen: View) -> Iterator[Signal]:
    if words := _URGE.found(seen.dialogs, 4):
        yield seen.signal("dialog", 0.6, f"a dialog urges: {listed(words)}")


def _script(seen: View) -> Iterator[Signal]:
    source = seen.source
    if not _EVAL.search(source):
        return
    if "fromcharcode" in source:
        yield seen.signal("charcodes", 0.5, "a script runs code that it makes out of character codes")
    elif "eval(atob(" in source or "eval(unescape(" in source or "eval(decodeuricomponent(" in source:
        yield seen.signal("decodes", 0.35, "a script runs code that it decodes first")


def _posts(seen: View, form: Form) -> Iterator[Signal]:
    here = urlsplit(seen.page.url)
    try:
        target = urlsplit(urljoin(seen.page.url, form.action))
        host = target.hostname or ""
    except ValueError:
        return
    if "api.telegram.org" in seen.source:
        yield seen.signal("telegram", 0.8, "the page talks to a Telegram bot")
    if host and target.scheme in {"http", "https"} and not same_site(host, seen.page.host):
        yield seen.signal("posts_away", 0.45, f"the form posts to another site, {quote(registrable(host))}")
    if here.scheme == "https" and target.scheme == "http":
        yield seen.signal("posts_clear", 0.35, "the form posts in the clear from a page that came encrypted")
    elif here.scheme == "http" and not is_address(seen.page.host):
        yield seen.signal("plain_http", 0.25, "a credential is asked for over plain http")


def _asks(seen: View, form: Form) -> Iterator[Signal]:
    bare = [asks.value for asks in (Asks.CARD, Asks.CODE, Asks.SEED) if form.count(asks)]
    if bare:
        yield seen.signal("asks_money", 0.35, f"its first page asks for {' and '.join(bare)}")


def _borrowed(seen: View, *, asks: bool) -> Iterator[Signal]:
    host = seen.page.host
    foreign = tuple(strangers(host))
    claims = [fold(segment) for segment in _SEGMENTS.split(seen.title_text)]
    claims += [*seen.headings[:4], *_logos(seen)]
    bare = {_bare(claim) for claim in claims}
    brand = next((item for item in foreign if bare & {_bare(name) for name in item.names}), None)
    if brand:
        yield seen.signal("brand_self", 0.7, f"it calls itself {brand.label}, which does not own the host")
    if said := _named(foreign, seen.dialogs):
        yield seen.signal(
            "brand_dialog", 0.5, f"a dialog speaks of {said.label}, which does not own the host"
        )
    if asks and not brand and (said := _named(foreign, seen.title) or _mentioned(foreign, seen)):
        yield seen.signal("brand_named", 0.4, f"it speaks of {said.label}, which does not own the host")
    if borrowed := _in_host(foreign, host):
        yield seen.signal(
            "brand_host", 0.45, f"its host's name uses {quote(borrowed)}, whose owner does not own it"
        )
    if asks and not brand and _misnamed(seen):
        yield seen.signal("misnamed", 0.2, "its title names somebody whom its host's name does not")


def _bare(claim: str) -> str:
    words = claim.split()
    return " ".join(word for word in words if word not in _FILLER) or " ".join(words)


def _logos(seen: View) -> Iterator[str]:
    for node in seen.nodes("img[alt]", 5):
        around = node.parent
        if around is not None and around.tag not in {"button", "a"}:
            yield fold(attribute(node, "alt", 80)).replace(" logo ", " ")


def _named(foreign: tuple[Brand, ...], folded: str) -> Brand | None:
    return next(
        (
            brand
            for brand in foreign
            if any(mark.strip() in folded if _wide(mark) else mark in folded for mark in brand.marks)
        ),
        None,
    )


def _wide(mark: str) -> bool:
    return any(character > "\u1100" for character in mark)


def _mentioned(foreign: tuple[Brand, ...], seen: View) -> Brand | None:
    """A short page that speaks of a brand; not one that offers to sign in with it."""
    if seen.length > 700:
        return None
    brand = _named(foreign, seen.opening)
    offered = brand and any(_named((brand,), label) for label in (link.label for link in seen.links[:60]))
    return None if offered else brand


def _in_host(foreign: tuple[Brand, ...], host: str) -> str:
    labels = set(re.split(r"[.-]", host))
    names = (name.strip() for brand in foreign for name in brand.names)
    return next(
        (name for name in names if name.isascii() and len(name) >= 3 and name in labels - _COMMON), ""
    )


def _misnamed(seen: View) -> bool:
    words = [
        word for word in _bare(seen.title).split() if word.isascii() and word.isalpha() and len(word) > 3
    ]
    if not words or is_address(seen.page.host):
        return False
    host = seen.page.host.replace("-", "").replace(".", "")
    initials = "".join(word[0] for word in seen.title.split() if word.isascii())
    own = registrable(seen.page.host).split(".", 1)[0]
    return (
        not any(word[:5] in host for word in words)
        and own not in initials
        and own not in seen.title.replace(" ", "")
    )


def _host(seen: View) -> Iterator[Signal]:
    host = seen.page.host
    if is_address(host):
        yield seen.signal("address", 0.4, "its host is a bare address")
    elif suffix := dynamic_suffix(host):
        yield seen.signal("dynamic", 0.35, f"its host's name is dynamic DNS, under {suffix}")
    if label := random_label(host):
        yield seen.signal("random", 0.25, f"nobody could say {quote(label)} in its host's name")
