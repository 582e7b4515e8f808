"""Suspicion: what makes a page that asks or hands out something look like a lure."""

import re
from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.brands import SOFTWARE, Brand, strangers
from mantis_crawler.detectors.claims import COMMON, EVERYWHERE, GENERIC, bare, called_otherwise, claimed
from mantis_crawler.detectors.copies import copied, shown
from mantis_crawler.detectors.download import is_app
from mantis_crawler.detectors.forms import SECRETS, Asks, Form, credential_form, forms
from mantis_crawler.detectors.hosts import (
    cheap_ending,
    dynamic_suffix,
    free_host,
    is_address,
    pushing_words,
    random_label,
    registrable,
    same_site,
)
from mantis_crawler.detectors.login import drawn, owed
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, fold, listed, quote, word_set
from mantis_crawler.items import ContentClass, Outcome, Page, Signal

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
_STORES = word_set(
    "google.com apple.com huawei.com samsung.com amazon.com f-droid.org xiaomi.com oppo.com vivo.com.cn"
)
_MAILERS = (
    "discord.com/api/webhooks",
    "discordapp.com/api/webhooks",
    "formspree.io",
    "formsubmit.co",
    "api.emailjs.com",
    "smtpjs.com",
    "script.google.com/macros",
    "submit-form.com",
    "getform.io",
    "web3forms.com",
    "formcarry.com",
    "webhook.site",
    "pipedream.net",
    "firebaseio.com",
    "supabase.co/rest",
    "jotform.com/submit",
)
"""Services that send a form on to anybody's mailbox, chat or table."""
_LOCKED = re.compile(
    r"oncontextmenu\s{0,3}=\s{0,3}[\"']\s{0,3}return false|devtoolschange|keycode\s{0,3}==?=?\s{0,3}123"
)
_PRESSURE = Lexicon(
    "will be suspended, has been suspended, been suspended, will be locked, has been locked, "
    "account is locked, "
    "account locked, been limited, limited access, account limited, temporarily limited, unusual activity, "
    "unusual sign in, suspicious activity, within 24 hours, within 48 hours, expires today, expire today, "
    "will expire, avoid suspension, avoid fees, avoid penalty, final notice, last warning, immediately, "
    "could not be delivered, delivery failed, failed delivery, missed delivery, pay the fee, shipping fee, "
    "customs fee, redelivery fee, unpaid toll, outstanding balance, unpaid balance, amount due, claim your, "
    "you have won, refund is, tax refund, mailbox storage full, storage full, messages are pending, "
    "restore access, verify your account, confirm your identity, update your payment, payment declined, "
    "payment failed, verified badge, free followers, to avoid, reactivate your account, on hold, "
    "re delivery fee, within 12 hours, unauthorised access, unauthorized access, unknown device, "
    "to cancel it, was not you, wasn t you",
    "wird gesperrt, wurde gesperrt, gesperrt, lauft heute ab, lauft ab, innerhalb von 24, eingeschrankt, "
    "ungewohnliche aktivitat, konnte nicht zugestellt, zollgebuhr*, zustellgebuhr, offene forderung, "
    "letzte mahnung, steuererstattung, bestatigen sie ihre, zahlung fehlgeschlagen, verlangern, "
    "unbefugter zugriff, unbekanntes gerat, innerhalb von 12, adresse unvollstandig",
    "sera suspendu, a ete suspendu, sera bloque, a ete bloque, bloque, expire aujourd hui, sous 24 heures, "
    "sous 24h, activite inhabituelle, n a pas pu etre livre, frais de port, frais de douane, "
    "frais de livraison, amende impayee, derniere relance, remboursement de, mettre a jour vos informations, "
    "paiement refuse, confirmer votre identite, regularisez, nouvel appareil, appareil inconnu, "
    "acces non autorise, annuler cette operation, pour annuler, sous 12 heures, adresse incomplete",
    "sera suspendida, ha sido suspendida, ha sido bloqueada, bloqueada, caduca hoy, en 24 horas, "
    "actividad inusual, no pudo ser entregado, gastos de envio pendientes, tasa de aduana, multa pendiente, "
    "ultimo aviso, devolucion de impuestos, verifique su, pago rechazado, actualice sus datos, "
    "ha sido limitada, restablecer el acceso, acceso no autorizado, dispositivo desconocido, en 48 horas, "
    "gastos de aduana, direccion incompleta, se devolvera, no pudo entregarse, "
    "acesso nao autorizado, dispositivo desconhecido, evitar o bloqueio, foi limitada, endereco incompleto, "
    "sera suspensa, foi suspensa, foi bloqueada, bloqueado, expira hoje, em 24 horas, atividade suspeita, "
    "nao foi possivel entregar, taxa de entrega, taxa alfandegaria, pagamento pendente, ultimo aviso, "
    "regularize, pontos expiram, resgatar",
    "sara sospeso, e stato sospeso, e stato bloccato, bloccato, scade oggi, entro 24 ore, attivita insolita, "
    "non e stato possibile consegnare, spese di consegna, spese doganali, ultimo avviso, rimborso fiscale, "
    "verifica i tuoi dati, pagamento rifiutato, aggiorna i tuoi dati, conferma i tuoi dati, "
    "in attesa di consegna, indirizzo incompleto, accesso non autorizzato, e stato limitato, "
    "dispositivo sconosciuto",
    "будет заблокирован*, заблокирован*, истекает сегодня, в течение 24 часов, подозрительная активность, "
    "не удалось доставить, оплатите доставку, таможенный сбор, штраф, последнее предупреждение, "
    "возврат налога, подтвердите личность, подтвердите данные, платеж отклонен, приостановлен*, "
    "подтвердить перевод, отменить перевод, несанкционированн*, новое устройство, "
    "askiya alinacak*, askiya alindi, kapatilacak*, bloke, bugun sona eriyor, 24 saat icinde, "
    "supheli islem, teslim edilemedi, kargo ucreti, gumruk ucreti, odenmemis, son uyari, son gun, "
    "iade hakki, "
    "bilgilerinizi guncelleyin, hesabinizi dogrulayin",
    "zostanie zablokowan*, zostalo zablokowane, wygasa dzis, w ciagu 24 godzin, nietypowa aktywnosc, "
    "nie mozna dostarczyc, doplata, oplata celna, nieoplacon*, ostatnie wezwanie, zwrot podatku, "
    "zaktualizuj dane, potwierdz dane, "
    "akan ditangguhkan, ditangguhkan, diblokir, berakhir hari ini, dalam 24 jam, aktivitas mencurigakan, "
    "gagal dikirim, biaya pengiriman, bea masuk, denda, verifikasi akun, perbarui data, "
    "bi khoa, se bi khoa, tam khoa, het han hom nay, trong 24 gio, hoat dong bat thuong, "
    "khong giao duoc, phi giao hang, xac thuc tai khoan, cap nhat thong tin, nop phat",
    "سيتم تعليق, تم تعليق, سيتم ايقاف, تم إيقاف, تنتهي اليوم, خلال 24 ساعة, نشاط مشبوه, تعذر تسليم, "
    "رسوم التوصيل, "
    "رسوم جمركية, غرامة, تحديث بياناتك, تأكيد هويتك, wordt geblokkeerd, is geblokkeerd, verloopt vandaag, "
    "binnen 24 uur, kon niet worden bezorgd, verzendkosten, openstaand, laatste waarschuwing, "
    "verloopt morgen, is verlopen, wordt verwijderd, onbekend apparaat, "
    "จะถูกระงับ, ถูกระงับ, ภายใน 24 ชั่วโมง, พัสดุ, ค่าจัดส่ง, निलंबित, 24 घंटे, केवाईसी",
    "정지됩니다, 정지되었습니다, 이용이 제한, 24시간 이내, 오늘까지, 비정상적인, 배송 실패, 배송불가, "
    "주소 불일치, 통관, "
    "미납, 과태료, 체납, 환급금, 본인확인이 필요, 즉시, 停止されます, 停止いたしました, 制限されて, "
    "24時間以内, 本日中, "
    "本日まで, 異常な, 不正アクセス, 不正利用, 配達できません, 配送できません, 持ち帰り, 関税, 未払い, "
    "お支払いが確認できません, "
    "お支払い方法を更新, 還付, ポイント失効, 有効期限, 本人確認のため, 将被冻结, 已被冻结, 冻结, 将被停用, "
    "已停用, "
    "24小时内, 今日到期, 即将到期, 异常登录, 无法派送, 派送失败, 运费, 关税, 未缴, 罚款, 最后通知, 积分, "
    "退税, 兑换, "
    "將被凍結, 將被停用, 24小時內, 今日到期, 即將到期, 異常登入, 無法配送, 未繳, 罰款, 最後通知, 積分, "
    "退稅, 兌換",
)
"""What lures say so that one does not think: a loss, a debt, a prize, and little time."""
_SIDELOAD = Lexicon(
    "unknown sources, unknown apps, allow from this source, install anyway, open the file and install, "
    "unbekannte quellen, unbekannter herkunft, sources inconnues, origines inconnues, fuentes desconocidas, "
    "origenes desconocidos, fontes desconhecidas, origini sconosciute, fonti sconosciute, "
    "неизвестных источников, bilinmeyen kaynak*, nieznanych zrodel, sumber tidak dikenal, "
    "buka berkas dan instal, nguon khong xac dinh, مصادر غير معروفة, onbekende bronnen",
    "提供元不明, 不明なアプリ, 알 수 없는 출처, 출처를 알 수 없는, 未知来源, 不明來源, 未知應用",
)
"""What is said to those who are to install what no store has. Honest makers of apps say it too."""
_FAULTS = {"expired": "expired", "wrong_name": "another name's", "self_signed": "signed by nobody"}
"""Faults of certificates that count, in words; one by a maker of its own may be a company's."""
_EVAL = re.compile(r"\beval\s{0,5}\(|\bnew\s{1,5}function\s{0,5}\(|settimeout\s{0,5}\(\s{0,5}string\.")


class Suspicion(Detector):
    """Sees reasons to take a page that asks for a credential, or hands out an app, for a lure."""

    name = "suspicion"
    content_class = ContentClass(name="suspicion", rank=-1)
    sees = MappingProxyType(
        {
            "app": "an app or profile that came unasked, from no app store",
            "app_dialog": "an app that came after a dialog",
            "sideload": "an app, and words that it is to be let in from unknown sources",
            "dialog": "a dialog that urges",
            "charcodes": "a script that runs code made out of character codes",
            "decodes": "a script that runs code that it decodes",
            "telegram": "the address of Telegram's bots",
            "mailer": "a service that sends forms to anybody",
            "locked": "a script that keeps visitors from the source",
            "posts_away": "a form that posts to another site",
            "posts_clear": "a form of an encrypted page that posts in the clear",
            "plain_http": "a credential asked for over plain http",
            "asks_money": "a first page that asks for card, code or wallet phrase",
            "owed": "a first page that asks who its visitor is, for a parcel, fine or refund",
            "brand_self": "a brand that title, heading or logo claim to be, and that does not own the host",
            "brand_word": "the same, where the brand is a common word",
            "brand_software": "a login titled as software that anybody may run",
            "brand_dialog": "a brand in a dialog",
            "brand_titled": "a brand in the title beside other words",
            "brand_named": "a brand in a short text",
            "brand_shown": "a brand in the file name or title of a logo",
            "brand_host": "a brand in the host's name",
            "misnamed": "a title that names somebody whom the host does not",
            "copied": "the mark that a browser leaves in a page that it saves",
            "canonical": "an address of its own that is another site's",
            "icon_away": "an icon from another site",
            "images_away": "pictures from a brand's own site",
            "links_away": "links to a brand's own site",
            "links_one": "most links to one other site",
            "dead_links": "links that lead nowhere",
            "pressure": "words of loss, debt or prize and little time",
            "address": "a bare address for a host",
            "dynamic": "dynamic DNS",
            "free_host": "a hoster of free names",
            "random": "a label that nobody could say",
            "ending": "an ending under which lures abound",
            "pushing": "words in the host's name that lures like",
            "fresh": "a certificate made this week",
            "broken": "a certificate that is expired, of another name, or signed by nobody",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield reasons, the page's own deeds before what its host's name says."""
        seen = view(page)
        form = credential_form(forms(seen))
        asks = form is not None or all(drawn(seen))
        baits = asks or bool(page.downloads) or page.outcome is Outcome.DOWNLOAD
        yield from _handed_out(seen)
        yield from _dialogs(seen)
        yield from _script(seen)
        if form is not None:
            yield from _posts(seen, form)
            yield from _asks(seen, form)
        if baits or page.dialogs:
            yield from _borrowed(seen, asks=asks)
            yield from _host(seen)
        if form is not None and form.count(*SECRETS, Asks.NEW_PASSWORD, Asks.NAME):
            yield from copied(seen, tuple(strangers(page.host)))
            yield from _presses(seen)
        elif form is None and asks:
            yield from _presses(seen)


def _handed_out(seen: View) -> Iterator[Signal]:
    apps = [item for item in seen.page.downloads[:5] if is_app(item)]
    if apps and registrable(seen.page.host) not in _STORES:
        kind = "profile" if apps[0].type == "mobileconfig" else "app"
        yield seen.signal(
            "app", 0.45, f"an {kind} came unasked, from a host that is no app store".replace("an p", "a p")
        )
        if seen.page.dialogs:
            yield seen.signal("app_dialog", 0.5, "the app came after a dialog")
        if word := _SIDELOAD.first(seen.words):
            yield seen.signal("sideload", 0.15, f"it tells how to let the app in: {quote(word)}")


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
    yield from _sends(seen)
    if host and target.scheme in {"http", "https"} and not same_site(host, seen.page.host):
        yield seen.signal("posts_away", 0.3, f"the form posts to another site, {quote(registrable(host))}")
    if here.scheme == "https" and target.scheme == "http":
        yield seen.signal("posts_clear", 0.35, "the form posts in the clear from a page that came encrypted")
    elif here.scheme == "http" and not is_address(seen.page.host):
        yield seen.signal("plain_http", 0.25, "a credential is asked for over plain http")


def _sends(seen: View) -> Iterator[Signal]:
    if "api.telegram.org" in seen.source:
        yield seen.signal("telegram", 0.8, "the page talks to a Telegram bot")
    if mailer := next((mark for mark in _MAILERS if mark in seen.source), ""):
        yield seen.signal("mailer", 0.5, f"what is typed can be sent through {quote(mailer)}")
    if _LOCKED.search(seen.source):
        yield seen.signal("locked", 0.15, "it keeps its visitors from looking at its source")


def _presses(seen: View) -> Iterator[Signal]:
    if words := _PRESSURE.found(f"{seen.title}{seen.opening}", 6):
        weight = min(0.35 + 0.1 * (len(words) - 1), 0.55)
        yield seen.signal("pressure", weight, f"it presses its visitor: {listed(words)}")


def _asks(seen: View, form: Form) -> Iterator[Signal]:
    bare = [asks.value for asks in (Asks.CARD, Asks.CODE, Asks.SEED) if form.count(asks)]
    if bare:
        yield seen.signal("asks_money", 0.35, f"its first page asks for {' and '.join(bare)}")
    elif why := owed(seen, form):
        yield seen.signal("owed", 0.3, f"it asks who its visitor is, because of {quote(why)}")
    yield from _broken(seen)


def _broken(seen: View) -> Iterator[Signal]:
    """Yield a fault of the certificate that browsers warn of: who asks for secrets does not let it be."""
    certificate = seen.page.visit.certificate
    faults = [fault for fault in _FAULTS if certificate and fault in certificate.faults]
    if faults:
        fault = _FAULTS[faults[0]]
        yield seen.signal("broken", 0.35, f"a credential is asked for behind a certificate that is {fault}")


def _borrowed(seen: View, *, asks: bool) -> Iterator[Signal]:
    host = seen.page.host
    foreign = tuple(strangers(host))
    brand, name = claimed(seen, foreign, asks=asks)
    if brand and name in SOFTWARE:
        yield seen.signal("brand_software", 0.25, f"it is titled as {quote(name)}, which anybody may run")
        brand = None
    elif brand:
        plain = name in COMMON or (len(name) < 5 and name.isascii() and f" {name} " not in brand.marks)
        kind, weight = ("brand_word", 0.45) if plain else ("brand_self", 0.7)
        yield seen.signal(kind, weight, f"it calls itself {brand.label}, which does not own the host")
    if said := _named(foreign, seen.dialogs):
        yield seen.signal(
            "brand_dialog", 0.5, f"a dialog speaks of {said.label}, which does not own the host"
        )
    if asks and not brand:
        yield from _spoken(seen, foreign)
    if borrowed := _in_host(foreign, host):
        yield seen.signal(
            "brand_host", 0.45, f"its host's name uses {quote(borrowed)}, whose owner does not own it"
        )
    if asks and not brand and _misnamed(seen):
        yield seen.signal("misnamed", 0.2, "its title names somebody whom its host's name does not")


def _spoken(seen: View, foreign: tuple[Brand, ...]) -> Iterator[Signal]:
    """Yield brands that a page names without calling itself so, at the place that weighs most."""
    if said := _named(foreign, seen.title):
        yield seen.signal("brand_titled", 0.5, f"its title names {said.label}, which does not own the host")
    elif said := _mentioned(foreign, seen):
        yield seen.signal("brand_named", 0.4, f"it speaks of {said.label}, which does not own the host")
    if (said := _named(foreign, fold(shown(seen)))) and not called_otherwise(seen, said):
        yield seen.signal("brand_shown", 0.35, f"a picture's file is called after {said.label}")


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
    brand = _named(tuple(brand for brand in foreign if brand.label not in EVERYWHERE), seen.opening)
    offered = brand and any(_named((brand,), label) for label in (link.label for link in seen.links[:60]))
    return None if offered else brand


def _in_host(foreign: tuple[Brand, ...], host: str) -> str:
    own = host.removesuffix(free_host(host))
    labels = set(re.split(r"[.-]", own)) - COMMON - GENERIC - SOFTWARE
    for brand in foreign:
        for name in brand.names:
            word = name.strip()
            known = len(word) >= 5 or (len(word) >= 3 and name in brand.marks)
            if known and word.isascii() and word in labels:
                return word
    return ""


def _misnamed(seen: View) -> bool:
    words = [word for word in bare(seen.title).split() if word.isascii() and word.isalpha() and len(word) > 3]
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
        return
    if suffix := dynamic_suffix(host):
        yield seen.signal("dynamic", 0.35, f"its host's name is dynamic DNS, under {suffix}")
    elif hoster := free_host(host):
        yield seen.signal(
            "free_host", 0.25, f"anybody gets such a name for little or nothing, under {hoster}"
        )
    if label := random_label(host):
        yield seen.signal("random", 0.25, f"nobody could say {quote(label)} in its host's name")
    if ending := cheap_ending(host):
        yield seen.signal("ending", 0.15, f"lures abound under .{ending}")
    if words := pushing_words(host):
        weight = 0.15 if len(words) == 1 else 0.3
        yield seen.signal("pushing", weight, f"its host's name says {listed(words)}")
    if fresh := _fresh(seen):
        yield seen.signal("fresh", 0.15, f"its certificate was {fresh} days old")


def _fresh(seen: View) -> int:
    """Return the age of the certificate in days, at least 1, if it was made this week; else 0."""
    certificate = seen.page.visit.certificate
    try:
        made = datetime.fromisoformat(certificate.valid_from if certificate else "")
        age = datetime.fromisoformat(seen.page.visit.started) - made
    except (ValueError, TypeError):
        return 0
    return max(age.days, 1) if 0 <= age.days < 7 else 0
