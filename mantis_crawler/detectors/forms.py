"""What a page asks for: its fields, by their purpose, as a person sees them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from selectolax.lexbor import LexborNode

from mantis_crawler.detectors.view import View, attribute, own_text, short_text
from mantis_crawler.detectors.words import Lexicon, fold, word_set
from mantis_crawler.items import LaidField

# Elements of a page's own making, such as <ion-input>, say what they take as inputs do.
_FIELDS = (
    "input, textarea, [type=password]:not(button), [role=textbox], "
    "[contenteditable]:not(body):not([contenteditable=false])"
)
_FIELD_LIMIT = 300
_KEY = "button, [role=button], td, li, div, span, a, p, input[type=button]"
_KEYS = 9
"""Of the ten digits, so many buttons are a keypad."""
_DIGITS = frozenset("0123456789")
_PHRASE = 10
"""Fields without a purpose of their own that are a phrase of twelve words or more."""
_MESSAGE = Lexicon(
    "comment*, message, reply, feedback, your question, review, nachricht, kommentar*, commentaire*, "
    "mensaje, comentario*, mensagem, messaggio, commento, сообщение, комментарий, mesaj, yorum, wiadomosc, "
    "komentarz, pesan, komentar, tin nhan, binh luan, رسالة, تعليق, "
    "メッセージ, コメント, 메시지, 댓글, 留言, 评论, 評論"
)
"""What a large field asks for on pages that only talk of wallets."""
_BOX = 64
"""CSS pixels up to which a field is a box for one character."""
_SLIM = 130
"""CSS pixels up to which a field stands in a bar: a login that is a page's purpose has room."""
_SHORT = 1_500
"""Characters of text up to which a page is about what it asks for."""
_ANCESTORS = 40
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOLD = word_set("-text label span div td th p b strong font dt")
_UNSEEN = ("display:none", "visibility:hidden", "opacity:0;")
_NO_FIELD = word_set("hidden submit button image reset checkbox radio range file color")


class Asks(StrEnum):
    """What a field is for."""

    PASSWORD = "password"  # noqa: S105 - the word for it
    NEW_PASSWORD = "new password"  # noqa: S105 - the word for it
    CODE = "one-time code"
    CARD = "card number"
    PIN = "PIN"
    SEED = "wallet phrase"
    NAME = "user name, email or phone"
    SEARCH = "search"
    OTHER = "other"


SECRETS = (Asks.PASSWORD, Asks.CODE, Asks.CARD, Asks.PIN, Asks.SEED)
"""What nobody but its owner should know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One visible field."""

    asks: Asks
    form: int
    """Id of the form around it; 0 for none."""
    single: bool
    """Whether it takes one character: a box of a code."""
    slim: bool = False
    """Whether it is so narrow that it stands in a bar."""
    large: bool = False
    """Whether it takes many lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The visible fields of one form, or all that lie in none."""

    fields: tuple[Field, ...]
    action: str
    """As written; empty if the form posts to its own page."""
    words: str
    """What stands in the form and on its fields and buttons, folded."""
    text: str = ""
    """What of that is text in it, folded; empty where its fields lie in no form."""

    def count(self, *asks: Asks) -> int:
        """Return how many fields ask for one of these."""
        return sum(field.asks in asks for field in self.fields)


_NEW = Lexicon(
    "new password, confirm*, repeat*, retype*, re type, again, password2, pass2, passwd2, password 2, "
    "verify password",
    "bestatigen, wiederholen, confirmer, nouveau mot de passe, confirmar, repetir, repita, conferma, ripeti, "
    "neues passwort, nueva contrasena, nova senha, nuova password, herhaal, nieuw wachtwoord, bekrafta, "
    "gentag",
    "повтор*, подтверд*, новый пароль, tekrar, yeni sifre, powtorz, nowe haslo, ulangi, sandi baru, "
    "xac nhan, nhap lai, mat khau moi, 確認用, 再入力, 再度, 新しいパスワード, 确认密码, 新密码, 新密碼, "
    "確認密碼, 비밀번호 확인, 새 비밀번호, تأكيد, كلمة مرور جديدة, ยืนยันรหัสผ่าน, पासवर्ड की पुष्टि",
)
_CODE = Lexicon(
    "otp, one time code, one time password, one time, verification code, security code, sms code, smscode, "
    "2fa, mfa, authentication code, auth code, verify code, verifycode, code sms, tan, totp, passcode, "
    "vcode",
    "bestatigungscode, sicherheitscode, code de verification, code de securite, codigo de verificacion, "
    "codigo sms",
    "codigo de verificacao, codice di verifica, codice sms, код из смс, код подтверждения, dogrulama kodu, "
    "sms kodu",
    "kod sms, kode otp, kode verifikasi, ma otp, ma xac nhan, ma xac thuc, رمز التحقق",
    "kode sms, sms dogrulama, tek kullanimlik, jednorazow*, verificatiecode, sms code, engangskode, "
    "bekraftelsekod, одноразовый, код подтвержд*, code recu, code a usage unique, codigo de seguridad, "
    "clave dinamica, token, smstan, رمز التأكيد, كود التحقق",
    "認証コード, 確認コード, ワンタイム, 验证码, 驗證碼, 动态码, 短信码, 校验码, 인증번호, 인증코드, "
    "일회용, รหัส otp, รหัสยืนยัน, ओटीपी",
)
_CAPTCHA = Lexicon(
    "captcha, 図形, 图形, 圖形, 보안문자, 자동입력, image, picture, characters, see, 看不清, check code, "
    "checkcode, letters shown, human check"
)
_CARD = Lexicon(
    "card number, cardnumber, ccnumber, cc number, cc num, ccnum, credit card, cvv, cvc, cvv2, card no, "
    "debit card, cc exp, cardnum, expiry date, mm yy",
    "kartennummer, numero de carte, carte bancaire, numero de tarjeta, numero do cartao, numero di carta",
    "номер карты, kart numarasi, kart no, numer karty, nomor kartu, so the, カード番号, 卡号, 卡號, "
    "카드번호, رقم البطاقة, kaartnummer, kortnummer, kortnumber, carte de credit, kreditkarte, "
    "tarjeta de credito, carta di credito, cartao de credito, banka karti, kredi karti, หมายเลขบัตร, "
    "कार्ड नंबर, 有効期限, 유효기간, 有效期, securitycode, card holder, cardholder",
)
_PIN = Lexicon(
    "pin, pin code, pincode, atm pin, 暗証番号, 보안카드, 支付密码, upin, kartenpin, codice pin, code pin, "
    "passcode, pinnummer, clave de internet, nip, mpin, upi pin, 결제 비밀번호, 取引パスワード, "
    "交易密码, 取款密码, رقم التعريف, код доступа, пин код, pin kodu, kod pin, ma pin, รหัส pin"
)
_SEED = Lexicon(
    "seed phrase, recovery phrase, secret phrase, backup phrase, recovery words, seed words, secret words, "
    "12 word, 12 words, 24 words, 24 word, 12 24 words, mnemonic, 助记词, 助記詞, private key, "
    "phrase 1, word 1, keystore, secret recovery, wiederherstellungsphrase, phrase de recuperation, "
    "frase semilla, frase de recuperacion, сид фраз*, секретная фраза, 私钥, 니모닉, 復元フレーズ"
)
_NAME = Lexicon(
    "user*, login*, log in, email*, e mail, mail, phone*, mobile, mobile number, account*, userid, "
    "user id, id, uid, uname, apple id, identity, member*, handle, customer number, msisdn, loginfmt",
    "benutzer*, kundennummer, anmeldename, identifiant, courriel, telephone, usuario, correo, telefono, "
    "celular, utilizador",
    "usuario, cpf, telefone, utente, cellulare, логин, почта, телефон, имя пользователя, kullanici*, "
    "e posta, telefon, tc kimlik*",
    "uzytkownik, pengguna, nomor hp, surel, ten dang nhap, dien thoai, اسم المستخدم, البريد, هاتف, جوال, "
    "الهوية, gebruiker*, gebruikersnaam, mobiel, anvandarnamn, personnummer, brugernavn, brukernavn, "
    "fodselsnummer, identificador*, dni, rut, documento, numero de cliente, codice fiscale, "
    "codice cliente, nif, zugangsnummer, legitimations*, teilnehmernummer, anmeldenummer, matricule, "
    "numero client, numero fiscal, nomor telepon, no hp, nik, so dien thoai, cccd, pesel, klient*, "
    "снилс, инн, идентификатор, ชื่อผู้ใช้, อีเมล, เบอร์โทร*, मोबाइल, ईमेल, यूज़र",
    "メール, ユーザー, 電話番号, ログインid, アカウント, 账号, 帐号, 賬號, 帳號, 用户名, 手机, 手機, 邮箱, "
    "아이디, 이메일, 휴대폰, 전화번호, 주민등록번호, 생년월일, お客様番号, 会員番号, 会員id, 店番号, "
    "契約者番号, 身份证, 身分證, 用户id, 电话, 電話, 用戶名, 用戶名稱",
)
_SEARCH = Lexicon(
    "search*, q, query, suche, suchen, recherche*, buscar, busca, pesquisa*, cerca, поиск, ara, szukaj, "
    "cari, 検索, 搜索, 搜尋, 검색, keyword*, s"
)
PASS = Lexicon(
    "password*, passwd, pwd, pass, passwort, kennwort, mot de passe, mdp, contrasena, contrasenya, clave, "
    "senha, palavra passe, пароль, sifre, parola, haslo, kata sandi, sandi, mat khau, wachtwoord, losenord, "
    "adgangskode, passord, salasana, jelszo, heslo, lozinka, κωδικος, كلمة المرور, كلمة السر, "
    "パスワード, 密码, 密碼, 비밀번호, 패스워드, รหัสผ่าน, पासवर्ड, סיסמה"
)
_TOKENS = {
    "current-password": Asks.PASSWORD,
    "new-password": Asks.NEW_PASSWORD,
    "one-time-code": Asks.CODE,
    "cc-number": Asks.CARD,
    "cc-csc": Asks.CARD,
    "cc-exp": Asks.CARD,
    "username": Asks.NAME,
    "email": Asks.NAME,
    "tel": Asks.NAME,
}
_BY_WORDS = (
    (_CARD, Asks.CARD),
    (_SEED, Asks.SEED),
    (_CODE, Asks.CODE),
    (_PIN, Asks.PIN),
    (_NAME, Asks.NAME),
    (PASS, Asks.PASSWORD),
)


def forms(view: View) -> tuple[Form, ...]:
    """Return the forms of a page that have a visible field, in their order."""
    labels = _labels(view)
    groups: dict[int, list[Field]] = {}
    nodes: dict[int, LexborNode | None] = {}
    said: dict[int, list[str]] = {}
    for node in view.nodes(_FIELDS, _FIELD_LIMIT):
        form, seen = _surroundings(node)
        kind = attribute(node, "type", 20).lower() or "text"
        laid = view.laid_fields.get(node.mem_id)
        if kind in _NO_FIELD or not (seen if laid is None else laid.seen):
            continue
        key = form.mem_id if form is not None else 0
        hints = fold(_HUMPS.sub(" ", _hints(node, labels)))
        groups.setdefault(key, []).append(_field(node, kind, hints, key, laid))
        nodes[key] = form
        said.setdefault(key, []).append(hints)
    found = [_form(nodes[key], fields, said[key]) for key, fields in groups.items()]
    return tuple(filter(None, (*(_of_wallet(view, form) for form in found), _keypad(view), _beyond(view))))


def _of_wallet(view: View, form: Form) -> Form:
    """Take the one large field of a page about wallet phrases, or its many small ones, for a phrase."""
    blank = [field for field in form.fields if field.asks in {Asks.OTHER, Asks.CODE}]
    large = [field for field in form.fields if field.large]
    if form.count(Asks.PASSWORD, Asks.CARD, Asks.SEED) or _MESSAGE.first(form.words):
        return form
    if len(large) != 1 and len(blank) < _PHRASE:
        return form
    told = "".join((view.title, *view.headings[:4], form.words))
    if not (_SEED.first(told) or (view.length < _SHORT and _SEED.first(view.opening))):
        return form
    meant = large if len(large) == 1 else blank
    fields = tuple(replace(field, asks=Asks.SEED) if field in meant else field for field in form.fields)
    return replace(form, fields=fields)


def _keypad(view: View) -> Form | None:
    """Return the buttons 0 to 9 of a page that asks for a number, as the one field that they are."""
    if view.length > _SHORT:
        return None
    keys = {link.label.strip() for link in view.links}
    if len(keys & _DIGITS) < _KEYS:
        keys = {fold(text).strip() for node in view.nodes(_KEY, 400) if (text := own_text(node))}
    told = f"{view.title}{view.opening}"
    if len(keys & _DIGITS) < _KEYS or not (_PIN.first(told) or _CODE.first(told) or PASS.first(told)):
        return None
    return Form(fields=(Field(asks=Asks.PIN, form=0, single=False),), action="", words=told)


def _beyond(view: View) -> Form | None:
    """Return the fields that the browser showed where the HTML was cut before them."""
    told = view.page.layout.fields if view.page.layout and view.cut and not view.laid_fields else ()
    fields = tuple(
        Field(asks=_meant(one.kind or "text", fold(_HUMPS.sub(" ", one.hints)), one), form=0, single=False)
        for one in told
        if one.seen and one.tag in {"input", "textarea"} and one.kind not in _NO_FIELD
    )
    return Form(fields=fields, action="", words=view.opening) if fields else None


def credential_form(every: Sequence[Form]) -> Form | None:
    """Return the form that asks for a secret, else for a name to begin with; ``None`` if none does."""
    secret = [form for form in every if form.count(*SECRETS, Asks.NEW_PASSWORD)]
    named = [
        form for form in every if form.count(Asks.NAME) and not form.count(Asks.NEW_PASSWORD, Asks.SEARCH)
    ]
    return max(secret or named, key=_fitness, default=None)


def _fitness(form: Form) -> tuple[int, int]:
    return -form.count(Asks.OTHER, Asks.NEW_PASSWORD), form.count(*SECRETS)


def _form(node: LexborNode | None, fields: Sequence[Field], hints: Sequence[str]) -> Form:
    text = short_text(node, 2_000) if node is not None else ""
    pushed = [] if node is None else node.css("input[type=submit], input[type=button], input[type=image]")[:5]
    values = (attribute(button, name, 80) for button in pushed for name in ("value", "alt", "name"))
    words = fold(" . ".join((text, *values))) + "".join(hints[:20])
    action = attribute(node, "action", 2_000) if node is not None else ""
    return Form(fields=_boxes(fields), action=action, words=words, text=fold(text))


def _boxes(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Take four to eight fields of one character for one field: a code's boxes."""
    single = [field for field in fields if field.single]
    if not 4 <= len(single) <= 8:
        return tuple(fields)
    rest = [field for field in fields if not field.single]
    return (*rest, Field(asks=Asks.CODE, form=single[0].form, single=False))


def _field(node: LexborNode, kind: str, hints: str, form: int, laid: LaidField | None) -> Field:
    narrow = laid is not None and 0 < laid.width <= _BOX and node.tag == "input"
    single = attribute(node, "maxlength", 5) == "1" or narrow
    slim = laid is not None and 0 < laid.width <= _SLIM
    large = node.tag not in {"input", "select"} and kind == "text"
    return Field(asks=_asks(node, kind, hints, laid), form=form, single=single, slim=slim, large=large)


def _asks(node: LexborNode, kind: str, hints: str, laid: LaidField | None) -> Asks:
    tokens = attribute(node, "autocomplete", 80).lower().split()
    named = next((_TOKENS[token] for token in tokens if token in _TOKENS), None)
    masked = kind == "password" or "text-security" in attribute(node, "style").lower()
    if masked or (laid is not None and laid.masked):
        return _masked(named, hints)
    if named is not None:
        return named
    if kind != "search" and not _SEARCH.first(hints) and node.tag == "textarea":
        return Asks.SEED if _SEED.first(hints) else Asks.OTHER
    return _meant(kind, hints, None)


def _meant(kind: str, hints: str, laid: LaidField | None) -> Asks:
    """Return what a field's type and words say that it is for."""
    if kind == "password" or (laid is not None and laid.masked):
        return _masked(None, hints)
    if kind == "search" or _SEARCH.first(hints):
        return Asks.SEARCH
    if _CAPTCHA.first(hints):
        return Asks.OTHER
    asks = next((what for lexicon, what in _BY_WORDS if lexicon.first(hints)), None)
    return asks or (Asks.NAME if kind in {"email", "tel"} else Asks.OTHER)


def _masked(named: Asks | None, hints: str) -> Asks:
    if named in {Asks.CARD, Asks.CODE, Asks.NEW_PASSWORD} and named is not None:
        return named
    for lexicon, what in ((_CARD, Asks.CARD), (_CODE, Asks.CODE), (_PIN, Asks.PIN)):
        if lexicon.first(hints) and not PASS.first(hints):
            return what
    return Asks.NEW_PASSWORD if _NEW.first(hints) else Asks.PASSWORD


def _hints(node: LexborNode, labels: dict[str, str]) -> str:
    names = ("name", "id", "placeholder", "aria-label", "data-label", "label", "title", "formcontrolname")
    own = [attribute(node, name, 80) for name in names]
    label = labels.get(attribute(node, "id", 80), "")
    shown = label or own[2] or own[3]
    return " . ".join((*own, label, "" if shown else _beside(node)))


def _beside(node: LexborNode) -> str:
    """Return what stands right before a field without a label, or around it in one."""
    here: LexborNode | None = node
    for _ in range(3):
        if here is None or here.tag in {"form", "body"}:
            break
        if here.tag == "label":
            return short_text(here, 60)
        before = here.prev
        while before is not None and before.tag == "-text" and not (before.text_content or "").strip():
            before = before.prev
        if before is not None and before.tag in _TOLD:
            said = before.text_content if before.tag == "-text" else short_text(before, 60)
            return " ".join((said or "")[:200].split())[:60]
        here = here.parent
    return ""


def _labels(view: View) -> dict[str, str]:
    return {
        attribute(node, "for", 80): short_text(node, 80) for node in view.nodes("label[for]", _FIELD_LIMIT)
    }


def _surroundings(node: LexborNode) -> tuple[LexborNode | None, bool]:
    """Return the form around a node, and whether the node can be seen."""
    form: LexborNode | None = None
    here: LexborNode | None = node
    for _ in range(_ANCESTORS):
        if here is None:
            break
        if _hidden(here):
            return form, False
        if form is None and here.tag == "form":
            form = here
        here = here.parent
    return form, True


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or node.tag in {"template", "noscript"}:
        return True
    style = (attributes.get("style") or "")[:500].replace(" ", "").lower() + ";"
    return any(mark in style for mark in _UNSEEN)
