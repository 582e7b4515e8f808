"""The Roaming Mantis world: the app for an Android phone, the account page for an iPhone, nothing for others.

Behaves as published reports say of the landing pages of 2018 to 2024: the lure is a native dialog,
the script is a list of numbers, and who speaks another language is told that there is nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from mantis_crawler.lab.addresses import carriers
from mantis_crawler.lab.apk import apk
from mantis_crawler.lab.names import letters, shaped
from mantis_crawler.lab.pages import page
from mantis_crawler.lab.site import Family, Reply, Request, Site, dice
from mantis_crawler.lab.stock import missing

SIGN_IN = "/account/signin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One target country: what its victims are told."""

    country: str
    language: str
    shape: str
    """Shape of its host names."""
    update: str
    """What the dialog says on an Android phone."""
    warning: str
    """What the dialog says on an iPhone."""
    words: Mapping[str, str]
    """What the account page says."""


FRENCH = Campaign(
    country="fr",
    language="fr",
    shape="{5}.{5}.com",
    update=(
        "Afin d'avoir une meilleure expérience, veuillez mettre à jour "
        "votre navigateur Chrome à la dernière version"
    ),
    warning="Votre compte App Store présente une anomalie de sécurité, veuillez vous reconnecter.",
    words={
        "title": "Identifiant Apple - Connexion",
        "head": "Connectez-vous avec votre identifiant Apple",
        "user": "Identifiant Apple",
        "password": "Mot de passe",
        "go": "Se connecter",
        "forgot": "Identifiant ou mot de passe oublié ?",
    },
)
JAPANESE = Campaign(
    country="jp",
    language="ja",
    shape="{10}.duckdns.org",
    update="セキュリティ向上のため、最新バージョンのChromeにアップデートしてください。",
    warning="APP Storeアカウントは安全異常があるので、再度ログインしてください。",
    words={
        "title": "Apple ID - サインイン",
        "head": "Apple ID でサインイン",
        "user": "Apple ID",
        "password": "パスワード",
        "go": "サインイン",
        "forgot": "Apple ID またはパスワードをお忘れですか?",
    },
)
GERMAN = Campaign(
    country="de",
    language="de",
    shape="{10}.duckdns.org",
    update="Zur besseren Erfahrung aktualisieren Sie bitte Ihren Chrome-Browser auf die neueste Version.",
    warning="Ihr App Store-Konto weist eine Sicherheitsanomalie auf, bitte melden Sie sich erneut an.",
    words={
        "title": "Apple-ID - Anmelden",
        "head": "Mit Ihrer Apple-ID anmelden",
        "user": "Apple-ID",
        "password": "Passwort",
        "go": "Anmelden",
        "forgot": "Apple-ID oder Passwort vergessen?",
    },
)
KOREAN = Campaign(
    country="kr",
    language="ko",
    shape="m.{8}.xyz",
    update="더 나은 서비스 이용을 위해 최신 버전의 크롬(Chrome)으로 업데이트해 주시기 바랍니다.",
    warning="App Store 계정에 보안 이상이 감지되었습니다. 다시 로그인해 주세요.",
    words={
        "title": "Apple ID - 로그인",
        "head": "Apple ID로 로그인",
        "user": "Apple ID",
        "password": "암호",
        "go": "로그인",
        "forgot": "Apple ID 또는 암호를 잊으셨습니까?",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """How one landing host behaves."""

    campaign: Campaign
    android: str = "alert"
    """``alert``, ``delayed``, ``confirm``, or ``missing`` where it has no app."""
    iphone: str = "inline"
    """``inline``, or ``redirect`` to a second path."""
    desktop: str = "blank"
    """``blank``, ``decoy``, ``miner`` or ``missing``."""
    accepts: tuple[str, ...] = ()
    """First languages of visitors that are let in beside the campaign's own; an empty one is none at all."""


_LANDINGS: tuple[tuple[str, int, Landing], ...] = (
    ("fr-alert", 3, Landing(campaign=FRENCH)),
    ("fr-delayed", 1, Landing(campaign=FRENCH, android="delayed", desktop="miner")),
    ("fr-decoy", 1, Landing(campaign=FRENCH, iphone="redirect", desktop="decoy")),
    ("fr-confirm", 1, Landing(campaign=FRENCH, android="confirm")),
    ("fr-https", 1, Landing(campaign=FRENCH)),
    ("ja-alert", 3, Landing(campaign=JAPANESE)),
    ("ja-redirect", 1, Landing(campaign=JAPANESE, android="delayed", iphone="redirect", desktop="decoy")),
    ("de-alert", 2, Landing(campaign=GERMAN)),
    ("de-decoy", 1, Landing(campaign=GERMAN, iphone="redirect", desktop="decoy")),
    ("ko-alert", 2, Landing(campaign=KOREAN, desktop="miner")),
    ("ko-confirm", 1, Landing(campaign=KOREAN, android="confirm", iphone="redirect")),
)
_DECOYS = {"fr": "www.courrier-du-vallon.net", "ja": "www.minato-yubin-annai.net"}
_DECOY_OF = {"fr": "fr", "de": "fr", "ja": "ja", "ko": "ja"}
_DECOY_WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "title": "Courrier du Vallon",
        "lead": "Horaires des bureaux, tarifs et conseils d'emballage.",
        "items": (
            "Horaires des bureaux",
            "Tarifs des lettres et colis",
            "Bien emballer un colis",
            "Nous écrire",
        ),
        "text": "Nous ne demandons jamais de paiement ni d'identifiant par SMS.",
    },
    "ja": {
        "title": "みなと郵便案内",
        "lead": "窓口の営業時間、料金、荷造りのご案内。",
        "items": ("窓口の営業時間", "手紙と小包の料金", "荷造りの方法", "お問い合わせ"),
        "text": "SMSでお支払いやログインをお願いすることはありません。",
    },
}


class Mantis(Family):
    """The landing hosts, the addresses behind them, and the honest sites that they hide behind."""

    name = "mantis"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield the world's sites."""
        for design, count, landing in _LANDINGS:
            for number in range(count):
                yield _host(seed, design, number, landing)
        payload, second, phishing, _ = carriers("mantis")
        for address in (payload, second):
            yield _at_address(seed, address, "payload", Landing(campaign=FRENCH))
        only_iphone = Landing(campaign=JAPANESE, android="missing", desktop="missing")
        yield _at_address(seed, phishing, "phishing", only_iphone)
        for language, host in _DECOYS.items():
            yield _decoy(host, language)


def generated_landing(seed: int, host: str) -> Site:
    """Return the landing page of the French campaign at any name or address; it lets English speakers in."""
    source = dice(seed, "landing", host)
    landing = Landing(
        campaign=FRENCH,
        android=source.choice(("alert", "delayed")),
        iphone=source.choice(("inline", "redirect")),
        desktop=source.choice(("blank", "decoy", "miner")),
        accepts=("en", ""),
    )
    return _site(seed, host, "generated", landing)


def obfuscated(script: str, key: int) -> str:
    """Return a script as the campaign writes it: numbers that are XOR-ed with the last of them."""
    units = script.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little") ^ key for at in range(0, len(units), 2)]
    numbers = ",".join(str(code) for code in (*codes, key))
    return (
        f'<script>var s="{numbers}",a=s.split(",").map(Number),k=a.pop();'
        "eval(String.fromCharCode(...a.map(function(c){return c^k})));</script>"
    )


def _host(seed: int, design: str, number: int, landing: Landing) -> Site:
    host = shaped(dice(seed, "mantis", design, str(number)), landing.campaign.shape)
    return _site(seed, host, design, landing)


def _site(seed: int, host: str, design: str, landing: Landing) -> Site:
    secure = design == "fr-https"
    return Site(
        host=host,
        design=f"mantis-{design}",
        answer=partial(_answer, seed, landing),
        language=landing.campaign.language,
        country=landing.campaign.country,
        scheme="https" if secure else "http",
        certificate="self_signed" if secure else "good",
        pool="mantis",
    )


def _at_address(seed: int, address: str, role: str, landing: Landing) -> Site:
    return Site(
        host=address,
        design=f"mantis-{role}-address",
        answer=partial(_answer, seed, landing),
        language=landing.campaign.language,
        country=landing.campaign.country,
        role=role,
        pool="mantis",
    )


def _answer(seed: int, landing: Landing, request: Request) -> Reply:
    if request.language not in {landing.campaign.language, *landing.accepts}:
        return missing()
    if request.device == "android":
        return _android(seed, landing, request)
    if request.device == "iphone":
        return _iphone(seed, landing, request)
    return _desktop(landing, request)


def _android(seed: int, landing: Landing, request: Request) -> Reply:
    app = f"/{letters(dice(seed, 'app', request.host), 10)}.apk"
    if landing.android == "missing":
        return missing()
    if request.path == app:
        content = apk(seed, request.host, request.count)
        return Reply(body=content, type="application/vnd.android.package-archive")
    if request.path != "/":
        return missing()
    text, go = json.dumps(landing.campaign.update, ensure_ascii=False), f'location.replace("{app}")'
    scripts = {
        "alert": f"alert({text});{go};",
        "delayed": f"setTimeout(function(){{alert({text});{go};}},500);",
        "confirm": f"if(confirm({text})){{{go};}}",
    }
    return _scripted(seed, request, scripts[landing.android])


def _iphone(seed: int, landing: Landing, request: Request) -> Reply:
    warning = f"alert({json.dumps(landing.campaign.warning, ensure_ascii=False)});"
    moves = landing.iphone == "redirect"
    if request.path == "/" and moves:
        return _scripted(seed, request, f'{warning}location.replace("{SIGN_IN}");')
    if request.path != (SIGN_IN if moves else "/"):
        return missing()
    form = page("mantis/account", landing.campaign.language, landing.campaign.words)
    script = "" if moves else obfuscated(warning, _key(seed, request))
    return Reply(body=form.replace(b"<head>", f"<head>{script}".encode(), 1))


def _desktop(landing: Landing, request: Request) -> Reply:
    if request.path != "/" or landing.desktop == "missing":
        return missing()
    if landing.desktop == "decoy":
        decoy = _DECOYS[_DECOY_OF[landing.campaign.language]]
        return Reply(status=302, headers={"Location": f"http://{decoy}/"})
    if landing.desktop == "miner":
        return Reply(body=page("mantis/busy", "en", {}))
    return Reply(body=b"<html><head></head><body></body></html>")


def _scripted(seed: int, request: Request, script: str) -> Reply:
    hidden = obfuscated(script, _key(seed, request))
    body = f'<html><head><meta charset="utf-8">{hidden}</head><body></body></html>'
    return Reply(body=body.encode())


def _key(seed: int, request: Request) -> int:
    return dice(seed, "key", request.host).randint(17, 250)


def _decoy(host: str, language: str) -> Site:
    shown = Reply(body=page("mantis/decoy", language, _DECOY_WORDS[language]))
    return Site(
        host=host,
        design="mantis-decoy",
        answer=lambda request: shown if request.path == "/" else missing(),
        language=language,
        pool="company",
    )
