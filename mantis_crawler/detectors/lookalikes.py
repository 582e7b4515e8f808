"""Text as a person reads it: unseen letters left out, look-alikes and letters that run backwards undone."""

import re

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]+"
)
"""Characters of no width, joiners, directions, variation selectors, tags."""
_BACKWARDS = re.compile("\u202e([^\u202c\u202e\n]{0,500}+)")
# Letters that look Latin on a phone, out of Unicode's confusables.txt (UTS #39).
_CYRILLIC = dict(
    zip("АВСЕНІЈКМОРЅТХҮԌԚԜаеорсухіјѕһӏԁԛԝѵүҽԍ", "ABCEHIJKMOPSTXYGQWaeopcyxijshldqwvyeg", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹαιονρυϲκ", "ABEZHIKMNOPTYXCaiovpuck", strict=True))
_SELDOM = dict(
    zip(
        "օսոհցզՕՍᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃɑɡɩɪʀʏᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘꜱᴛᴜᴠᴡᴢ",
        "ounhgqOUABCDEGHJKLMPRSTVWZagiiryabcdefghjklmnopstuvwz",
        strict=True,
    )
)
_BOXED = {chr(first + n): chr(65 + n) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for n in range(26)}
_LIKE = _CYRILLIC | _GREEK | _SELDOM | _BOXED
_TABLE = str.maketrans(_LIKE)
_FOREIGN = re.compile("[\u0370-\u052f\u0531-\u0587\u13a0-\u13ff]")
_SUSPECT = re.compile(
    "[\u0251\u0261\u0269\u026a\u0280\u028f\u0370-\u052f\u0531-\u0587\u13a0-\u13ff\u1d00-\u1d22"
    "\ua730\ua731\U0001f130-\U0001f1ff]"
)
_RUN = 4
_COLUMN = re.compile(r"(?:^|\n)\w\n\w\n\w\n\w(?:\n|$)")
_WORD = re.compile(r"[^\W\d_]++|[\U0001f130-\U0001f1ff]++")


def seen(text: str) -> str:
    """Return a text without what cannot be seen, and what is shown backwards turned round."""
    if text.isascii():
        return text
    if "\u202e" in text:
        text = _BACKWARDS.sub(lambda found: found[1][::-1], text)
    return _UNSEEN.sub("", text)


def latin(text: str) -> str:
    """Return a text whose look-alike letters are Latin where a person would read Latin.

    A word is read as Latin if it mixes scripts and all its foreign letters look Latin. One that
    is foreign throughout is, if no word of the text has a letter that only its script has:
    ``раура`` alone is read ``paypa``, but in a Russian text every word is Russian.
    """
    if text.isascii() or not _SUSPECT.search(text):
        return text
    words = set(_WORD.findall(text))
    native = any(_FOREIGN.search(word) and not _all_alike(word) for word in words)
    return _WORD.sub(lambda found: _read(found[0], native=native), text)


def joined(text: str) -> str:
    """Return a text in which four or more lines in a row of one letter each are one line."""
    if not _COLUMN.search(text):
        return text
    lines: list[str] = []
    run: list[str] = []
    for line in (*text.split("\n"), ""):
        letter = line.strip()
        if len(letter) == 1 and letter.isalnum():
            run.append(letter)
            continue
        lines += ["".join(run)] if len(run) >= _RUN else run
        run = []
        lines.append(line)
    return "\n".join(lines[:-1])


def _all_alike(word: str) -> bool:
    return all(letter in _LIKE or letter.isascii() for letter in word)


def _read(word: str, *, native: bool) -> str:
    if word.isascii() or not _all_alike(word):
        return word
    if native and not any(letter.isascii() for letter in word) and _FOREIGN.search(word):
        return word
    return word.translate(_TABLE)


def unspaced(folded: str) -> str:
    """Return a folded text whose spaced-out words are put together: ``p a s s w o r d``, ``登 录``.

    Four letters of an alphabet in a row that stand alone, or two Han characters, kana or Hangul.
    """
    if not _LONE.search(folded):
        return folded
    words: list[str] = []
    run: list[str] = []
    for word in (*folded.split(" "), ""):
        kind = _kind(word)
        if run and kind != _kind(run[-1]):
            words += _joined(run)
            run = []
        if kind:
            run.append(word)
        else:
            words.append(word)
    return " ".join(words[:-1])


_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LONE = re.compile(f" [^\\W\\d_] [^\\W\\d_] [^\\W\\d_] [^\\W\\d_] | [{_EAST}] [{_EAST}] ")


def _kind(word: str) -> int:
    """Return 0 for a word of more or less than one letter, 2 for one of the East, else 1."""
    if len(word) != 1 or not word.isalpha():
        return 0
    return 2 if "\u3040" <= word <= "\ud7af" else 1


def _joined(run: list[str]) -> list[str]:
    return ["".join(run)] if len(run) >= (2 if _kind(run[0]) == 2 else 4) else run
