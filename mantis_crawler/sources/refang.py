"""Undoes what people did to values so that nobody opens them by mistake.

Our own table, not a library's: the general refangers join words over spaces, read ``AT`` between
letters as ``@`` and drop the sign after a ``^``. For a crawler, a wrong host is worse than a skipped one.
"""

import re
from functools import cache

from publicsuffixlist import PublicSuffixList

DOT = "\ue000"
"""Stands for a dot that was defanged, until `live`: what is defanged was meant as an indicator."""

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x180E, 0xFEFF, 0x034F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys([0x09, 0x0B, 0x0C, 0xA0, 0x85, 0x2028, 0x2029, 0x3000, *range(0x2000, 0x200B)], " ")
_FULL_STOP = "\ue001"
_PLAIN = str.maketrans({**_INVISIBLE, **_FULL_WIDTH, **_SPACES, DOT: " ", _FULL_STOP: DOT})

_IDEOGRAPHIC = re.compile(r"(?<=\w)[。．｡﹒․](\w[\w-]*)")
_OPEN, _SHUT = r"[\[({<]", r"[\])}>]"
_DOT_WORD = r"(?:\\?\.|dot|punto|punkt)"
_BRACKETED_DOT = re.compile(
    rf"(?:(?<=\w) {{1,2}})?{_OPEN}{{1,2}} ?{_DOT_WORD} ?{_SHUT}{{1,2}}(?: {{1,2}}(?=\w))?", re.IGNORECASE
)
_HALF_BRACKETED_DOT = re.compile(r"(?<=\w)(?:[\[({]\.|\.[\])}])(?=\w)")
_ESCAPED_DOT = re.compile(r"(?<!\\)\\++\.(?=[\w\[])")
_SPOKEN = re.compile(r"[\w-]+(?: dot [\w-]+)+(?=/|$| dot )", re.IGNORECASE)
_SPOKEN_DOT = re.compile(r" dot ", re.IGNORECASE)
_AT = re.compile(rf" ?{_OPEN} ?(?:@|at) ?{_SHUT} ?", re.IGNORECASE)
_SIGN = re.compile(rf"(?<=[\w\]:/]){_OPEN}([:/-]|//){_SHUT}(?=[\w\[:/])")
_COLONS = re.compile(r"\[:\]")
_SLASHES = (
    r" ?(?:\[:\]//|\(:\)//|\{:\}//|\[://\]|\(://\)|\{://\}|:\[//\]|:\\/\\/|:\\\\|(?:\[:\]|:)\[/\]\[/\]"
    r"|\[:\]/{2,}|:/{2,}|: //)"
)
_SCHEME = re.compile(
    rf"(?<![a-z0-9])[\[({{]?(?P<name>[hH]|[fF])[\])}}]?"
    r"(?P<middle>[\[({]?[tTxX*]{1,2}[\])}]?[\[({]?[tTxX*]?[\])}]?)[\[({]?[pP][\])}]?(?P<s>[\[({][sS][\])}]|[sS]?)"
    rf"{_SLASHES}(?: (?=[\w-]+[.\ue000][\w-]))?",
)
_MEOW = re.compile(rf"(?<![a-z0-9])meow(?P<s>s?){_SLASHES}", re.IGNORECASE)
_ASCIIDOC = re.compile(r"(?<![^\s`|])\+([^\s+]+)\+(?![^\s`|,;])")
_ESCAPED_SLASH = re.compile(r"\\/")


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def known_suffix(name: str) -> bool:
    """Return whether an A-label or U-label name ends in a public suffix, or is one."""
    return _suffixes().publicsuffix(name) is not None


def registrable(name: str) -> bool:
    """Return whether an A-label name lies below a public suffix: somebody can have registered it."""
    return _suffixes().privatesuffix(name) is not None


def refang(text: str) -> str:
    """Return a text with every defanged value live: ``hxxps[:]//a[.]example`` becomes ``https://a.example``."""
    return live(marked(text))


def live(text: str) -> str:
    """Return what `marked` returned, with plain dots."""
    return text.replace(DOT, ".")


def marked(text: str) -> str:
    """Return a text refanged, with `DOT` for each dot that was defanged."""
    if not text.isascii():
        text = _IDEOGRAPHIC.sub(_ideographic, text).translate(_PLAIN)
    elif "\t" in text or "\x0b" in text or "\x0c" in text:
        text = text.translate(_PLAIN)
    if _nothing_to_do(text):
        return text
    if "\\" in text:
        text = _ESCAPED_DOT.sub(DOT, _ESCAPED_SLASH.sub("/", text))
    if any(bracket in text for bracket in "[({<])}"):
        text = _HALF_BRACKETED_DOT.sub(DOT, _BRACKETED_DOT.sub(DOT, text))
        text = _AT.sub("@", text)
    text = _MEOW.sub(lambda found: f"http{found['s'].lower()}://", _SCHEME.sub(_scheme, text))
    if any(bracket in text for bracket in "[({<"):
        text = _SIGN.sub(r"\1", _COLONS.sub(":", text))
    if "+" in text:
        text = _ASCIIDOC.sub(r"\1", text)
    return _spoken(text)


_TELLTALE = re.compile(
    r"[\[({<\\+\ue000]|://|:\\|[hHfF][*xXtT]{1,2}[pP]|meow|: //| dot |\w\.[\])}]\w", re.IGNORECASE
)


def _nothing_to_do(text: str) -> bool:
    return _TELLTALE.search(text) is None


def _ideographic(found: re.Match[str]) -> str:
    label = found[1]
    if label.isascii() or known_suffix(label):
        return _FULL_STOP + label
    return found[0]


def _scheme(found: re.Match[str]) -> str:
    name = "ftp" if found["name"] in "fF" else "http"
    return f"{name}{'s' if 's' in found['s'].lower() else ''}://"


def _spoken(text: str) -> str:
    """Undo ``evil dot com`` where nothing else is said: in a sentence the words mean themselves."""
    if " dot " not in text.lower():
        return text
    bare = text.strip()
    start = bare.find("://") + 3 if "://" in bare else 0
    found = _SPOKEN.match(bare, start)
    if found and (start or found.end() == len(bare) or bare[found.end()] == "/"):
        return bare[:start] + _SPOKEN_DOT.sub(DOT, found[0]) + bare[found.end() :]
    return text
