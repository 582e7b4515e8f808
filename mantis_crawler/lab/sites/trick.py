"""Kits that are hard to see: behind a button, a check, a chain of redirects, a link that works once."""

from collections.abc import Iterator

from mantis_crawler.lab.pages import page
from mantis_crawler.lab.sheet import Kit, Sheet, card, redirect, secret, steps, text
from mantis_crawler.lab.site import Family, Reply, Request, Site
from mantis_crawler.lab.stock import missing


def _bank(
    language: str, brand: str, title: str, lead: str, labels: tuple[str, str, str], **rest: str
) -> Sheet:
    user, password, button = labels
    return Sheet(
        layout=rest.get("layout", "card"),
        language=language,
        brand=brand,
        color=rest.get("color", "#7a1f5c"),
        title=title,
        lead=lead,
        fields=(text(user, "user", "username"), secret(password)),
        button=button,
        action=rest.get("action", "/submit"),
    )


_NL = _bank(
    "nl",
    "Waterlandbank",
    "Inloggen",
    "Uw bankpas verloopt morgen. Log in om een nieuwe pas aan te vragen.",
    ("Gebruikersnaam", "Wachtwoord", "Inloggen"),
)
_RU = _bank(
    "ru",
    "Банк Рассвет",
    "Вход в личный кабинет",
    "Операция приостановлена. Войдите, чтобы подтвердить перевод.",
    ("Логин", "Пароль", "Войти"),
    layout="night",
    color="#2b6cb0",
)
_FR = _bank(
    "fr",
    "Crédit des Vallées",
    "Accès à votre espace client",
    "Un nouvel appareil a été ajouté. Connectez-vous pour annuler cette opération.",
    ("Identifiant", "Mot de passe", "Se connecter"),
    layout="banner",
    color="#0a7d6c",
)
_ES = _bank(
    "es",
    "Caja Mirador",
    "Acceso clientes",
    "Su cuenta ha sido limitada. Inicie sesión para restablecer el acceso.",
    ("Usuario", "Contraseña", "Iniciar sesión"),
    layout="plain",
    color="#2e4a7d",
)
_EN = _bank(
    "en",
    "Quayside Credit Union",
    "Member sign in",
    "We noticed a payment of $489.20 to a new payee. Sign in to cancel it.",
    ("Member number", "Password", "Sign in"),
    action="http://collect-lab-nowhere.net/in",
)
_TOLL = Sheet(
    layout="card",
    language="en",
    brand="Harbour Toll",
    color="#34568b",
    title="Unpaid toll invoice",
    lead="A balance of $6.99 is outstanding. Pay today to avoid a $50 late fee.",
    fields=card("Card number", "Expiry", "CVV"),
    button="Pay now",
)


def _gate(request: Request) -> Reply:
    """A page to tap through before the form."""
    if request.path == "/":
        return Reply(body=page("trick/gate", "nl", {}))
    return steps({"/pas": _NL})(request)


def _challenge(request: Request) -> Reply:
    """A check for humans; what is behind it cannot be seen."""
    return (
        Reply(body=page("trick/challenge", "en", {}, host=request.host)) if request.path == "/" else missing()
    )


def _once(request: Request) -> Reply:
    """A link that works once on each kind of phone."""
    if request.path != "/s/8Kq2vX":
        return missing()
    return (
        _RU.reply() if request.count == 1 else Reply(status=410, body=b"<h1>410 Gone</h1>", type="text/html")
    )


def _chain(request: Request) -> Reply:
    """An HTTP redirect, then a page that refreshes, then a script, then the form."""
    if request.path == "/":
        return redirect("/go")
    if request.path == "/go":
        return Reply(body=b'<html><head><meta http-equiv="refresh" content="0;url=/next"></head></html>')
    if request.path == "/next":
        return Reply(body=b'<html><script>location.href = "/espace";</script></html>')
    return steps({"/espace": _FR})(request)


def _phones_only(request: Request) -> Reply:
    """A form that a desktop is told does not exist."""
    return missing() if request.device == "desktop" else steps({"/pay": _TOLL})(request)


_KITS = (
    Kit(design="trick-gate", shape="waterland-{6}.info", language="nl", country="nl", answer=_gate),
    Kit(
        design="trick-challenge",
        shape="{9}.click",
        language="en",
        country="us",
        answer=_challenge,
        pool="cdn",
    ),
    Kit(
        design="trick-once",
        shape="rassvet-{5}.ru.com",
        language="ru",
        country="ru",
        answer=_once,
        path="/s/8Kq2vX?t=7f3a",
    ),
    Kit(design="trick-chain", shape="{6}-vallees.com", language="fr", country="fr", answer=_chain),
    Kit(
        design="trick-expired",
        shape="cajamirador-{4}.com",
        language="es",
        country="es",
        answer=steps({"/": _ES}),
        scheme="https",
        certificate="expired",
    ),
    Kit(
        design="trick-other-host",
        shape="quayside-{6}.com",
        language="en",
        country="us",
        answer=steps({"/": _EN}),
        scheme="https",
        certificate="wrong_name",
    ),
    Kit(
        design="trick-phones-only",
        shape="harbour-toll.{6}.top",
        language="en",
        country="au",
        answer=_phones_only,
        path="/pay",
        scheme="https",
    ),
)


class Trick(Family):
    """What does not want to be seen by everybody."""

    name = "trick"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield one site of each kit."""
        for kit in _KITS:
            yield kit.site(seed)
