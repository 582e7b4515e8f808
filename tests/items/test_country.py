"""A country's facts fit each other: a phone shows them side by side."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from mantis_crawler.items import COUNTRIES, Country, country

needs_zones = pytest.mark.skipif(not available_timezones(), reason="this system has no time zone database")


@needs_zones
@pytest.mark.parametrize("place", COUNTRIES.values(), ids=COUNTRIES)
def test_the_facts_of_a_country_fit_each_other(place: Country) -> None:
    assert place.languages[0].endswith(f"-{place.code.upper()}")
    assert ZoneInfo(place.time_zone).key == place.time_zone
    assert place.dialling[0] == "+"
    assert place.dialling[1:].isdecimal()


@needs_zones
@pytest.mark.parametrize("place", COUNTRIES.values(), ids=COUNTRIES)
def test_the_clock_fits_the_meridian(place: Country) -> None:
    """Clocks follow the sun within three hours, also where a whole empire shares one."""
    offset = ZoneInfo(place.time_zone).utcoffset(datetime(2026, 1, 15))  # noqa: DTZ001 - local noon
    assert offset is not None
    assert abs(offset / timedelta(hours=1) - place.longitude / 15) <= 3
    assert -90 <= place.latitude <= 90


def test_no_two_countries_are_in_one_place() -> None:
    places = {(place.latitude, place.longitude) for place in COUNTRIES.values()}
    assert len(places) == len(COUNTRIES)


def test_a_country_that_is_not_known_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no country 'zz': known are at, au"):
        country("zz")


def test_a_country_is_known_by_the_dialling_code_of_the_numbers_that_are_texted() -> None:
    assert country("+81").code == "jp"
    assert country(" +33 ") == country("FR")
    with pytest.raises(ValueError, match=r"\+1 is dialled for ca and us"):
        country("+1")
