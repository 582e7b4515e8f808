"""Country and network of an artifact's addresses, every source's answer kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import iptocc
import maxminddb

from mantis_crawler.enrichment.addresses import addresses_of
from mantis_crawler.enrichment.base import Enricher, EnrichmentError
from mantis_crawler.items import Record

SETTING = "MANTIS_ASN_DATABASE"


class Geo(Enricher):
    """Says in which country an address is registered, and whose network it is in.

    The registries' own files come with the package ``iptocc``; a second opinion and the networks
    come from any MaxMind-format database named by the setting. Sources disagree in one of ten
    addresses, so a country is an answer of a source, and ``disputed`` says if they differ.
    """

    name = "geo"

    def __init__(self) -> None:
        self._reader: maxminddb.Reader | None = None
        self._source = ""

    def configure(self, options: Mapping[str, Any]) -> None:
        """Open the database that ``MANTIS_ASN_DATABASE`` names, if it names one.

        Raises:
            ValueError: there is no such file, or it is no such database.
        """
        path = options.get(SETTING)
        if not path:
            return
        try:
            self._reader = maxminddb.open_database(path)
        except (OSError, maxminddb.InvalidDatabaseError) as error:
            message = (
                f"{SETTING} = {str(path)!r} cannot be read as a MaxMind database ({error}): "
                f"name an .mmdb file, or leave {SETTING} out to have countries only"
            )
            raise ValueError(message) from error
        self._source = Path(path).stem

    async def facts(self, record: Record) -> dict[str, Any]:
        """Return each address with its countries by source, AS number and network's name.

        Raises:
            EnrichmentError: the artifact leads to no address.
        """
        addresses = addresses_of(record)
        if not addresses:
            raise EnrichmentError("no address to look up")
        rows = [self._row(address) for address in addresses]
        countries = sorted({code for row in rows for code in row["countries"].values()})
        return {
            "countries": countries,
            "disputed": any(row["disputed"] for row in rows),
            "networks": sorted({row["network"] for row in rows if row["network"]}),
            "addresses": rows,
        }

    def tells(self, address: str) -> bool:
        """Return whether it knows both country and network of an address."""
        row = self._row(address)
        return bool(row["countries"] and row["network"])

    def _row(self, address: str) -> dict[str, Any]:
        answer = self._look_up(address)
        by_source = {"iptocc": iptocc.country_code(address), self._source: _country(answer)}
        countries = {source: code.lower() for source, code in by_source.items() if source and code}
        return {
            "address": address,
            "countries": countries,
            "disputed": len(set(countries.values())) > 1,
            "asn": _number(answer),
            "network": _text(answer, "as_org", "autonomous_system_organization", "as_name", "as_description"),
        }

    def _look_up(self, address: str) -> Mapping[str, Any]:
        if self._reader is None:
            return {}
        try:
            answer = self._reader.get(address)
        except ValueError:  # an IPv6 address in a database of IPv4 ones
            return {}
        return answer if isinstance(answer, dict) else {}


def _country(answer: Mapping[str, Any]) -> str:
    nested = answer.get("country")
    if isinstance(nested, Mapping):
        return _text(nested, "iso_code")
    return _text(answer, "country_code") or _text(answer, "country")


def _number(answer: Mapping[str, Any]) -> int | None:
    for field in ("asn", "autonomous_system_number", "as_number"):
        digits = str(answer.get(field, "")).upper().removeprefix("AS")
        if digits.isascii() and digits.isdecimal():
            return int(digits)
    return None


def _text(answer: Mapping[str, Any], *fields: str) -> str:
    return next((value for field in fields if isinstance(value := answer.get(field), str) and value), "")
