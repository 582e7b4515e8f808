"""Login: a page whose purpose is to be given a credential, not one that merely has a login box."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from mantis_crawler.detectors.base import Detector
from mantis_crawler.detectors.forms import PASS, SECRETS, Asks, Form, credential_form, forms
from mantis_crawler.detectors.view import View, view
from mantis_crawler.detectors.words import Lexicon, fold, quote
from mantis_crawler.items import ContentClass, Page, Signal

LOGIN = Lexicon(
    "log in, login, logon, log on, sign in, signin, log into, sign into, please log, authentication, "
    "verify your account, account login, webmail, enter your password, verify your identity, "
    "single sign on, sso, sign on, log back in, welcome back, access your account, unlock, unlock wallet, "
    "confirm your identity, confirm your account, restore wallet, import wallet, connect wallet",
    "anmelden, anmeldung, einloggen, melden sie sich an, konto bestatigen, se connecter, connexion, "
    "connectez vous, identifiez vous, authentification, s identifier, espace client, iniciar sesion, "
    "inicia sesion, iniciar sessao, acceder, ingresar, iniciar, ingresa, entrar, acessar, acesse, "
    "fazer login, autenticacao, autenticacion, accedi, accesso, area riservata, area clienti, accedir, "
    "inicia la sessio, banca en linea, acceso clientes, identificate, identifiez, login kunden, kundenlogin, "
    "bienvenue, mon espace, area de cliente, minha conta, entre na sua conta, effettua l accesso",
    "войти, вход, авторизация, аутентификация, личный кабинет, giris yap, giris, oturum ac, uye girisi, "
    "zaloguj*, logowanie, войдите, выполните вход, kullanici girisi, internet subesi, bankacilik, "
    "giris yapin, bankowosc, увійти, вхід",
    "masuk, inloggen, aanmelden, meld u aan, logga in, log ind, logg inn, kirjaudu, prihlasit, prihlaseni, "
    "bejelentkezes, belepes, autentificare, conectare, влез, dang nhap, تسجيل الدخول, دخول, سجل الدخول, "
    "تسجيل دخول, masuk akun, masuk ke akun, mijn account, logga in pa, log pa, συνδεση, התחברות, "
    "เข้าสู่ระบบ, "
    "ลงชื่อเข้าใช้, लॉग इन, लॉगिन, साइन इन, pristup, prijava, prihlaste",
    "로그인, 본인인증, 본인확인, 간편인증, 본인 인증, ログイン, サインイン, 本人確認, 再ログイン, ログオン, "
    "本人認証, 登录, 登入, 登陆, 登錄, 登陸, 身份验证, 身分驗證, 实名认证, 身份認證",
)
SIGN_UP = Lexicon(
    "sign up, signup, register, registration, create account, create an account, create your account, "
    "new account, join now, join us, create a free account, open account, get started, create profile, "
    "become a member, create my account, create new account",
    "registrieren, registrierung, konto erstellen, konto anlegen, inscription, s inscrire, inscrivez vous, "
    "creer un compte, registro, registrarse, registrarme, registrate, crear cuenta, crear una cuenta, "
    "cadastro, cadastrar*, cadastre se, criar conta",
    "registrati, registrazione, crea account, crea un account, iscriviti, регистрация, зарегистрироваться, "
    "создать аккаунт, kayit ol, uye ol, hesap olustur, zarejestruj*, rejestracja, zaloz konto, daftar, "
    "buat akun, dang ky, تسجيل حساب, إنشاء حساب",
    "registreren, registrera*, registrer*, registrace, regisztracio, opret konto, bli medlem, rekisteroidy",
    "회원가입, 가입하기, 新規登録, 会員登録, アカウント作成, 注册, 註冊, 免费注册, 会員登錄",
)
RESET = Lexicon(
    "forgot password, forgot your password, forgotten password, lost password, reset password, "
    "password reset, recover password, password recovery, account recovery, reset your password, "
    "change password, set new password, forgot username, forgot your username",
    "passwort vergessen, passwort zurucksetzen, mot de passe oublie, mot de passe perdu, reinitialiser, "
    "recuperar contrasena, olvido su contrasena, olvidaste tu contrasena, recuperar senha, "
    "esqueci minha senha, esqueceu a senha, senha perdida, password dimenticata, recupera password, "
    "восстановление пароля, забыли пароль, забравена парола, sifremi unuttum, nie pamietasz hasla, "
    "zapomnialem hasla, lupa kata sandi, lupa password, quen mat khau, glomt losenord, aterstall losenord, "
    "نسيت كلمة المرور, wachtwoord vergeten, zapomenute heslo, elfelejtett jelszo",
    "비밀번호 찾기, パスワードをお忘れ, パスワードを忘れ, パスワード再設定, 忘记密码, 忘記密碼, 找回密码",
)
_CHECKOUT = Lexicon(
    "checkout, shopping cart, your cart, your order, kasse, warenkorb, panier, commande, carrito, "
    "tu pedido, carrinho, carrello, корзина, sepet, koszyk, keranjang, gio hang, 장바구니, カート, ご注文, "
    "购物车, 購物車, 结账"
)
_OWED = Lexicon(
    "parcel*, package, redelivery, customs, unpaid, toll, tolls, fine, penalty, refund*, verify, "
    "suspended, on hold, missed delivery",
    "paket*, zoll*, lieferung fehlgeschlagen, bussgeld, ruckerstattung, colis, douane, amende, "
    "remboursement, impaye*, vignette",
    "paquete*, aduana*, multa*, reembolso*, pacco, spedizione, dogana, rimborso, encomenda, alfandega, "
    "посылк*, штраф*, возврат средств",
    "kargo*, gumruk*, trafik cezasi, para iadesi, paczk*, przesylk*, doplat*, mandat, denda, bea masuk, "
    "buu kien, tien phat, شحنة, غرامة",
    "택배, 배송, 관세, 미납, 환급, 과태료, 荷物, 関税, 未払い, 還付, 再配達, 包裹, 快递, 罚款, 退税, 关税, "
    "罰款, 退稅",
)
_REMEMBER = Lexicon(
    "remember me, stay signed in, keep me signed in, keep me logged in, stay logged in, keep me, "
    "trust this device, this is a private computer",
    "angemeldet bleiben, eingeloggt bleiben, se souvenir de moi, rester connecte, recordarme, recuerdame, "
    "mantener sesion, lembrar, manter conectado",
    "ricordami, resta connesso, запомнить меня, не выходить, beni hatirla, zapamietaj, ingat saya, "
    "ghi nho, تذكرني, onthoud mij",
    "로그인 상태 유지, 아이디 저장, 자동로그인, 자동 로그인, ログインしたまま, ログイン状態を, 记住我, "
    "記住我, 自动登录, 保持登录",
)
_JOIN_TALK = Lexicon(
    "first name, last name, full name, date of birth, birthday, at least 8 characters, "
    "at least 6 characters, minimum 8, characters long, i agree, i accept, by signing up, by registering, "
    "by creating, by joining, terms of service and, nickname, display name, choose a password, "
    "create a password, choose a username, pick a username, already have an account, already a member, "
    "already registered",
    "vorname, nachname, mindestens 8, ich akzeptiere, bereits registriert, prenom, nom de famille, "
    "deja inscrit, deja un compte, j accepte, nombre y apellidos, apellido, acepto, ya tienes cuenta, "
    "sobrenome, ja tem conta, aceito, nome e cognome, cognome, accetto, hai gia un account",
    "имя и фамилия, фамилия, уже зарегистрированы, принимаю, ad soyad, soyad, kabul ediyorum, "
    "zaten hesabin, imie, nazwisko, nama lengkap, ho ten",
    "이름, 약관, お名前, 生年月日, ニックネーム, 利用規約に同意, 姓名, 昵称, 暱稱, 同意",
)
_NEWCOMER = Lexicon(
    "new user, new customer, new here, new to, don t have an account, do not have an account, no account, "
    "no account yet, need an account, not a member, not registered, haven t registered, new member, "
    "don t have, not yet a member",
    "noch kein konto, noch nicht registriert, neu bei, neu hier, kein konto, pas encore de compte, "
    "pas encore inscrit, pas de compte, nouveau client, no tienes cuenta, no tienes una cuenta, "
    "aun no tienes, nuevo en, eres nuevo, nao tem conta, nao tem uma conta, ainda nao tem, novo por aqui, "
    "non hai un account, non sei registrato, non hai ancora, nuovo cliente, no tens compte, "
    "no t has registrat",
    "нет аккаунта, еще нет, впервые у нас, не зарегистрированы, hesabin yok mu, hesabiniz yok mu, "
    "uye degil misin, nie masz konta, nie masz jeszcze, belum punya akun, belum memiliki akun, "
    "chua co tai khoan, geen account, nog geen account, har du inget konto, ليس لديك حساب, مستخدم جديد",
    "계정이 없으신가요, 회원이 아니신가요, 아직 회원이, アカウントをお持ちでない, はじめての方, "
    "初めてご利用, 会員でない方, 没有账号, 没有帐号, 還沒有帳號, 沒有帳號, 还没有账号, ยังไม่มีบัญชี",
)
"""What pages say to those who have no account: the others are meant to log in."""
_WITH = Lexicon(
    "continue with google, continue with apple, continue with facebook, continue with microsoft, "
    "sign in with, log in with, login with, sign in using, connect with facebook, use passkey, "
    "sign in with a passkey, one time passcode, send code, email me a link, magic link, scan the qr code, "
    "scan qr code",
    "mit google anmelden, anmelden mit, weiter mit google, weiter mit apple, se connecter avec, "
    "continuer avec google, continuer avec apple, continuar con google, continuar con apple, "
    "iniciar sesion con, continuar com google, continuar com apple, entrar com, continua con google, "
    "continua con apple, accedi con",
    "войти через, войти с помощью, google ile, apple ile, ile giris yap, zaloguj przez, zaloguj sie przez, "
    "kontynuuj z, masuk dengan, lanjutkan dengan google, dang nhap bang, dang nhap voi, "
    "tiep tuc voi google, المتابعة باستخدام, inloggen met, doorgaan met google",
    "카카오로, 네이버로, 구글로, 카카오 로그인, 네이버 로그인, googleでログイン, appleでサインイン, "
    "lineでログイン, でログイン, 微信登录, 扫码登录, 短信登录, 验证码登录, 手机登录, 密码登录, 使用 google",
)
"""Other ways in."""
_NEXT = Lexicon(
    "next, continue, submit, proceed, confirm, verify, go",
    "weiter, absenden, bestatigen, suivant, continuer, valider, siguiente, continuar, enviar, confirmar, "
    "seguinte, proximo, avancar, avanti, continua, conferma, invia, procedi",
    "далее, продолжить, отправить, подтвердить, devam, devam et, ileri, gonder, onayla, dalej, kontynuuj, "
    "potwierdz, lanjut, lanjutkan, kirim, berikutnya, tiep theo, tiep tuc, xac nhan, التالي, متابعة, تأكيد, "
    "volgende, verder, nasta, fortsatt, videre",
    "다음, 확인, 계속, 次へ, 送信, 確認, 続ける, 続行, 下一步, 继续, 繼續, 确认, 提交, 確定, 确定, ถัดไป, "
    "ยืนยัน",
)
_PATH = Lexicon(
    "login*, log in, signin*, sign in, logon, auth*, sso, account login, users sign in, session*, webmail, "
    "connexion, acceso, anmelden, giris, entrar, masuk, weblogin, userlogin"
)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What of a page bears on whether its form is there to be given a credential."""

    view: View
    form: Form

    @cached_property
    def crowd(self) -> float:
        """How little of the page is the form: 0 for a bare form, 1 for a box on a page about other things."""
        by_text = (self.view.length - 700) / 4_500
        by_links = (self.view.link_count - 15) / 140
        return min(max(by_text, by_links, self._beside, 0.0), 1.0)

    @cached_property
    def _beside(self) -> float:
        """How much the page says beside its form, where nothing but the form speaks of a login: up to 0.6."""
        form, words = self.form.text, self.view.words
        if not form or self.titled or self.headed or self.addressed or self.form.count(Asks.SEED):
            return 0.0
        terms = (fold(term) for lexicon in (LOGIN, PASS, RESET) for term in lexicon.found(words))
        if any(words.count(term) > form.count(term) for term in terms):
            return 0.0
        slim = all(field.slim for field in self.form.fields if field.asks in SECRETS)
        return min((self.view.length - len(form) - (100 if slim else 250)) / 500, 0.6)

    @cached_property
    def titled(self) -> str:
        """Word of the title that says login."""
        return LOGIN.first(self.view.title)

    @cached_property
    def addressed(self) -> str:
        """Word of the page's address that says login."""
        return _PATH.first(self.view.path)

    @cached_property
    def headed(self) -> str:
        """Word of a heading that says login."""
        return LOGIN.any_of(self.view.headings[:3])

    @cached_property
    def passwords(self) -> int:
        """Password fields of the form."""
        return self.form.count(Asks.PASSWORD, Asks.NEW_PASSWORD)

    @cached_property
    def other_purpose(self) -> str:
        """What the form is for instead, if it is for something else."""
        says_login = self.titled or self.headed or LOGIN.first(self.form.words)
        new = self.form.count(Asks.NEW_PASSWORD)
        if self.passwords >= 2 and (new or not says_login):
            return "two passwords are asked for, as to register"
        title = f"{self.view.title}{self.view.path}"
        for lexicon in (RESET, SIGN_UP):
            word = lexicon.first(title)
            if word and not self.titled:
                return f"the title or address says {quote(word)}"
        if self.form.count(Asks.CARD):
            owed = _OWED.first(self.view.opening + self.view.title) and not _CHECKOUT.first(title)
            knows = says_login or self.form.count(Asks.PASSWORD, Asks.PIN) or self.newcomer
            return "" if owed or knows else "a card is asked for, as by a shop"
        joins = bool(SIGN_UP.first(self.form.words))
        bare = self.form.count(Asks.CODE, Asks.SEED) and not self.passwords and not joins
        # one field of no known purpose says nothing: a page without words has such
        if self._joins > max(self._enters, 0.5) and not bare:
            return "the form is one to register"
        if self.form.count(Asks.OTHER) > 3:
            return "many other things are asked for"
        return ""

    @cached_property
    def newcomer(self) -> str:
        """What the page says to those who have no account."""
        return _NEWCOMER.first(self.form.words) or _NEWCOMER.first(self.view.opening)

    @cached_property
    def _enters(self) -> float:
        """What speaks for a form to come in by."""
        form = self.form
        return (
            2.0 * bool(LOGIN.first(form.words) or self.titled)
            + 1.5 * bool(RESET.first(form.words))
            + 1.5 * bool(self.newcomer)
            + 1.0 * bool(_REMEMBER.first(form.words))
            + 1.0 * bool(self.headed)
            + 0.5 * bool(self.addressed)
        )

    @cached_property
    def _pushes_to_join(self) -> bool:
        """Whether a button makes an account, and none lets in those who have one."""
        buttons = self.view.buttons[:12]
        lets_in = LOGIN.any_of(buttons) or _NEXT.any_of(label for label in buttons if len(label) < 40)
        return bool(SIGN_UP.any_of(buttons)) and not lets_in

    @cached_property
    def _joins(self) -> float:
        """What speaks for a form to register by."""
        form = self.form
        return (
            1.5 * bool(SIGN_UP.first(form.words) or SIGN_UP.first(fold(form.action[:200])))
            + 1.5 * bool(form.count(Asks.NEW_PASSWORD))
            + 1.0 * (form.count(Asks.NAME) > 1)
            + 0.5 * min(form.count(Asks.OTHER), 3)
            + 1.0 * bool(_JOIN_TALK.first(form.words))
            + 2.0 * self._pushes_to_join
            + 1.0 * bool(SIGN_UP.any_of(self.view.headings[:2]))
        )


class Login(Detector):
    """Sees what a page asks for, and whether it is there to ask that."""

    name = "login"
    content_class = ContentClass(name="login", victim=True, rsit="phishing", rank=40)
    sees = MappingProxyType(
        {
            "asks_secret": "a form that asks for a password, code, card, PIN or wallet phrase",
            "asks_name": "a form that asks for a name, email or phone to begin with",
            "alone": "how little there is besides the form",
            "next": "a button that leads on after the name",
            "ways": "other ways in beside the form",
            "titled": "words of logins in the title",
            "headed": "such words in a heading",
            "addressed": "such words in the address",
            "worded": "such words in the form",
            "recovery": "a way for those who forgot their password",
            "remember": "an offer to stay logged in",
            "newcomer": "a word to those who have no account",
            "owed": "a short page that wants to know who somebody is, for a parcel, fine or refund",
            "drawn": "words of a login on a short page that has no field",
            "shell": "a title of a login on a page that shows nearly nothing",
            "only_ways": "nothing but other ways in",
        }
    )

    def signals(self, page: Page) -> Iterator[Signal]:
        """Yield the credential form, weighed by how much of the page it is, and words that say login."""
        seen = view(page)
        form = credential_form(forms(seen))
        if form is None:
            yield from _drawn(seen)
            return
        sight = Sight(view=seen, form=form)
        share = _purpose(sight)
        for name, weight, reason in (*_asked(sight), *_said(sight)):
            yield seen.signal(name, weight * share, reason)
        if why := owed(seen, form):
            reason = f"it asks who its visitor is, because of {quote(why)}, and names a sum"
            yield seen.signal("owed", 0.7, reason)


def owed(seen: View, form: Form) -> str:
    """Return what a page wants money for, or promises some for, if it asks who its visitor is first.

    Such a form is the first step to the card: a short page, no shop's, with a parcel, fine or
    refund in title or heading and a sum of money in its text.
    """
    if form.count(*SECRETS, Asks.NEW_PASSWORD) or len(form.fields) < 3 or not seen.money:
        return ""
    if seen.length > 1_500 or seen.link_count > 15:
        return ""
    titled = " ".join((seen.title, *seen.headings[:2]))
    return "" if _CHECKOUT.first(titled) else _OWED.first(titled)


def _purpose(sight: Sight) -> float:
    if sight.other_purpose:
        return 0.3
    named = bool(sight.titled) + bool(sight.addressed)
    return 1.0 - sight.crowd * (0.65, 0.4, 0.2)[named]


def drawn(seen: View) -> tuple[str, str]:
    """Return words for a login and a password on a page that is little else; empty where it is not."""
    if seen.length > 700 or seen.link_count > 15:
        return "", ""
    return LOGIN.first(seen.words), PASS.first(seen.words)


def _drawn(seen: View) -> Iterator[Signal]:
    """Yield words of a login on a page whose fields are none: drawn on a canvas, or in a closed frame."""
    if seen.length > 700 or seen.link_count > 15:
        return
    word, password = drawn(seen)
    titled = LOGIN.first(seen.title)
    if titled and not password and seen.length < 300 and seen.link_count < 8:
        yield seen.signal("shell", 0.5, f"its title says {quote(titled)}, and nearly nothing else is there")
    if word and password:
        yield seen.signal("drawn", 0.6, f"it says {quote(word)} and {quote(password)}, and has no field")
    elif (word or _WITH.first(seen.words)) and (way := _WITH.any_of(link.label for link in seen.links[:40])):
        yield seen.signal("only_ways", 0.55, f"it offers nothing but other ways in: {quote(way)}")


def _asked(sight: Sight) -> Iterator[tuple[str, float, str]]:
    form, seen = sight.form, sight.view
    asked = [asks.value for asks in (*SECRETS, Asks.NEW_PASSWORD, Asks.NAME) if form.count(asks)]
    secret = bool(form.count(*SECRETS, Asks.NEW_PASSWORD))
    button = _button(sight)
    way = _WITH.first(seen.words) if sight.crowd < 0.5 else ""
    if not secret and not (sight.titled or sight.headed or LOGIN.first(form.words) or way):
        if button and seen.length < 200 and seen.link_count < 5 and not SIGN_UP.first(seen.words):
            yield "next", 0.5, f"it asks for {' and '.join(asked)}, {quote(button)}, and says nothing else"
        return
    name = "asks_secret" if secret else "asks_name"
    yield name, 0.45 if secret else 0.2, f"a form asks for {' and '.join(asked)}"
    if sight.crowd < 0.35:
        weight = (0.55 if secret else 0.3) * (1 - sight.crowd)
        yield "alone", weight, f"the page is little else: {seen.length} characters, {seen.link_count} links"
    if not secret and button:
        yield "next", 0.25, f"what was asked for leads on: {quote(button)}"
    if way:
        yield "ways", 0.2 if secret else 0.35, f"it offers other ways in: {quote(way)}"


def _button(sight: Sight) -> str:
    return _NEXT.any_of(label for label in sight.view.buttons[:12] if len(label) < 40)


def _said(sight: Sight) -> Iterator[tuple[str, float, str]]:
    form, seen = sight.form, sight.view
    secret = bool(form.count(*SECRETS, Asks.NEW_PASSWORD))
    if sight.titled:
        yield "titled", 0.5, f"the title says {quote(sight.titled)}"
    elif sight.headed and (secret or form.count(Asks.NAME)):
        yield "headed", 0.25, f"a heading says {quote(sight.headed)}"
    if sight.addressed:
        yield "addressed", 0.3, f"the address says {quote(sight.addressed)}"
    if secret and (word := LOGIN.first(form.words)):
        yield "worded", 0.15, f"the form says {quote(word)}"
    if secret and (word := RESET.first(form.words) or RESET.first(seen.opening)):
        yield "recovery", 0.15, f"it offers {quote(word)}"
    if secret and (word := _REMEMBER.first(form.words)):
        yield "remember", 0.15, f"it offers {quote(word)}"
    if sight.newcomer:
        yield "newcomer", 0.2, f"it tells newcomers where to go: {quote(sight.newcomer)}"
