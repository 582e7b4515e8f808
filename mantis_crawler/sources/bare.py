"""Reads names and addresses that stand in text without a scheme: the host, a word, or something else."""

import re
from dataclasses import dataclass

from mantis_crawler.items import SkipReason
from mantis_crawler.sources.refang import DOT, live
from mantis_crawler.sources.values import (
    Reading,
    Refusal,
    Value,
    no_value,
    read_address,
    read_host,
    read_url,
)

_NUMBERS = re.compile(r"\d+(?:\.\d+)+")
_PLAIN = re.compile(
    r"(?!.*--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,63}"
)
_NETWORK = re.compile(r"/(\d{1,3})")
_VERSION = re.compile(
    r"(?:version|ver|v|release|build|chrome|chromium|firefox|safari|android|ios|opera|edge|webkit)"
    r"[.:]?[ /]?$",
    re.IGNORECASE,
)
_FILES = frozenset(("zip", "mov", "md", "py", "sh", "pl", "rs", "so", "ps", "pm"))
_FAMOUS_FILES = frozenset(("readme", "changelog", "license", "contributing", "install", "setup", "index"))
_PACKAGES = frozenset(("com", "org", "net", "io"))
_PRODUCTS = frozenset(("asp.net", "vb.net", "ado.net"))
_RUN_ON = re.compile(r"[A-Za-z0-9_-][\u1100-\ufffd]|[\u1100-\ufffd][A-Za-z0-9_-]")
_TAIL = re.compile(r"([A-Za-z]{2,})[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Bare:
    """Parts of a token without a scheme, as `tokens` cut it out of its line."""

    before: str
    """The end of the text before the token."""
    user: str
    """With its ``@``; empty if there is none."""
    name: str
    port: str
    rest: str
    """Path, query and fragment."""
    whole: bool
    """Whether the token is all there is."""

    @property
    def meant(self) -> bool:
        """Whether somebody wrote this as an indicator: it stands alone, or was defanged."""
        return self.whole or DOT in self.name


def plain_name(text: str) -> Value | None:
    """Return a live lower-case name that is all there is on its line; `None`: look closer.

    A short cut for lists of plain names, which `tokens.find` reads the same, eight times as slow.
    """
    if not _PLAIN.fullmatch(text) or _famous_file(text):
        return None
    reading = read_host(text)
    return reading if isinstance(reading, Value) else None


def without_tail(name: str) -> str:
    """Return a name without the text that runs on behind it: ``evil.com에서`` is ``evil.com``.

    No top-level domain mixes ASCII with other letters.
    """
    head, last = name[: _last(name)], name[_last(name) :]
    tail = _TAIL.match(last)
    return head + tail[1] if tail and head else name


def read_bare(bare: Bare) -> Reading | None:
    """Return what a token is; ``None`` where a reader would not take it for an indicator at all."""
    name = live(bare.name)
    if _NUMBERS.fullmatch(name):
        return _numbers(bare, name)
    if bare.user and not bare.rest:
        return no_value("an e-mail address")
    if not bare.meant and _a_word(bare, name):
        return None
    if bare.whole and DOT not in bare.name and _famous_file(name):
        return no_value("a file's name")
    if not bare.whole and _RUN_ON.search(name):
        return no_value("unclear where the name begins")
    reading = _named(bare, name)
    return reading if isinstance(reading, Value) or bare.meant else None


def read_six(text: str, rest: str, *, whole: bool) -> Reading | None:
    """Return what a token with colons is: an IPv6 address, or nothing (a time of day)."""
    inner, _, port = text.removeprefix("[").partition("]") if text.startswith("[") else (text, "", "")
    reading = read_address(inner, port.removeprefix(":"))
    if isinstance(reading, Refusal) and reading.reason is SkipReason.NO_INDICATOR:
        return reading if whole else None
    if _NETWORK.fullmatch(rest):
        return _network(reading, rest, 128)
    if rest and not isinstance(reading, Refusal):
        return read_url(f"http://{text if text.startswith('[') else f'[{text}]'}{rest}")
    return reading


def _last(name: str) -> int:
    return max(name.rfind("."), name.rfind(DOT)) + 1


def _numbers(bare: Bare, name: str) -> Reading | None:
    if name.count(".") != 3 or bare.user:
        return no_value("not an address") if bare.whole else None
    if not bare.meant and _VERSION.search(bare.before):
        return None
    reading = read_address(name, bare.port)
    if isinstance(reading, Refusal) and reading.reason is SkipReason.NO_INDICATOR and not bare.meant:
        return None
    if _NETWORK.fullmatch(bare.rest):
        return _network(reading, bare.rest, 32)
    return _named(bare, name) if bare.rest else reading


def _network(reading: Reading, rest: str, bits: int) -> Reading:
    if int(rest[1:]) == bits or isinstance(reading, Refusal):
        return reading
    return Refusal(SkipReason.PATTERN, "a network names no single host")


def _named(bare: Bare, name: str) -> Reading:
    if not bare.rest:
        return read_host(name, bare.port)
    port = f":{bare.port}" if bare.port else ""
    return read_url(f"http://{live(bare.user)}{name}{port}{live(bare.rest)}")


def _a_word(bare: Bare, name: str) -> bool:
    """Whether a name in a sentence is a file, a package, a product or two sentences without a space."""
    labels = name.split(".")
    if labels[-1].lower() in _FILES or name.lower() in _PRODUCTS:
        return True
    if len(labels) > 2 and labels[0] in _PACKAGES and not bare.rest and not bare.port:
        return True
    return labels[-1].istitle() and not labels[-2].isupper()


def _famous_file(name: str) -> bool:
    stem, _, ending = name.lower().rpartition(".")
    return stem in _FAMOUS_FILES and ending in _FILES
