"""What a feed's own words say that a value is for."""

import re

from mantis_crawler.items import IndicatorType, Role

_PHRASES: tuple[tuple[Role, str], ...] = (
    (Role.DEAD_DROP, r"dead[ _-]?drops?|drop resolvers?"),
    (
        Role.C2,
        (
            r"c2|c2s|c2server|c&c|c & c|c and c|cnc|c&amp;c|command[ _-]?(?:and|&|n|/)?[ _-]?control"
            r"|botnet[ _-]?cc|rat controller|exfil|exfiltration|callback server|beacon"
        ),
    ),
    (
        Role.PHISHING,
        r"phish|phishing|phished|phisher|phishingsite|phish-?kit|credentials?|fake login|harvest(?:ing|er)",
    ),
    (
        Role.PAYLOAD,
        (
            r"payloads?|malware[ _-]?download|download(?:er|s|ing)?|droppers?|distribution"
            r"|malware delivery|delivery server|apks?|serves? the (?:app|malware)"
        ),
    ),
    (Role.SAMPLE, r"samples?|malware hash|file hash"),
    (Role.LANDING, r"landing(?:[ _-]?page)?s?|smishing|sms|text message|lures?|redirector|redirects?"),
)
_ANY = re.compile("|".join(phrases for _, phrases in _PHRASES))
_ROLES = tuple((role, re.compile(rf"(?<![a-z0-9])(?:{phrases})(?![a-z0-9])")) for role, phrases in _PHRASES)


def role_of(words: str) -> Role | None:
    """Return the role that words name, or ``None`` if they name none.

    Of several roles, the one wins that keeps us from visiting what no victim opens:
    dead drop, then C2, then the others.
    """
    folded = words.casefold()
    if not _ANY.search(folded):
        return None
    return next((role for role, phrases in _ROLES if phrases.search(folded)), None)


def role_for(kind: IndicatorType, *words: str) -> Role:
    """Return the role of a value: from the first words that name one, else where a victim may be led.

    Args:
        kind: The value's type; a hash is always of a sample.
        words: Texts about the value, the most telling first.
    """
    if kind is IndicatorType.HASH:
        return Role.SAMPLE
    return next((role for text in words if (role := role_of(text))), Role.LANDING)
