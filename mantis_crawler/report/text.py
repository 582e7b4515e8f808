"""Text of a target, made fit for a person: short, visible, and no address that opens by itself."""

import re
import unicodedata
from urllib.parse import urlsplit

from mantis_crawler.items.defang import defang

LIMIT = 300
"""Characters of one piece of text; the whole is in the record."""

_MARKS = 4
"""Combining marks on one letter that a living script may need; more only smear over other lines."""

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_EMPTY = "\u3164\uffa0\u115f\u1160"
"""Hangul fillers: letters that show nothing."""

_ADDRESS = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s\"'<>⟨⟩]+"
    r"|(?<![\w@.\[-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
    r"|(?<![\w\[-])(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}(?![\w-])"
    r"|(?<![\w\[-])(?:[\w-]{1,63}\.)+xn--[a-z0-9-]{2,60}",
    re.IGNORECASE,
)
_FILES = (
    *(".adoc", ".csv", ".html", ".json", ".jsonl", ".js", ".pdf", ".php", ".txt", ".xml"),
    *(".apk", ".exe", ".gif", ".ipa", ".jpg", ".mobileconfig", ".png"),
)
"""Ends of file names that are no ends of host names."""

_LIVE = re.compile(r"(?<![A-Za-z])h(tt)(?=ps?(?::|%3a)(?:/|%2f))", re.IGNORECASE)


def clean(value: object, limit: int = LIMIT) -> str:
    """Return text cut at a limit, with everything that hides or turns text around made visible."""
    text = str(value)
    cut = text[:limit]
    shown = _without_smear("".join(map(_visible, " " + cut, cut)))
    return f"{shown} …" if len(text) > limit else shown


def prose(value: object, limit: int = LIMIT) -> str:
    """Return clean text in which every address, host name and URL is defanged."""
    return _LIVE.sub("hxx", _ADDRESS.sub(_defanged, clean(value, limit)))


def address(value: str, limit: int = LIMIT) -> str:
    """Return a URL, host name or address as people read it, also those in its query."""
    whole = clean(defang(value), limit)
    head, mark, query = whole.partition("?")
    return f"{_LIVE.sub('hxx', head)}{mark}{prose(query, limit)}"


def host_of(url: str) -> str:
    """Return the host of a URL for a person; empty where it has none."""
    try:
        return address(urlsplit(url).hostname or "", 100)
    except ValueError:
        return ""


def size(count: int) -> str:
    """Return bytes as a person reads them: ``3.1 MB``."""
    if count < 1000:
        return f"{count} B"
    amount = count / 1000
    for unit in ("kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"


def moment(value: str) -> str:
    """Return an RFC 3339 time for a person: ``2026-01-02 03:04:05 UTC``."""
    return re.sub(r"(\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)$", r"\1 \2 UTC", clean(value, 40))


def duration(seconds: float) -> str:
    """Return seconds for a person: ``4 min 32 s``."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def words(name: str) -> str:
    """Return a name of ours as words: ``dns_timeout`` is *dns timeout*."""
    return prose(name, 60).replace("_", " ")


def _visible(before: str, char: str) -> str:
    if char in "\n\t":
        return char
    if char in "\u200c\u200d" and not before.isascii():
        return char
    if (
        unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        or char in "\u3164\uffa0\u115f\u1160"
    ):
        return f"⟨U+{ord(char):04X}⟩"
    return char


def _without_smear(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if run <= _MARKS:
            kept.append(char)
    return "".join(kept)


def _defanged(found: re.Match[str]) -> str:
    text = found.group()
    if text.lower().endswith(_FILES) and "://" not in text:
        return text
    return defang(text)
