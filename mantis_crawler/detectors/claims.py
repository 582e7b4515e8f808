"""Whom a page claims to be, by title, headings, logo and first line; not whom it merely names."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from mantis_crawler.detectors.brands import Brand
from mantis_crawler.detectors.copies import pressed
from mantis_crawler.detectors.view import View, attribute
from mantis_crawler.detectors.words import fold, word_set

_SEGMENTS = re.compile(r"[|–—:·•»«(),/]|!(?!\w)| - ")
_OFFER = re.compile(
    r" (?:with|using|via|mit|avec|con|com|ile) "
    r"(?:apple|discord|facebook|github|gitlab|google|kakao|line|linkedin|microsoft|naver|steam|twitter|vk|x) "
)
"""Folded. How a page words another way to log in; a title that says so speaks of the page itself."""
_FILLER = word_set(
    "log in login sign signin on to your my account accounts id welcome official site home page online "
    "secure security banking web mobile app please continue verify verification and or up the a an with "
    "for of at bei de la le el il mon ma compte connexion identifiez vous anmelden anmeldung konto mein "
    "iniciar sesion cuenta mi entrar conta accedi giris yap hesap hesabi se connecter portal center "
    "centre service services customer kundencenter support sso tracking track parcel delivery package "
    "suivi colis sendungsverfolgung inc ltd gmbh corp co com jp form password required member zaloguj "
    "sie вход личный кабинет войти ログイン アカウント サインイン 로그인 登录 登入 公式 公式サイト"
)
GENERIC = word_set("box wise")
"""Brands that are called as a thing is: they are meant where the title is nothing else."""
# Names of brands that honest host names use as words.
COMMON = word_set(
    "orange chase ledger phantom halifax hermes meta line poste posten find bring caf ing citi steam "
    "target signal slack discover sunrise spectrum stripe exodus magenta three george origin bumble chrome "
    "livelo dana signal maya nationwide barclaycard "
)
_GENERAL = word_set(
    "identity payment payments update confirm confirmation check information info details billing alert "
    "notice notification step process processing authentication authorization"
)
"""What pages call themselves that do not say whose they are, beside the filler."""
EVERYWHERE = frozenset(
    (
        "Facebook",
        "GitHub",
        "LinkedIn",
        "Reddit",
        "Pinterest",
        "TikTok",
        "Discord",
        "Twitch",
        "Snapchat",
        "Spotify",
        "X",
        "Telegram",
        "LINE",
        "Google",
        "Apple",
        "PayPal",
        "Payments",
    )
)
"""Brands that any page shows: to be followed there, to log in by, to get its app from, to pay with."""
_LINES = 2
_FIRST = "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea"
_CARD_MARKS = word_set("visa mastercard maestro amex discover jcb unionpay klarna diners")


def bare(claim: str) -> str:
    """Return a folded claim without the words that any page says of itself, if others remain."""
    words = claim.split()
    return " ".join(word for word in words if word not in _FILLER) or " ".join(words)


def claimed(seen: View, foreign: tuple[Brand, ...], *, asks: bool) -> tuple[Brand | None, str]:
    """Return the brand that a page calls itself, and by which name; ``None`` if it does not."""
    for brand, name in _among(foreign, _loud(seen, asks=asks)):
        return brand, name
    quiet = list(_among(foreign, _quiet(seen, asks=asks)))
    everywhere = {brand.label for brand, _ in quiet if brand.label in EVERYWHERE}
    for brand, name in quiet:
        if brand.label not in EVERYWHERE or (len(everywhere) == 1 and not called_otherwise(seen, brand)):
            return brand, name
    return None, ""


def called_otherwise(seen: View, brand: Brand) -> bool:
    """Whether a page calls itself something that is no name of a brand which any page shows."""
    if brand.label not in EVERYWHERE:
        return False
    for claim in (*_titles(seen), *seen.headings[:1]):
        own = [word for word in claim.split() if word not in _FILLER and word not in _GENERAL]
        if own and not any(name.strip() in claim for name in brand.names):
            return True
    return bool(_CARD_MARKS & set(_alts(seen)))


def _titles(seen: View) -> list[str]:
    return [fold(segment) for segment in _SEGMENTS.split(seen.title_text)]


def _loud(seen: View, *, asks: bool) -> set[str]:
    """What a page says of itself where nothing else stands: title, first heading and line, drawn words."""
    drawn = seen.page.layout.drawn if seen.page.layout else ()
    claims = [*_titles(seen), *_own([*seen.headings[:1], *(fold(text) for text in drawn[:20])])]
    lines = _lines(seen)[:1] if asks else []
    return {*map(bare, claims), *lines} - _generic(seen)


def _quiet(seen: View, *, asks: bool) -> set[str]:
    """What stands where pages say who they are, and other things too."""
    claims = [*_own(seen.headings[1:4]), *_own(_logos(seen))]
    lines = _lines(seen)[1:] if asks else []
    return {*map(bare, claims), *lines} - _generic(seen)


def _lines(seen: View) -> list[str]:
    """Return the first lines of text that are no links: of a line, all counts."""
    pressable = {link.label for link in seen.links[:60]}
    lines = (fold(line) for line in seen.text[:400].split("\n") if line.strip())
    return [line.strip() for line in _own(islice(lines, _LINES)) if line not in pressable]


def _own(claims: Iterable[str]) -> Iterator[str]:
    return (claim for claim in claims if claim.strip() and not _OFFER.search(claim))


def _generic(seen: View) -> frozenset[str]:
    return GENERIC - {bare(seen.title)}


def _among(foreign: tuple[Brand, ...], said: set[str]) -> Iterator[tuple[Brand, str]]:
    for brand in foreign:
        for name in brand.names:
            if (plain := bare(name)) in said:
                yield brand, plain


def _logos(seen: View) -> Iterator[str]:
    """Yield what the pictures are called that come before all that the page asks for, and are no links."""
    heads = takewhile(lambda node: node.tag == "img", seen.nodes(f"img[alt], {_FIRST}", 12))
    for node in [node for node in heads if not pressed(node)][:5]:
        yield fold(attribute(node, "alt", 80)).replace(" logo ", " ")


def _alts(seen: View) -> Iterator[str]:
    for node in seen.nodes("img[alt]", 40):
        yield from fold(attribute(node, "alt", 80)).split()
