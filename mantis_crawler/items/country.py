"""What a phone in a country shows of it: languages and clock."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Locale of a victim's phone."""

    code: str
    """ISO 3166-1 alpha-2, lower case."""
    languages: tuple[str, ...]
    """BCP 47 tags in the order of ``navigator.languages``."""
    time_zone: str
    """IANA name."""

    @property
    def accept_language(self) -> str:
        """The Accept-Language header that Chrome makes of the languages (q falls by 0.1)."""
        weighted = (f"{tag};q={1 - step / 10:.1f}" for step, tag in enumerate(self.languages) if step)
        return ",".join((self.languages[0], *weighted))


COUNTRIES: dict[str, Country] = {
    code: Country(code=code, languages=tuple(languages.split()), time_zone=zone)
    for code, languages, zone in (
        ("at", "de-AT de", "Europe/Vienna"),
        ("au", "en-AU en", "Australia/Sydney"),
        ("be", "fr-BE fr nl", "Europe/Brussels"),
        ("br", "pt-BR pt", "America/Sao_Paulo"),
        ("ca", "en-CA en", "America/Toronto"),
        ("ch", "de-CH de", "Europe/Zurich"),
        ("cn", "zh-CN zh", "Asia/Shanghai"),
        ("de", "de-DE de", "Europe/Berlin"),
        ("es", "es-ES es", "Europe/Madrid"),
        ("fr", "fr-FR fr", "Europe/Paris"),
        ("gb", "en-GB en", "Europe/London"),
        ("id", "id-ID id", "Asia/Jakarta"),
        ("in", "en-IN en hi", "Asia/Kolkata"),
        ("it", "it-IT it", "Europe/Rome"),
        ("jp", "ja-JP ja", "Asia/Tokyo"),
        ("kr", "ko-KR ko", "Asia/Seoul"),
        ("nl", "nl-NL nl", "Europe/Amsterdam"),
        ("pl", "pl-PL pl", "Europe/Warsaw"),
        ("pt", "pt-PT pt", "Europe/Lisbon"),
        ("ru", "ru-RU ru", "Europe/Moscow"),
        ("tr", "tr-TR tr", "Europe/Istanbul"),
        ("tw", "zh-TW zh", "Asia/Taipei"),
        ("us", "en-US en", "America/New_York"),
        ("vn", "vi-VN vi", "Asia/Ho_Chi_Minh"),
    )
}


def country(code: str) -> Country:
    """Return the country of an ISO code, in any case.

    Raises:
        ValueError: the code is not one that we know the languages of.
    """
    try:
        return COUNTRIES[code.strip().lower()]
    except KeyError:
        message = f"no country {code!r}: known are {', '.join(sorted(COUNTRIES))}"
        raise ValueError(message) from None
