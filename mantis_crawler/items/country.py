"""What a phone in a country shows of it: languages, clock, place and dialling code."""

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
    latitude: float
    """Degrees north, of the town that the time zone is named after or of the capital."""
    longitude: float
    """Degrees east."""
    dialling: str
    """E.164 country code, such as ``+33``."""

    @property
    def accept_language(self) -> str:
        """The Accept-Language header that Chrome makes of the languages (q falls by 0.1)."""
        weighted = (f"{tag};q={1 - step / 10:.1f}" for step, tag in enumerate(self.languages) if step)
        return ",".join((self.languages[0], *weighted))


COUNTRIES: dict[str, Country] = {
    code: Country(
        code=code,
        languages=tuple(languages.split()),
        time_zone=zone,
        latitude=latitude,
        longitude=longitude,
        dialling=f"+{dialling}",
    )
    for code, languages, zone, latitude, longitude, dialling in (
        ("at", "de-AT de", "Europe/Vienna", 48.2082, 16.3738, 43),
        ("au", "en-AU en", "Australia/Sydney", -33.8688, 151.2093, 61),
        ("be", "fr-BE fr nl", "Europe/Brussels", 50.8503, 4.3517, 32),
        ("br", "pt-BR pt", "America/Sao_Paulo", -23.5505, -46.6333, 55),
        ("ca", "en-CA en", "America/Toronto", 43.6532, -79.3832, 1),
        ("ch", "de-CH de", "Europe/Zurich", 47.3769, 8.5417, 41),
        ("cn", "zh-CN zh", "Asia/Shanghai", 31.2304, 121.4737, 86),
        ("cz", "cs-CZ cs", "Europe/Prague", 50.0755, 14.4378, 420),
        ("de", "de-DE de", "Europe/Berlin", 52.52, 13.405, 49),
        ("dk", "da-DK da", "Europe/Copenhagen", 55.6761, 12.5683, 45),
        ("es", "es-ES es", "Europe/Madrid", 40.4168, -3.7038, 34),
        ("fi", "fi-FI fi", "Europe/Helsinki", 60.1699, 24.9384, 358),
        ("fr", "fr-FR fr", "Europe/Paris", 48.8566, 2.3522, 33),
        ("gb", "en-GB en", "Europe/London", 51.5074, -0.1278, 44),
        ("hk", "zh-HK zh", "Asia/Hong_Kong", 22.3193, 114.1694, 852),
        ("id", "id-ID id", "Asia/Jakarta", -6.2088, 106.8456, 62),
        ("ie", "en-IE en", "Europe/Dublin", 53.3498, -6.2603, 353),
        ("in", "en-IN en hi", "Asia/Kolkata", 22.5726, 88.3639, 91),
        ("it", "it-IT it", "Europe/Rome", 41.9028, 12.4964, 39),
        ("jp", "ja-JP ja", "Asia/Tokyo", 35.6762, 139.6503, 81),
        ("kr", "ko-KR ko", "Asia/Seoul", 37.5665, 126.978, 82),
        ("mx", "es-MX es", "America/Mexico_City", 19.4326, -99.1332, 52),
        ("my", "ms-MY ms", "Asia/Kuala_Lumpur", 3.139, 101.6869, 60),
        ("nl", "nl-NL nl", "Europe/Amsterdam", 52.3676, 4.9041, 31),
        ("no", "nb-NO nb", "Europe/Oslo", 59.9139, 10.7522, 47),
        ("nz", "en-NZ en", "Pacific/Auckland", -36.8509, 174.7645, 64),
        ("pl", "pl-PL pl", "Europe/Warsaw", 52.2297, 21.0122, 48),
        ("pt", "pt-PT pt", "Europe/Lisbon", 38.7223, -9.1393, 351),
        ("ru", "ru-RU ru", "Europe/Moscow", 55.7558, 37.6173, 7),
        ("se", "sv-SE sv", "Europe/Stockholm", 59.3293, 18.0686, 46),
        ("sg", "en-SG en", "Asia/Singapore", 1.3521, 103.8198, 65),
        ("th", "th-TH th", "Asia/Bangkok", 13.7563, 100.5018, 66),
        ("tr", "tr-TR tr", "Europe/Istanbul", 41.0082, 28.9784, 90),
        ("tw", "zh-TW zh", "Asia/Taipei", 25.033, 121.5654, 886),
        ("us", "en-US en", "America/New_York", 40.7128, -74.006, 1),
        ("vn", "vi-VN vi", "Asia/Ho_Chi_Minh", 10.8231, 106.6297, 84),
        ("za", "en-ZA en", "Africa/Johannesburg", -26.2041, 28.0473, 27),
    )
}


def country(code: str) -> Country:
    """Return the country of an ISO code in any case, or of the dialling code of the numbers that are texted.

    Raises:
        ValueError: the code is not one that we know the languages of, or it is that of several countries.
    """
    wanted = code.strip().lower()
    if wanted in COUNTRIES:
        return COUNTRIES[wanted]
    dialled = [place for place in COUNTRIES.values() if place.dialling == wanted]
    if len(dialled) == 1:
        return dialled[0]
    if dialled:
        raise ValueError(f"{wanted} is dialled for {' and '.join(place.code for place in dialled)}: name one")
    raise ValueError(f"no country {code!r}: known are {', '.join(sorted(COUNTRIES))}")
